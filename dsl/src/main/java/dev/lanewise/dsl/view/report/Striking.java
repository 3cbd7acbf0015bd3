package dev.lanewise.dsl.view.report;

import dev.lanewise.dsl.view.Mistakes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The examples to test on that say most about a network: of different classes two that it is right about and surest of, and the two that it is most wrong about. */
public final class Striking {
  private static final int EACH = 2;

  private Striking() {}

  /** Their numbers, the wrong ones first. */
  public static List<Integer> of(Mistakes mistakes) {
    List<Integer> found = new ArrayList<>(mistakes.worst().stream().limit(EACH).toList());
    double[] sureness = IntStream.range(0, mistakes.data().test().size()).mapToDouble(i -> mistakes.isRight(i) ? mistakes.sureness(i) : 0).toArray();
    List<Integer> right = IntStream.range(0, mistakes.data().test().size()).filter(mistakes::isRight).boxed()
        .sorted(Comparator.<Integer>comparingDouble(i -> -sureness[i]).thenComparing(i -> i)).toList();
    right.stream().findFirst().ifPresent(first -> {
      found.add(first);
      right.stream().filter(i -> mistakes.data().test().label(i) != mistakes.data().test().label(first)).findFirst().ifPresent(found::add);
    });
    return found;
  }
}
