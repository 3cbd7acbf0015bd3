package dev.lanewise.dsl.parse.habit;

import static dev.lanewise.dsl.grammar.NetLexer.*;

import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Layers one after the other as in a list: commas or plus signs between them, a dash or a number before each, a shape alone. */
final class Steps implements Custom {
  @Override
  public List<Foreign> seen(Page page) {
    Map<Integer, List<Integer>> commas = new LinkedHashMap<>();
    List<Foreign> found = new ArrayList<>();
    for (int i = 0; i < page.size(); i++) {
      if (page.is(i, COMMA) && page.isAmongSteps(i)) {
        commas.computeIfAbsent(page.first(i), k -> new ArrayList<>()).add(i);
      } else if (page.isAmongSteps(i)) {
        int at = i;
        dash(page, i).or(() -> shape(page, at)).or(() -> sum(page, at)).ifPresent(found::add);
      }
    }
    commas.values().forEach(c -> found.add(commas(page, c)));
    return found;
  }

  private static Foreign commas(Page page, List<Integer> commas) {
    List<Edit> edits = commas.stream().map(i -> new Edit(page.span(i), page.next(i) > i + 1 || page.is(i + 1, CLOSE) ? "" : " ->")).toList();
    return new Foreign(page.span(commas.getFirst()), "layers follow each other after `->`, or each on a line of its own", new Remedy("write `->`", edits, true));
  }

  /** {@code - dense(4)}. */
  private static Optional<Foreign> dash(Page page, int i) {
    boolean item = page.is(i, Set.of(MINUS, TIMES)) && page.startsLine(i) && page.is(i - 1, SEPARATOR) && page.is(page.inside(i), OPEN) && page.isWord(i + 1);
    return item ? Optional.of(new Foreign(page.span(i), "a layer stands on its line alone", Remedy.remove(new Span(page.span(i).start(), page.span(i + 1).start())))) : Optional.empty();
  }

  /** What comes in, without its word. */
  private static Optional<Foreign> shape(Page page, int i) {
    boolean starts = page.is(i, Set.of(SHAPE, NUMBER)) && (page.startsStatement(i) || page.is(i - 1, ASSIGN) && page.is(i - 3, NET));
    boolean alone = i == page.last(i) || page.is(i + 1, Set.of(ARROW, SEPARATOR, CLOSE, COMMENT, COMMA));
    return starts && alone ? Optional.of(new Foreign(page.span(i), "what comes in is `input " + page.text(i) + "`", Remedy.write(page.span(i), "input " + page.text(i)))) : Optional.empty();
  }

  /** {@code dense(8) + @a}. */
  private static Optional<Foreign> sum(Page page, int i) {
    boolean sum = page.is(i, PLUS) && page.is(i + 1, AT) && page.isWord(i + 2) && page.is(i - 1, Set.of(RIGHT, IDENTIFIER, CLOSE)) && !isExpression(page, i);
    return sum ? Optional.of(new Foreign(page.span(i, i + 2), "a label is added by the layer `add`", Remedy.write(page.span(i, i + 2), "-> add(@" + page.text(i + 2) + ")"))) : Optional.empty();
  }

  private static boolean isExpression(Page page, int i) {
    int at = i;
    for (int steps = 0; at > 0 && !page.is(at, Set.of(SEPARATOR, OPEN, ARROW)) && steps < 100; steps++) {
      if (page.is(at, ASSIGN) && !page.is(at - 2, NET)) {
        return true;
      }
      at = page.partner(at - 1) >= 0 ? page.partner(at - 1) : at - 1;
    }
    return false;
  }
}
