package dev.lanewise.dsl.check.call;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.Place;
import dev.lanewise.dsl.meaning.Places;
import java.nio.file.InvalidPathException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of files that stand in a script. */
public record FileNames(Problems problems) {
  /** What weights are written as. */
  public static final String WEIGHTS = ".safetensors";
  /** A letter is in it: {@code net-0.5} ends in nothing. */
  private static final Pattern ENDING = Pattern.compile("\\.(?=[^./\\\\]*\\p{L})[^./\\\\\\s]+$");

  /** Where a file is that has such a name, if one can have it. */
  public Optional<Place> place(String name, Span at) {
    try {
      return Optional.of(new Places(problems.source()).place(name));
    } catch (InvalidPathException e) {
      return problems.report(Code.L077, at, "this is no file name: " + e.getReason(), "");
    }
  }

  /**
   * The same of a file that weights are written to: whoever finds another ending would take it for another format.
   *
   * @param word that writes it, such as {@code save}
   */
  public Optional<Place> weights(String word, String name, Span at) {
    Matcher ending = ENDING.matcher(name);
    return !ending.find() || ending.group().toLowerCase(Locale.ROOT).equals(WEIGHTS)
        ? place(name, at)
        : problems.report(
            Code.L077, at, "`" + word + "` writes safetensors, not `" + ending.group() + "`", "call it \"" + name.substring(0, ending.start()) + WEIGHTS + "\"");
  }
}
