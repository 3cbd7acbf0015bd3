package dev.lanewise.dsl.inspect;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedData.Normalize;
import dev.lanewise.dsl.meaning.Concern;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Encoding;
import dev.lanewise.runtime.data.Range;
import dev.lanewise.runtime.data.World;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Numbers in files that are far above 1, or of which some are thousands of times as large as others, and are left so: networks begin as if all were about 1. */
final class Magnitudes implements Look {
  /** From here on nobody means it so. */
  private static final float CERTAIN = 1_000;
  private static final float APART = 1_000;
  private static final int LOOKED_AT = 1_000;

  @Override
  public List<Doubt> of(CheckedData data, DataSplit split) {
    if (!(data.normalize() instanceof Normalize.None)) {
      return List.of();
    }
    Range values = Range.ofValues(split.train());
    Range targets = data.rebuilds() ? Range.NONE : Range.ofTargets(split.train());
    if (values.largest() > Range.MOST || targets.largest() > Range.MOST) {
      String what = values.largest() > Range.MOST ? "the examples of " + data.name() + " have values" : data.name() + " has numbers to predict";
      Range far = values.largest() > Range.MOST ? values : targets;
      return List.of(doubt(
          what + " from " + number(far.low()) + " to " + number(far.high()) + ", but networks learn well from numbers about 1", far.largest() > CERTAIN));
    }
    return apart(data.name(), split).stream().toList();
  }

  /** The column with the largest numbers and that with the smallest ones. */
  private static Optional<Doubt> apart(String data, DataSplit split) {
    if (!(split.world().input() instanceof World.Input.Table(Encoding encoding, var _)) || encoding.features() != split.train().shape().size()) {
      return Optional.empty();
    }
    float[] largest = largest(split);
    Comparator<Integer> bySize = Comparator.comparingDouble(c -> largest[c]);
    List<String> names = encoding.names();
    List<Integer> there = IntStream.range(0, largest.length).filter(c -> largest[c] > 0 && isNumber(encoding, names.get(c))).boxed().sorted(bySize).toList();
    if (there.size() < 2 || largest[there.getLast()] < APART * largest[there.getFirst()]) {
      return Optional.empty();
    }
    int small = there.getFirst(), large = there.getLast();
    return Optional.of(doubt(
        "the numbers of `" + names.get(large) + "` in " + data + " go up to " + number(largest[large]) + ", those of `" + names.get(small) + "` only to " + number(largest[small])
            + ": beside them a network hardly sees these", true));
  }

  private static boolean isNumber(Encoding encoding, String name) {
    return encoding.columns().stream().anyMatch(c -> !c.isWords() && c.name().equals(name));
  }

  private static float[] largest(DataSplit split) {
    var some = split.train().spread(LOOKED_AT);
    float[] largest = new float[some.shape().size()];
    float[] row = new float[largest.length];
    for (int i = 0; i < some.size(); i++) {
      some.read(i, row, 0, 1);
      for (int c = 0; c < row.length; c++) {
        largest[c] = Math.max(largest[c], Math.abs(row[c]));
      }
    }
    return largest;
  }

  private static Doubt doubt(String message, boolean certain) {
    return new Doubt(Concern.SCALE, Code.L087, message, Concern.SCALE.orAllow("say normalize = auto"), certain ? new Cure.Setting("normalize", "auto") : Cure.CHOICE);
  }

  private static String number(float value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9 ? String.format(Locale.ROOT, "%.0f", value) : String.format(Locale.ROOT, "%.4g", value);
  }
}
