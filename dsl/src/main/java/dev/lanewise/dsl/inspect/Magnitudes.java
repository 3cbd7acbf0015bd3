package dev.lanewise.dsl.inspect;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedData.Normalize;
import dev.lanewise.dsl.meaning.Concern;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Range;
import dev.lanewise.runtime.data.table.TableSummary;
import dev.lanewise.runtime.data.table.TableSummary.Column;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Numbers in files that are far above 1, or of which some are thousands of times as large as others, and are left so: networks begin as if all were about 1. */
final class Magnitudes implements Look {
  /** From here on nobody means it so. */
  private static final float CERTAIN = 1_000;
  private static final float APART = 1_000;

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
    return apart(data).stream().toList();
  }

  /** The column with the largest numbers and that with the smallest ones. */
  private static Optional<Doubt> apart(CheckedData data) {
    Optional<TableSummary> table = data.origin() instanceof CheckedData.Origin.Files(String _, var files) ? files.table() : Optional.empty();
    List<Column> numbers = table.stream().flatMap(s -> s.columns().stream()).filter(c -> c.role() == TableSummary.Role.NUMBER && largest(c) > 0)
        .sorted(Comparator.comparingDouble(Magnitudes::largest)).toList();
    if (numbers.size() < 2 || largest(numbers.getLast()) < APART * largest(numbers.getFirst())) {
      return Optional.empty();
    }
    Column small = numbers.getFirst(), large = numbers.getLast();
    return Optional.of(doubt(
        "the numbers of `" + large.name() + "` in " + data.name() + " go up to " + number(largest(large)) + ", those of `" + small.name() + "` only to " + number(largest(small))
            + ": beside them a network hardly sees these", true));
  }

  private static float largest(Column column) {
    return (float) Math.max(Math.abs(column.low()), Math.abs(column.high()));
  }

  private static Doubt doubt(String message, boolean certain) {
    return new Doubt(Concern.SCALE, Code.L087, message, Concern.SCALE.orAllow("say normalize = auto"), certain ? new Cure.Setting("normalize", "auto") : Cure.CHOICE);
  }

  private static String number(float value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9 ? String.format(Locale.ROOT, "%.0f", value) : String.format(Locale.ROOT, "%.4g", value);
  }
}
