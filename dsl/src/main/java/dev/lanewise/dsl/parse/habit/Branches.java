package dev.lanewise.dsl.parse.habit;

import static dev.lanewise.dsl.grammar.NetLexer.*;

import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Bodies on one line that have no braces: {@code if deep then dense(5)}, {@code if c == 4: conv(c, 1)}, {@code path dense(6)}, {@code repeat 3: dense(5)}. */
final class Branches implements Custom {
  /** Nobody writes a longer line. */
  private static final int MOST = 200;

  private static final Set<Integer> HEADS = Set.of(IF, ELSE, REPEAT, PATH);
  private static final Set<Integer> ENDS = Set.of(SEPARATOR, COMMENT, CLOSE, ELSE, PATH);
  private static final Set<Integer> STEPS = Set.of(IDENTIFIER, INPUT);

  @Override
  public List<Foreign> seen(Page page) {
    List<Foreign> found = new ArrayList<>();
    for (int i = 0; i < page.size(); i++) {
      boolean word = page.is(i, HEADS) || page.is(i, Set.of(IDENTIFIER)) && Set.of("for", "elif", "elseif").contains(page.text(i));
      boolean starts = page.startsStatement(i) || page.is(i - 1, Set.of(ARROW, COLON)) || page.is(i, Set.of(ELSE, PATH)) || page.is(i - 1, ELSE);
      if (word && starts) {
        body(page, i).ifPresent(found::add);
      }
    }
    return found;
  }

  private static Optional<Foreign> body(Page page, int head) {
    for (int i = head + 1; i <= Math.min(page.last(head), head + MOST); i++) {
      if (page.is(i, OPEN) || page.is(i, SEPARATOR)) {
        return Optional.empty();
      }
      boolean sign = page.is(i, COLON) || page.is(i, "then") || page.is(i, "do");
      boolean step = page.is(i, STEPS) && startsBody(page, head, i);
      if (page.inside(i) == page.inside(head) && (sign || step) && i + (sign ? 1 : 0) <= page.last(head)) {
        return Optional.of(enclosed(page, i, sign ? i + 1 : i));
      }
      i = page.partner(i) > i ? page.partner(i) : i;
    }
    return Optional.empty();
  }

  /** Whether a layer stands where a brace is missing: right behind a word, or behind a value that is complete. */
  private static boolean startsBody(Page page, int head, int i) {
    if (page.is(head, PATH) || page.is(head, ELSE)) {
      return i == head + 1;
    }
    boolean value = page.is(i - 1, Set.of(NUMBER, RIGHT, TRUE, FALSE)) || page.is(i - 1, IDENTIFIER) && i - 1 > head;
    return i > head + 1 && value && !page.is(i, "as") && !page.is(i, "times");
  }

  /** @param from the first token of what stands inside */
  private static Foreign enclosed(Page page, int sign, int from) {
    int to = from;
    while (to + 1 < page.size() && !page.is(to + 1, ENDS)) {
      to = page.partner(to + 1) > to ? page.partner(to + 1) : to + 1;
    }
    Span between = new Span(page.span(sign - 1).end(), page.span(from).start());
    Remedy remedy = Remedy.of("write `{ " + page.text(page.span(from, to)) + " }`", new Edit(between, " { "), Edit.insert(page.span(to).end(), " }"));
    return new Foreign(page.span(sign), "what stands inside is enclosed in braces", remedy);
  }
}
