package dev.lanewise.repl.render;

import dev.lanewise.runtime.train.Measure;
import dev.lanewise.runtime.train.TrainEvent;
import java.util.List;
import java.util.Locale;

/** One line per epoch, under a heading, in columns of a fixed width so that the lines of a run stand under each other. */
final class EpochLine {
  private EpochLine() {}

  static String heading(List<Measure.Kind> metrics, boolean validation) {
    StringBuilder line = new StringBuilder("   epoch     loss");
    metrics.forEach(m -> line.append(right(width(m), m.toString())));
    if (validation) {
      line.append("  val loss");
      metrics.forEach(m -> line.append(right(width(m) + 4, "val " + m)));
    }
    return line + "  seconds  images/s";
  }

  static String of(TrainEvent.Epoch epoch, List<Measure.Kind> metrics) {
    TrainEvent.Score train = epoch.train();
    String which = epoch.epoch() + "/" + epoch.epochs();
    StringBuilder line = new StringBuilder();
    line.append(right(8, which)).append(right(9, Numbers.loss(train.loss())));
    metrics.forEach(m -> line.append(right(width(m), Numbers.percent(train.of(m)))));
    if (epoch.validation() != null) {
      line.append(right(10, Numbers.loss(epoch.validation().loss())));
      metrics.forEach(m -> line.append(right(width(m) + 4, Numbers.percent(epoch.validation().of(m)))));
    }
    line.append(right(9, Numbers.seconds(epoch.seconds())));
    return line.append(right(10, Numbers.rate(train.examples(), epoch.seconds()))).toString();
  }

  private static int width(Measure.Kind metric) {
    return 2 + Math.max(8, metric.toString().length());
  }

  private static String right(int width, String text) {
    return String.format(Locale.ROOT, "%" + width + "s", text);
  }
}
