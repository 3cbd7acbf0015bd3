package dev.lanewise.dsl.check.call;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.OutsideException;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.Place;
import dev.lanewise.dsl.meaning.Places;
import dev.lanewise.runtime.file.Safetensors;
import java.nio.file.InvalidPathException;
import java.util.Optional;

/** Names of files that stand in a script. */
public record FileNames(Problems problems) {
  /** Where a file is that has such a name, if one can have it. */
  public Optional<Place> place(String name, Span at) {
    try {
      return Optional.of(new Places(problems.source()).place(name));
    } catch (InvalidPathException e) {
      return problems.report(Code.L077, at, OutsideException.said(e), "");
    }
  }

  /**
   * The same of a file that weights are written to: whoever finds another ending would take it for another format.
   *
   * @param word that writes it, such as {@code save}
   */
  public Optional<Place> weights(String word, String name, Span at) {
    Optional<String> other = Safetensors.otherEnding(name);
    return other.isEmpty()
        ? place(name, at)
        : problems.report(
            Code.L077, at, "`" + word + "` writes safetensors, not `" + other.get() + "`",
            ending(at, name, other.get()));
  }

  private Remedy ending(Span at, String name, String other) {
    String right = '"' + name.substring(0, name.length() - other.length()) + Safetensors.ENDING + '"';
    int quote = problems.source().text(at).indexOf('"' + name + '"');
    Remedy words = Remedy.say("call it " + right);
    return quote < 0 ? words : Remedy.of(words.text(), new Edit(new Span(at.start() + quote, at.start() + quote + name.length() + 2), right));
  }
}
