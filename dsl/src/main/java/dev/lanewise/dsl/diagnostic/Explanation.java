package dev.lanewise.dsl.diagnostic;

import dev.lanewise.dsl.language.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The story behind a code.
 *
 * @param wrong a script that has it; empty where one script alone cannot
 * @param right the same without the mistake; empty where that would say nothing
 */
public record Explanation(Code code, String text, Optional<String> wrong, Optional<String> right) {
  private static final Pattern ENTRY = Pattern.compile("(?m)^## (L\\d+)\\R(?s)(.*?)(?=^## |\\z)");
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```net (wrong|right)\\R(.*?)\\R```");

  private static final Map<Code, Explanation> ALL = read("codes.md");

  private static Map<Code, Explanation> read(String file) {
    try (InputStream in = Explanation.class.getResourceAsStream(file)) {
      Map<Code, Explanation> all = new EnumMap<>(Code.class);
      Matcher entries = ENTRY.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      while (entries.find()) {
        Code code = Code.valueOf(entries.group(1));
        String body = entries.group(2);
        String text = EXAMPLE.matcher(body).replaceAll("").strip();
        all.put(code, new Explanation(code, text, example(body, "wrong"), example(body, "right")));
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> example(String body, String kind) {
    Matcher examples = EXAMPLE.matcher(body);
    return examples.results().filter(r -> r.group(1).equals(kind)).map(r -> r.group(2)).findFirst();
  }

  public static Explanation of(Code code) {
    return ALL.get(code);
  }

  /** In another language: its text is told anew, the examples are the same. */
  public static Explanation of(Code code, Language language) {
    Explanation english = of(code);
    if (language == Language.ENGLISH) {
      return english;
    }
    Explanation told = read("codes." + language.code() + ".md").get(code);
    return told == null ? english : new Explanation(code, told.text, english.wrong, english.right);
  }

  public static Optional<Explanation> named(String name, Language language) {
    return named(name).map(e -> of(e.code, language));
  }

  /** That of a code as a user writes it: {@code L012}, {@code l12}, {@code 12}. */
  public static Optional<Explanation> named(String name) {
    String digits = name.replaceFirst("^[lL]?0*", "");
    return ALL.values().stream().filter(e -> e.code.name().replaceFirst("^L0*", "").equals(digits)).findFirst();
  }
}
