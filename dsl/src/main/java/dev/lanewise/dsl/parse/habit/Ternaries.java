package dev.lanewise.dsl.parse.habit;

import static dev.lanewise.dsl.grammar.NetLexer.*;

import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One of two values: {@code a if c else b}, {@code c ? a : b}, {@code if c then a else b} behind an equal sign. */
final class Ternaries implements Custom {
  private static final Set<Integer> BEGINS = Set.of(ASSIGN, LEFT, LEFT_LIST, COMMA, OPEN, SEPARATOR, ARROW, COMMENT);

  /** More are no script. */
  private static final int MOST = 200;

  @Override
  public List<Foreign> seen(Page page) {
    List<Foreign> found = new ArrayList<>();
    for (int i = 0; i < page.size() && found.size() < MOST; i++) {
      boolean python = page.is(i, IF) && i > 0 && !page.is(i - 1, BEGINS) && !page.is(i - 1, Set.of(ELSE, CLOSE, COLON));
      if (python) {
        between(page, i, i, ELSE).ifPresent(found::add);
      } else if (page.is(i, "?")) {
        between(page, i, i, COLON).ifPresent(found::add);
      } else if (page.is(i, IF) && page.is(i - 1, Set.of(ASSIGN, LEFT, COMMA)) && !page.isAmongSteps(i)) {
        first(page, i).ifPresent(found::add);
      }
    }
    return found;
  }

  /** The condition stands between the values, or the sign behind it. */
  private static Optional<Foreign> between(Page page, int sign, int from, int other) {
    int start = from - 1;
    for (int steps = 0; start > 0 && !page.is(start - 1, BEGINS) && !page.is(start - 1, "return") && steps < 200; steps++) {
      start = page.partner(start - 1) >= 0 ? page.partner(start - 1) : start - 1;
    }
    int second = find(page, sign, other);
    if (second < 0 || start < 0 || second + 1 >= page.size()) {
      return Optional.empty();
    }
    int end = page.end(second + 1);
    String one = page.text(page.span(start, sign - 1));
    String two = page.text(page.span(sign + 1, second - 1));
    String three = page.text(page.span(second + 1, end));
    Span span = page.span(start, end);
    return Optional.of(where(span, other == ELSE ? two : one, other == ELSE ? one : two, three));
  }

  private static Optional<Foreign> first(Page page, int i) {
    int then = find(page, i, "then");
    int second = find(page, Math.max(i, then), ELSE);
    if (then < 0 || second < 0 || second + 1 >= page.size()) {
      return Optional.empty();
    }
    int end = page.end(second + 1);
    return Optional.of(where(page.span(i, end), page.text(page.span(i + 1, then - 1)), page.text(page.span(then + 1, second - 1)), page.text(page.span(second + 1, end))));
  }

  private static Foreign where(Span span, String condition, String yes, String no) {
    return new Foreign(span, "one of two values is `where(condition, then, else)`", Remedy.write(span, "where(" + condition + ", " + yes + ", " + no + ")"));
  }

  private static int find(Page page, int from, int type) {
    for (int i = from + 1; i <= Math.min(page.last(from), from + MOST); i++) {
      if (page.is(i, type)) {
        return i > from + 1 ? i : -1;
      }
      i = page.partner(i) > i ? page.partner(i) : i;
    }
    return -1;
  }

  private static int find(Page page, int from, String word) {
    for (int i = from + 1; i <= Math.min(page.last(from), from + MOST); i++) {
      if (page.is(i, word)) {
        return i > from + 1 ? i : -1;
      }
      i = page.partner(i) > i ? page.partner(i) : i;
    }
    return -1;
  }
}
