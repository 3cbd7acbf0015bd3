package dev.lanewise.dsl.doctor.data;

import dev.lanewise.dsl.doctor.Cause;
import dev.lanewise.dsl.doctor.Check;
import dev.lanewise.dsl.doctor.Finding;
import dev.lanewise.dsl.doctor.Patient;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.random.Draws;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Of the examples to test or to validate on 2 % or more are among those that were learnt, number for number. Not told of tokens and of tables with few different rows,
 * where that is no wonder.
 */
public final class SameExamples implements Check {
  private static final double SHARE = 0.02;
  private static final int LEAST = 2;
  private static final double DIFFERENT = 0.4;
  private static final int MOST = 100_000;

  @Override
  public boolean isQuick() {
    return false;
  }

  @Override
  public Optional<Finding> look(Patient patient) {
    DataSplit data = patient.data();
    if (patient.run().data().origin() instanceof CheckedData.Origin.Xor || data.train().fields().getFirst().isWhole() || data.train().size() > MOST) {
      return Optional.empty();
    }
    Map<Long, Integer> learnt = new HashMap<>();
    for (int i = 0; i < data.train().size(); i++) {
      learnt.putIfAbsent(print(data.train(), i), i);
    }
    if (learnt.size() < DIFFERENT * data.train().size()) {
      return Optional.empty();
    }
    return among(patient, "test", data.test(), learnt).or(() -> among(patient, "val", data.validation(), learnt));
  }

  private static Optional<Finding> among(Patient patient, String part, Dataset examples, Map<Long, Integer> learnt) {
    List<Integer> same = new ArrayList<>();
    for (int i = 0; examples != null && i < Math.min(MOST, examples.size()); i++) {
      if (learnt.containsKey(print(examples, i))) {
        same.add(i);
      }
    }
    if (same.size() < LEAST || same.size() < SHARE * examples.size()) {
      return Optional.empty();
    }
    String name = patient.data().name();
    String shows = String.format(
        Locale.ROOT, "%,d of the %,d examples of `%s.%s` are among those to train on: item %d is `%s.train.item(%d)`", same.size(), examples.size(), name, part,
        same.getFirst(), name, learnt.get(print(examples, same.getFirst())));
    return Optional.of(new Finding(Cause.SAME_EXAMPLES, shows, patient.dataStatement(), "take out what is there twice before the examples are parted"));
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
