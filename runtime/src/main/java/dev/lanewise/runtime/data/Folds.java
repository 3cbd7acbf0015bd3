package dev.lanewise.runtime.data;

import dev.lanewise.runtime.random.Draws;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Training examples cut into parts of equal size, or nearly so, each of which is once what the others are tested on: cross-validation, as
 * scikit-learn's {@code KFold} and {@code StratifiedKFold} with {@code shuffle} do. Classes have equal shares in all parts. An example that
 * is repeated, to balance classes, is in one part with all its repetitions, and counts once where it is tested on. Where examples belong together
 * ({@link Dataset#group}), those of a group are in one part, as in {@code GroupKFold}: with as many parts as groups, each is left out once. Where examples follow each other ({@link Dataset#overlap}), as those of one long text do,
 * a part is a stretch of them, and what shares something with it on either side is not trained on.
 *
 * <pre>{@code
 * Folds folds = new Folds(digits, 5, 1, false);
 * folds.get(2)   // trains on parts 1, 3, 4 and 5, tests on part 2
 * }</pre>
 */
public final class Folds {
  /** Keeps the choice of parts apart from other choices by the same seed. */
  private static final long FOLDS = 0x666f6c6473L;

  private final DataSplit split;
  private final int count;
  private final boolean measured;
  /** Where each example is first, and for each place which of these is the same one. */
  private final int[] firsts;
  private final int[] same;
  /** Of the first places. */
  private final int[] folds;

  /**
   * @param measured whether the split is normalised by its own training examples: each fold is by those that it trains on, so that it knows
   *     nothing of the others
   * @throws IllegalArgumentException if there are fewer than two folds, more than examples, or a fold would have none of a class to learn from
   */
  public Folds(DataSplit split, int count, long seed, boolean measured) {
    this.split = split;
    this.count = count;
    this.measured = measured;
    Map<Integer, Integer> known = new LinkedHashMap<>();
    this.same = IntStream.range(0, split.train().size())
        .map(i -> known.computeIfAbsent(split.train().source(i), _ -> known.size())).toArray();
    this.firsts = new int[known.size()];
    IntStream.iterate(same.length - 1, i -> i >= 0, i -> i - 1).forEach(i -> firsts[same[i]] = i);
    int[] groups = IntStream.of(firsts).map(split.train()::group).toArray();
    int different = (int) IntStream.of(groups).distinct().count();
    if (count < 2 || count > different) {
      throw new IllegalArgumentException(
          "`folds` must be from 2 to " + different + (different < firsts.length ? ", the number of groups of examples that stay together" : ", the number of examples to train on") + ", not " + count);
    }
    checkClasses(groups);
    if (split.train().overlap() >= 0) {
      this.folds = IntStream.range(0, firsts.length).map(i -> (int) ((long) i * count / firsts.length)).toArray();
      checkRest();
      return;
    }
    this.folds = different < firsts.length ? dealt(groups, Draws.mix(seed, FOLDS)) : dealt(Draws.mix(seed, FOLDS));
  }

  private int label(int first) {
    return split.train().label(firsts[first]);
  }

  private void checkClasses(int[] groups) {
    List<Set<Integer>> having = IntStream.range(0, split.train().classes()).<Set<Integer>>mapToObj(_ -> new HashSet<>()).toList();
    for (int i = 0; !having.isEmpty() && i < firsts.length; i++) {
      having.get(label(i)).add(groups[i]);
    }
    boolean together = IntStream.of(groups).distinct().count() < groups.length;
    for (int c = 0; c < having.size(); c++) {
      if (having.get(c).size() == 1) {
        throw new IllegalArgumentException(
            together ? "`folds` needs each class in two groups of examples or more, but class " + split.className(c) + " is in one alone"
                : "`folds` needs two examples of each class or more, but there is one of class " + split.className(c));
      }
    }
  }

  /** Of a few examples that share much, those beside a part may be all that are left. */
  private void checkRest() {
    for (int number = 1; number <= count; number++) {
      if (rest(number).length == 0) {
        throw new IllegalArgumentException(
            "`folds` must leave something to train on, but of " + firsts.length + " examples that follow each other, each shares something with " + split.train().overlap()
                + " on either side: give `text` a larger `stride`, or less `length`, or take fewer folds");
      }
    }
  }

  /** Group by group, the largest first, of equal ones in an order that is drawn, each goes to the part that has the fewest examples. */
  private int[] dealt(int[] groups, long seed) {
    int[] known = IntStream.of(groups).distinct().toArray();
    Map<Integer, Long> sizes = IntStream.of(groups).boxed().collect(Collectors.groupingBy(g -> g, Collectors.counting()));
    List<Integer> order = new ArrayList<>(Arrays.stream(DataSplit.shuffled(known, seed)).boxed().toList());
    order.sort(Comparator.comparing(sizes::get, Comparator.reverseOrder()));
    long[] filled = new long[count];
    Map<Integer, Integer> parts = new HashMap<>();
    for (int group : order) {
      int least = 0;
      for (int p = 1; p < count; p++) {
        least = filled[p] < filled[least] ? p : least;
      }
      parts.put(group, least);
      filled[least] += sizes.get(group);
    }
    return IntStream.of(groups).map(parts::get).toArray();
  }

  /** Class by class, in an order that is drawn, each example goes to the next part. */
  private int[] dealt(long seed) {
    List<Integer> order = new ArrayList<>(Arrays.stream(DataSplit.shuffled(IntStream.range(0, firsts.length).toArray(), seed)).boxed().toList());
    if (split.train().classes() > 0) {
      order.sort(Comparator.comparingInt(this::label));
    }
    int[] dealt = new int[firsts.length];
    for (int i = 0; i < dealt.length; i++) {
      dealt[order.get(i)] = i % count;
    }
    return dealt;
  }

  public int count() {
    return count;
  }

  /**
   * One fold: it trains on all parts but one, and tests on that; it validates on none.
   *
   * @param number from 1 on
   */
  public DataSplit get(int number) {
    int[] rest = rest(number);
    int[] part = part(number);
    DataSplit fold = split.with(at(rest), null, at(part));
    DataSplit normal = measured ? fold.normalizeAuto() : fold;
    return firsts.length == same.length ? normal : normal.with(repeated(normal.train(), rest), null, normal.test());
  }

  private int[] part(int number) {
    return IntStream.range(0, firsts.length).filter(i -> folds[i] == number - 1).toArray();
  }

  /** All others; of examples that follow each other those that share nothing with the part. */
  private int[] rest(int number) {
    IntStream others = IntStream.range(0, firsts.length).filter(i -> folds[i] != number - 1);
    int gap = split.train().overlap();
    if (gap < 0) {
      return others.toArray();
    }
    int[] part = part(number);
    return others.filter(i -> i < part[0] - gap || i > part[part.length - 1] + gap).toArray();
  }

  private Dataset at(int[] chosen) {
    return new Subset(split.train(), IntStream.of(chosen).map(i -> firsts[i]).toArray());
  }

  /** As often, and in the order, as they are in the whole. */
  private Dataset repeated(Dataset once, int[] rest) {
    int[] places = new int[firsts.length];
    Arrays.fill(places, -1);
    for (int i = 0; i < rest.length; i++) {
      places[rest[i]] = i;
    }
    return new Subset(once, IntStream.of(same).map(i -> places[i]).filter(p -> p >= 0).toArray());
  }
}
