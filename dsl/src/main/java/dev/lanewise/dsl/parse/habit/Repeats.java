package dev.lanewise.dsl.parse.habit;

import static dev.lanewise.dsl.grammar.NetLexer.*;

import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Layers several times, and with a name behind them: {@code 3 * dense(6)}, {@code dense(6) * 3}, {@code 3x dense(6)}, {@code repeat(3, dense(6))}, {@code dense(6) as first}. */
final class Repeats implements Custom {
  private static final Set<Integer> BORDERS = Set.of(ARROW, SEPARATOR, OPEN, COMMENT);
  private static final Set<Integer> ENDS = Set.of(ARROW, SEPARATOR, CLOSE, COMMENT);

  @Override
  public List<Foreign> seen(Page page) {
    return page.indices().filter(i -> page.isAmongSteps(i) && (page.is(i - 1, BORDERS) || page.is(i - 1, ASSIGN) && page.is(i - 3, NET))).mapToObj(i -> step(page, i)).flatMap(Optional::stream).toList();
  }

  private static Optional<Foreign> step(Page page, int i) {
    if (page.is(i, NUMBER)) {
      boolean times = page.is(i + 1, TIMES) || page.is(i + 1, "x") && page.touch(i);
      return times && page.is(i + 2, IDENTIFIER) ? layer(page, i + 2).map(end -> repeated(page, i, end, page.text(i), page.span(i + 2, end))) : Optional.empty();
    }
    if (page.is(i, REPEAT)) {
      int close = page.partner(i + 1);
      boolean call = page.is(i + 1, LEFT) && close > i + 4 && page.is(i + 2, Set.of(NUMBER, IDENTIFIER)) && page.is(i + 3, COMMA) && ends(page, close);
      return call ? Optional.of(repeated(page, i, close, page.text(i + 2), page.span(i + 4, close - 1))) : Optional.empty();
    }
    int step = page.is(i, IDENTIFIER) ? end(page, i) : i;
    if (page.is(step + 1, TIMES) && page.is(step + 2, NUMBER) && page.is(i, IDENTIFIER) && ends(page, step + 2)) {
      return Optional.of(repeated(page, i, step + 2, page.text(step + 2), page.span(i, step)));
    }
    boolean labelled = page.is(i, IDENTIFIER) && page.is(step + 1, AS) && page.is(step + 2, IDENTIFIER) && ends(page, step + 2);
    return labelled ? Optional.of(labelled(page, i, step)) : Optional.empty();
  }

  private static Foreign labelled(Page page, int i, int step) {
    String label = page.text(step + 2);
    Edit before = Edit.insert(page.span(i).start(), label + ": ");
    Edit behind = Edit.remove(new Span(page.span(step).end(), page.span(step + 2).end()));
    return new Foreign(page.span(step + 1, step + 2), "a label stands before its layer", Remedy.of("write `" + label + ": " + page.text(page.span(i, step)) + "`", before, behind));
  }

  private static Foreign repeated(Page page, int from, int to, String count, Span body) {
    String right = "repeat " + count + " { " + page.text(body) + " }";
    return new Foreign(page.span(from, to), "layers that come several times are written `repeat 3 { … }`", Remedy.write(page.span(from, to), right));
  }

  /** The last token of a layer that nothing but the next one follows. */
  private static Optional<Integer> layer(Page page, int i) {
    int end = end(page, i);
    return ends(page, end) ? Optional.of(end) : Optional.empty();
  }

  private static int end(Page page, int i) {
    return page.is(i + 1, LEFT) && page.partner(i + 1) > i ? page.partner(i + 1) : i;
  }

  private static boolean ends(Page page, int i) {
    return i + 1 >= page.size() || page.is(i + 1, ENDS);
  }
}
