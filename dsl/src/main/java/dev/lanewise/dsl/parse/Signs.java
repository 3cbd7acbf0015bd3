package dev.lanewise.dsl.parse;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.grammar.NetLexer;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Signs that look like one of the language, or stand for one on paper: which one, in words. */
final class Signs {
  private static final String PRODUCTS = "×·";
  private static final String QUOTIENTS = "÷";
  private static final String DASHES = "—–−";
  private static final String QUOTES = "“”„‟";
  private static final String SINGLE = "‘’‚'";
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
   * @param mended the text as it is read
   * @param plain the same with the signs that are meant
   * @param at where
   */
  static Diagnostic meant(Source source, Mended mended, String plain, int at) {
    char sign = mended.text().charAt(at);
    char meant = plain.charAt(at);
    Source read = source.with(plain);
    int from = plain.substring(0, at).lastIndexOf('\n') + 1;
    String right = read.lineAt(at);
    List<Edit> edits = new ArrayList<>();
    for (int i = from; i < from + right.length(); i++) {
      if (plain.charAt(i) != mended.text().charAt(i)) {
        edits.add(new Edit(mended.written(i, i + 1), String.valueOf(plain.charAt(i))));
      }
    }
    String said = edits.size() > 1 && right.length() <= LONGEST ? "write `" + right.strip() + "`" : "write `" + meant + "`";
    return new Diagnostic(
        source, meant == '*' && PRODUCTS.indexOf(sign) >= 0 ? Code.L081 : Code.L082, mended.written(at, at + 1), words(sign, meant), new Remedy(said, edits, true));
  }

  private static String words(char sign, char meant) {
    String is = "`" + sign + "`";
    return meant == 'x' ? "a shape is written with `x` between its sides, without blanks"
        : PRODUCTS.indexOf(sign) >= 0 ? "a product is written with `*`, not `" + sign + "`"
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
      return new Diagnostic(source, Code.L082, span, "a power is written with `^`, not `" + sign + "`", Remedy.write(span, " ^ " + power));
    }
    if (LONGER.containsKey(sign)) {
      return new Diagnostic(source, Code.L082, span, "this is `" + sign + "`", Remedy.write(span, LONGER.get(sign)));
    }
    if (SINGLE.contains(sign)) {
      return new Diagnostic(source, Code.L082, span, "a string stands in double quotes, not in `" + sign + "`", quoted(source, span));
    }
    if (Character.getType(letter) == Character.FORMAT) {
      return new Diagnostic(source, Code.L082, span, String.format("a sign that nobody sees stands here, U+%04X", letter), Remedy.remove(span));
    }
    return new Diagnostic(source, Code.L004, span, "`" + sign + "` means nothing here", sign.equals("…") ? "write out what it stands for" : "");
  }

  /** Both quotes of a string on one line. */
  private static Remedy quoted(Source source, Span open) {
    String line = source.lineAt(open.start());
    int start = source.text().lastIndexOf('\n', open.start() - 1) + 1;
    for (int close = open.end() - start; close < line.length(); close++) {
      if (SINGLE.indexOf(line.charAt(close)) >= 0) {
        return Remedy.write(open, "\"").and(new Edit(new Span(start + close, start + close + 1), "\""));
      }
    }
    return Remedy.write(open, "\"");
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
