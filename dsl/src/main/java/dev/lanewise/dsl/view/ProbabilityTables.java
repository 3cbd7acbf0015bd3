package dev.lanewise.dsl.view;

import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.score.Calibration;
import dev.lanewise.runtime.score.Roc;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

/** What a network's probabilities are worth: tables of {@code calibration(Net, data)} and {@code roc(Net, data)}. */
public final class ProbabilityTables {
  /** From here on a network says something else than what happens. */
  private static final double WIDE = 0.1;
  /** So many examples say something. */
  private static final int SOME = 10;

  private ProbabilityTables() {}

  /** A row for each bin that has examples, one for all. */
  public static Table of(String net, DataSplit data, Calibration calibration) {
    List<List<String>> rows = new ArrayList<>();
    List<List<Table.Tone>> tones = new ArrayList<>();
    for (Calibration.Bin bin : calibration.bins()) {
      if (bin.count() > 0) {
        rows.add(row(two(bin.above()) + " – " + two(bin.upTo()), bin.count(), bin.sure(), bin.right(), bin.right() - bin.sure()));
        Table.Tone tone = bin.count() < SOME || bin.gap() < WIDE ? Table.Tone.PLAIN : Table.Tone.BAD;
        tones.add(List.of(Table.Tone.PLAIN, Table.Tone.PLAIN, Table.Tone.PLAIN, Table.Tone.PLAIN, tone));
      }
    }
    rows.add(row("all", calibration.examples(), calibration.sure(), calibration.right(), calibration.right() - calibration.sure()));
    return new Table(
        "calibration of " + net + " on " + data.name() + ": expected error " + four(calibration.error()),
        List.of("sure from", "examples", "mean", "share right", "gap"), rows, tones);
  }

  private static List<String> row(String bin, int count, double sure, double right, double gap) {
    return List.of(bin, String.format(Locale.ROOT, "%,d", count), four(sure), four(right), String.format(Locale.ROOT, "%+.4f", gap));
  }

  /** Of two classes: what is found of the second for what is left in peace of the first. */
  public static Table of(String net, DataSplit data, Roc curve) {
    List<List<String>> rows = DoubleStream.of(0.99, 0.95, 0.9, 0.8, 0.5).mapToObj(curve::atSpecificity).distinct()
        .map(p -> List.of(four(1 - p.falseAlarms()), four(p.found()), Double.isInfinite(p.threshold()) ? "" : four(p.threshold()))).toList();
    return new Table(
        "how " + net + " finds " + data.className(1) + " in " + data.name() + ": area " + four(curve.area()),
        List.of("specificity", "sensitivity", "from probability"), rows);
  }

  /** Of several classes, each against the others. */
  public static Table of(String net, DataSplit data, Map<Integer, Roc> curves) {
    int[] counts = DataSplit.counts(data.test());
    List<List<String>> rows = new ArrayList<>();
    curves.forEach((label, curve) -> rows.add(List.of(data.className(label), String.format(Locale.ROOT, "%,d", counts[label]), four(curve.area()))));
    double mean = curves.values().stream().mapToDouble(Roc::area).average().orElseThrow();
    rows.add(List.of("mean", "", four(mean)));
    return new Table("how " + net + " tells the classes of " + data.name() + " apart", List.of("class", "examples", "area"), rows);
  }

  private static String four(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static String two(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
