package dev.lanewise.repl.render;

import dev.lanewise.runtime.train.TrainEvent;
import java.util.Locale;

/** One line per epoch, under a heading, in columns of a fixed width so that the lines of a run stand under each other. */
final class EpochLine {
  private EpochLine() {}

  static String heading(boolean validation) {
    return "   epoch     loss  accuracy" + (validation ? "  val loss  val accuracy" : "") + "  seconds  images/s";
  }

  static String of(TrainEvent.Epoch epoch) {
    TrainEvent.Score train = epoch.train();
    String which = epoch.epoch() + "/" + epoch.epochs();
    StringBuilder line = new StringBuilder();
    line.append(right(8, which)).append(right(9, Numbers.loss(train.loss())));
    line.append(right(10, Numbers.percent(train.accuracy())));
    if (epoch.validation() != null) {
      line.append(right(10, Numbers.loss(epoch.validation().loss())));
      line.append(right(14, Numbers.percent(epoch.validation().accuracy())));
    }
    line.append(right(9, Numbers.seconds(epoch.seconds())));
    return line.append(right(10, Numbers.rate(train.examples(), epoch.seconds()))).toString();
  }

  private static String right(int width, String text) {
    return String.format(Locale.ROOT, "%" + width + "s", text);
  }
}
