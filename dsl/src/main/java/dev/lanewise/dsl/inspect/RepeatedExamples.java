package dev.lanewise.dsl.inspect;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.Concern;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.random.Draws;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Of the examples to test or to validate on 2 % or more are among those that are learnt, number for number. Not told of tokens, of tables with few different rows, and where
 * a few numbers have so few values that it may be chance.
 */
public final class RepeatedExamples {
  private static final double SHARE = 0.02;
  private static final int LEAST = 2;
  private static final double DIFFERENT = 0.4;
  private static final int FEW_NUMBERS = 8;
  private static final double TIMES_CHANCE = 5;
  /** Of more examples so many are looked at first. */
  private static final int SOME = 5_000;
  private static final int MOST = 100_000;
  /** Of all examples together, which are read for this. */
  private static final long MOST_VALUES = 200_000_000;

  private RepeatedExamples() {}

  public static Optional<Doubt> of(CheckedData data, DataSplit split) {
    Dataset train = split.train();
    if (split.test() == null && split.validation() == null || data.origin() instanceof CheckedData.Origin.Xor || train.fields().getFirst().isWhole() || train.size() > MOST || (long) train.size() * train.shape().size() > MOST_VALUES) {
      return Optional.empty();
    }
    if (!mayRepeat(train, split.test()) && !mayRepeat(train, split.validation())) {
      return Optional.empty();
    }
    Map<Long, Integer> learnt = prints(train);
    if (learnt.size() < DIFFERENT * train.size()) {
      return Optional.empty();
    }
    return among(data.name(), train, "test", split.test(), learnt, data.origin().hasTest()).or(() -> among(data.name(), train, "val", split.validation(), learnt, false));
  }

  /** Whether some of many examples are among some of those that are learnt, as often as it would be if there were enough of them; half as often is taken for it. */
  private static boolean mayRepeat(Dataset train, Dataset examples) {
    if (examples == null || train.size() <= SOME) {
      return examples != null;
    }
    Dataset few = examples.spread(SOME);
    Set<Long> learnt = prints(train.spread(SOME)).keySet();
    long met = IntStream.range(0, few.size()).filter(i -> learnt.contains(print(few, i))).count();
    return met > 0 && met >= SHARE / 2 * few.size() * SOME / train.size();
  }

  private static Map<Long, Integer> prints(Dataset examples) {
    Map<Long, Integer> prints = new HashMap<>();
    for (int i = 0; i < examples.size(); i++) {
      prints.putIfAbsent(print(examples, i), i);
    }
    return prints;
  }

  private static Optional<Doubt> among(String name, Dataset train, String part, Dataset examples, Map<Long, Integer> learnt, boolean ofFile) {
    List<Integer> same = new ArrayList<>();
    for (int i = 0; examples != null && i < Math.min(MOST, examples.size()); i++) {
      if (learnt.containsKey(print(examples, i))) {
        same.add(i);
      }
    }
    if (same.size() < LEAST || same.size() < SHARE * examples.size() || same.size() < TIMES_CHANCE * chance(train) * examples.size()) {
      return Optional.empty();
    }
    String shows = String.format(
        Locale.ROOT, "%,d of the %,d examples of `%s.%s` are among those to train on: item %d is `%s.train.item(%d)`", same.size(), examples.size(), name, part,
        same.getFirst(), name, learnt.get(print(examples, same.getFirst())));
    boolean all = ofFile && same.size() == examples.size();
    return Optional.of(all ? new Doubt(Concern.REPEATS, Code.L143, shows, Concern.REPEATS.orAllow("leave out `test`: then some examples are set apart"), new Cure.Apart())
        : new Doubt(Concern.REPEATS, Code.L143, shows, Concern.REPEATS.orAllow("take out what is there twice before the examples are parted")));
  }

  /** How likely an example is among others if its numbers are drawn one by one, each from those that are there. */
  private static double chance(Dataset train) {
    int numbers = train.shape().size();
    if (numbers > FEW_NUMBERS) {
      return 0;
    }
    List<Set<Float>> there = Stream.generate(() -> (Set<Float>) new HashSet<Float>()).limit(numbers).toList();
    float[] values = new float[numbers];
    for (int i = 0; i < train.size(); i++) {
      train.read(i, values, 0, 1);
      for (int n = 0; n < numbers; n++) {
        there.get(n).add(values[n]);
      }
    }
    return train.size() / there.stream().mapToDouble(Set::size).reduce(1, (a, b) -> a * b);
  }

  /** A number that two different examples hardly share. */
  private static long print(Dataset data, int example) {
    float[] values = new float[data.shape().size()];
    data.read(example, values, 0, 1);
    long print = values.length;
    for (float value : values) {
      print = Draws.mix(print, Float.floatToIntBits(value));
    }
    return print;
  }
}
