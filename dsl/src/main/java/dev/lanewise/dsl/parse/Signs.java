package dev.lanewise.dsl.parse;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Signs that look like one of the language, or stand for one on paper: which one, in words. */
final class Signs {
  private static final String PRODUCTS = "×·";
  private static final String QUOTIENTS = "÷";
  private static final String DASHES = "—–−";
  private static final String QUOTES = "“”„‟";
  private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  /** What takes more than one sign to write. */
  private static final Map<String, String> LONGER =
      Map.ofEntries(
          Map.entry("≤", "<="), Map.entry("≥", ">="), Map.entry("≠", "!="), Map.entry("→", "->"), Map.entry("⟶", "->"), Map.entry("⇒", "->"),
          Map.entry("∗", "*"), Map.entry("⋅", "*"), Map.entry("∙", "*"), Map.entry("•", "*"), Map.entry("∕", "/"), Map.entry("‐", "-"), Map.entry("‑", "-"));

  private static final Set<String> KEYWORDS = keywords();

  /** Longer lines are not written anew. */
  private static final int LONGEST = 100;

  private Signs() {}

  /**
   * A sign that stands for another.
   *
   * @param plain the same text with the signs that are meant
   * @param at where
   */
  static Diagnostic meant(Source source, String plain, int at) {
    char sign = source.text().charAt(at);
    char meant = plain.charAt(at);
    String line = source.lineAt(at);
    String right = new Source(source.name(), plain).lineAt(at);
    long signs = line.chars().filter(c -> FullWidth.meaning((char) c).isPresent()).count();
    String remedy = signs > 1 && right.length() <= LONGEST ? "write `" + right.strip() + "`" : "";
    return new Diagnostic(source, PRODUCTS.indexOf(sign) >= 0 ? Code.L081 : Code.L082, new Span(at, at + 1), words(sign, meant), remedy);
  }

  private static String words(char sign, char meant) {
    String is = "`" + sign + "`: write `" + meant + "`";
    return PRODUCTS.indexOf(sign) >= 0 ? "a product is written with `*`, not `" + sign + "`"
        : QUOTIENTS.indexOf(sign) >= 0 ? "a quotient is written with `/`, not `" + sign + "`"
        : DASHES.indexOf(sign) >= 0 ? "this is the dash " + is
        : QUOTES.indexOf(sign) >= 0 ? "this is the curly quote " + is
        : "this is the full-width " + is;
  }

  /** What else means nothing. */
  static Diagnostic unknown(Source source, String sign, Span span) {
    int letter = sign.codePointAt(0);
    if (RAISED.indexOf(letter) >= 0) {
      String power = String.valueOf(RAISED.indexOf(letter));
      return new Diagnostic(source, Code.L082, span, "a power is written with `^`, not `" + sign + "`", "write `^ " + power + "`");
    }
    if (LONGER.containsKey(sign)) {
      return new Diagnostic(source, Code.L082, span, "this is `" + sign + "`: write `" + LONGER.get(sign) + "`", "");
    }
    if ("‘’‚'".contains(sign)) {
      return new Diagnostic(source, Code.L082, span, "a string stands in double quotes, not in `" + sign + "`", "write `\"`");
    }
    if (Character.getType(letter) == Character.FORMAT) {
      return new Diagnostic(source, Code.L082, span, String.format("a sign that nobody sees stands here, U+%04X", letter), "remove it");
    }
    return new Diagnostic(source, Code.L004, span, "`" + sign + "` means nothing here", sign.equals("…") ? "write out what it stands for" : "");
  }

  /** The word of the language that full-width letters spell. */
  static Optional<String> keyword(String word) {
    String narrow = Normalizer.normalize(word, Normalizer.Form.NFKC);
    boolean known = !narrow.equals(word) && KEYWORDS.contains("'" + narrow + "'");
    return known ? Optional.of(narrow) : Optional.empty();
  }

  private static Set<String> keywords() {
    Set<String> words = new HashSet<>();
    for (int type = 1; type <= NetLexer.VOCABULARY.getMaxTokenType(); type++) {
      words.add(String.valueOf(NetLexer.VOCABULARY.getLiteralName(type)));
    }
    return words;
  }
}
