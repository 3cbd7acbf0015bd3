package dev.lanewise.dsl.parse.habit;

import static dev.lanewise.dsl.grammar.NetLexer.*;

import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Remedy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Braces as the value of a setting: an object that says what it is, {@code { name: "adam", lr: 0.02 }}, is a call, and several calls are a list. */
final class Objects {
  private static final Set<String> NAMING = Set.of("name", "type", "kind", "class_name", "method", "algorithm");

  private Objects() {}

  static Optional<Foreign> of(Page page, int open) {
    List<int[]> parts = parts(page, open);
    return parts.isEmpty() ? Optional.empty() : parts.stream().allMatch(p -> isPair(page, p)) ? call(page, open, parts) : list(page, open, parts);
  }

  /** The first and the last token of each. */
  private static List<int[]> parts(Page page, int open) {
    List<int[]> parts = new ArrayList<>();
    int from = open + 1;
    for (int k = open + 1; k <= page.partner(open); k++) {
      if (page.is(k, Set.of(COMMA, SEPARATOR, COMMENT)) || k == page.partner(open)) {
        if (from < k) {
          parts.add(new int[] {from, k - 1});
        }
        from = k + 1;
      }
      k = page.partner(k) > k ? page.partner(k) : k;
    }
    return parts;
  }

  private static boolean isPair(Page page, int[] part) {
    return (page.isWord(part[0]) || page.is(part[0], STRING)) && page.is(part[0] + 1, Set.of(COLON, ASSIGN)) && part[1] > part[0] + 1;
  }

  private static Optional<Foreign> call(Page page, int open, List<int[]> parts) {
    int[] first = parts.getFirst();
    boolean named = NAMING.contains(bare(page.text(first[0]))) && first[1] == first[0] + 2 && bare(page.text(first[1])).matches("[\\p{L}_]\\w*");
    if (!named) {
      return Optional.empty();
    }
    String arguments = parts.stream().skip(1).map(p -> bare(page.text(p[0])) + " = " + page.text(page.span(p[0] + 2, p[1]))).collect(Collectors.joining(", "));
    String right = bare(page.text(first[1])) + "(" + arguments + ")";
    return Optional.of(new Foreign(page.span(open, page.partner(open)), "what has a name and arguments is a call: `" + right + "`", Remedy.write(page.span(open, page.partner(open)), right)));
  }

  private static Optional<Foreign> list(Page page, int open, List<int[]> parts) {
    boolean calls = parts.stream().allMatch(p -> page.is(p[0], IDENTIFIER) && (p[1] == p[0] || page.is(p[0] + 1, LEFT) && page.partner(p[0] + 1) == p[1]));
    if (!calls || parts.stream().allMatch(p -> p[0] == p[1])) {
      return Optional.empty();
    }
    String right = "[" + parts.stream().map(p -> page.text(page.span(p[0], p[1]))).collect(Collectors.joining(", ")) + "]";
    return Optional.of(new Foreign(
        page.span(open, page.partner(open)), "several values stand in a list: `[a, b]`",
        Remedy.of("write `" + right + "`", new Edit(page.span(open, page.partner(open)), right))));
  }

  private static String bare(String text) {
    return text.startsWith("\"") && text.length() > 1 ? text.substring(1, text.length() - 1) : text;
  }
}
