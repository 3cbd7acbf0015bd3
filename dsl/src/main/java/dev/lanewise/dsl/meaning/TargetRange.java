package dev.lanewise.dsl.meaning;

import dev.lanewise.runtime.data.table.TableSummary;
import java.util.DoubleSummaryStatistics;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * From where to where the numbers to predict of some data go, as far as that is known before the examples are read.
 *
 * @param measured whether they are learnt with mean 0 and deviation 1, whatever they are
 */
public record TargetRange(double low, double high, boolean measured) {
  /** Empty where there are classes, or nothing is known. */
  public static Optional<TargetRange> of(CheckedData data) {
    boolean measured = data.normalize() instanceof CheckedData.Normalize.Auto && !data.rebuilds();
    if (!data.target().isNumbers() || data.rebuilds()) {
      return Optional.empty();
    }
    return switch (data.origin()) {
      case CheckedData.Origin.Sine _ -> Optional.of(new TargetRange(-1, 1, measured));
      case CheckedData.Origin.Clutter _ -> Optional.of(new TargetRange(0, 1, false));
      case CheckedData.Origin.Files(String _, var files) -> files.table().flatMap(t -> of(t, measured));
      default -> Optional.empty();
    };
  }

  private static Optional<TargetRange> of(TableSummary table, boolean measured) {
    DoubleSummaryStatistics all = table.columns().stream()
        .filter(c -> c.role() == TableSummary.Role.TARGET).flatMapToDouble(c -> DoubleStream.of(c.low(), c.high())).summaryStatistics();
    return all.getCount() == 0 || !Double.isFinite(all.getMin()) || !Double.isFinite(all.getMax())
        ? Optional.empty()
        : Optional.of(new TargetRange(all.getMin(), all.getMax(), measured));
  }

  public String lowText() {
    return text(low);
  }

  public String highText() {
    return text(high);
  }

  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9 ? String.format(Locale.ROOT, "%.0f", value) : String.format(Locale.ROOT, "%.4g", value);
  }
}
