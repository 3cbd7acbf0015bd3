package dev.lanewise.dsl.parse.habit;

import static dev.lanewise.dsl.grammar.NetLexer.*;

import dev.lanewise.dsl.diagnostic.Remedy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** One sign of equality where two values are compared: {@code expect test(N, d).accuracy = 1}, {@code if c = 3 { … }}. */
final class Comparisons implements Custom {
  private static final Set<Integer> HEADS = Set.of(EXPECT, IF);
  private static final Set<Integer> BEFORE = Set.of(NUMBER, IDENTIFIER, RIGHT, RIGHT_LIST);
  private static final Set<Integer> BEHIND = Set.of(NUMBER, IDENTIFIER, LEFT, TRUE, FALSE, STRING);

  @Override
  public List<Foreign> seen(Page page) {
    return IntStream.range(0, page.size()).filter(i -> page.is(i, HEADS) && (page.is(i, IF) || page.startsStatement(i))).mapToObj(i -> equal(page, i)).flatMap(Optional::stream).toList();
  }

  private static Optional<Foreign> equal(Page page, int head) {
    for (int i = head + 1; i <= page.last(head) && !page.is(i, OPEN); i++) {
      if (page.is(i, ASSIGN) && i > head + 1 && page.is(i - 1, BEFORE) && page.is(i + 1, BEHIND)) {
        return Optional.of(new Foreign(page.span(i), "two values are compared by two signs", Remedy.write(page.span(i), "==")));
      }
      i = page.partner(i) > i ? page.partner(i) : i;
    }
    return Optional.empty();
  }
}
