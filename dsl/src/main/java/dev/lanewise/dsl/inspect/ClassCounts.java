package dev.lanewise.dsl.inspect;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.Concern;
import dev.lanewise.runtime.data.DataSplit;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Classes with hardly any examples to learn from, or with far fewer than another: a network that says the other one all the time is right most of the time. */
final class ClassCounts implements Look {
  /** With so few examples in all, the counts are what one has. */
  private static final int LEAST = 50;
  private static final int FEW = 3;
  private static final int TIMES = 10;
  private static final int MOST_CLASSES = 100;

  @Override
  public List<Doubt> of(CheckedData data, DataSplit split) {
    if (!data.target().isClass() || data.pairs().isPresent() || data.rebuilds() || split.train().size() < LEAST || split.train().classes() > MOST_CLASSES) {
      return List.of();
    }
    int[] counts = DataSplit.counts(split.train());
    // One without any is told by itself.
    List<Integer> there = IntStream.range(0, counts.length).filter(c -> counts[c] > 0).boxed().sorted((a, b) -> Integer.compare(counts[a], counts[b])).toList();
    if (there.size() < 2) {
      return List.of();
    }
    int least = there.getFirst(), most = there.getLast();
    if (counts[least] < FEW) {
      return List.of(new Doubt(
          Concern.FEW, Code.L142, data.name() + " has too few examples of the class `" + split.className(least) + "` to train on: " + counts[least],
          Concern.FEW.orAllow("find more of them, or leave the class out")));
    }
    return data.balance() || counts[most] < TIMES * counts[least] ? List.of() : List.of(new Doubt(
        Concern.IMBALANCE, Code.L142,
        String.format(
            Locale.ROOT, "of the examples of %s %,d are of the class `%s`, and %,d of `%s`", data.name(), counts[most], split.className(most), counts[least], split.className(least)),
        Concern.IMBALANCE.orAllow("say balance = equal"), new Cure.Setting("balance", "equal")));
  }
}
