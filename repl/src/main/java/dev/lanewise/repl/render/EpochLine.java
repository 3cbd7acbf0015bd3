package dev.lanewise.repl.render;

import dev.lanewise.dsl.language.TextWidth;
import dev.lanewise.runtime.train.Measure;
import dev.lanewise.runtime.train.TrainEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * One line per epoch, under a heading, in columns of a fixed width so that the lines of a run stand under each other. Where there is no
 * room for all, those at the end are left out.
 */
final class EpochLine {
  private EpochLine() {}

  static String heading(List<Measure.Kind> metrics, boolean validation, int room, Voice voice) {
    List<String> cells = new ArrayList<>(List.of(right(8, voice.say("epoch")), right(9, voice.say("loss"))));
    metrics.forEach(m -> cells.add(right(width(m), voice.say(m.toString()))));
    if (validation) {
      cells.add(right(10, voice.say("val loss")));
      metrics.forEach(m -> cells.add(right(width(m) + 4, voice.say("val " + m))));
    }
    cells.addAll(List.of(right(9, voice.say("seconds")), right(10, voice.say("images/s"))));
    return fitting(cells, room);
  }

  static String of(TrainEvent.Epoch epoch, List<Measure.Kind> metrics, int room) {
    TrainEvent.Score train = epoch.train();
    List<String> cells = new ArrayList<>();
    cells.add(right(8, epoch.epoch() + "/" + epoch.epochs()));
    cells.add(right(9, Numbers.loss(train.loss())));
    metrics.forEach(m -> cells.add(right(width(m), Numbers.percent(train.of(m)))));
    if (epoch.validation() != null) {
      cells.add(right(10, Numbers.loss(epoch.validation().loss())));
      metrics.forEach(m -> cells.add(right(width(m) + 4, Numbers.percent(epoch.validation().of(m)))));
    }
    cells.add(right(9, Numbers.seconds(epoch.seconds())));
    cells.add(right(10, Numbers.rate(train.examples(), epoch.seconds())));
    return fitting(cells, room);
  }

  private static String fitting(List<String> cells, int room) {
    StringBuilder line = new StringBuilder();
    for (String cell : cells) {
      if (TextWidth.of(line + cell) > room) {
        break;
      }
      line.append(cell);
    }
    return line.toString();
  }

  private static int width(Measure.Kind metric) {
    return 2 + Math.max(8, metric.toString().length());
  }

  private static String right(int width, String text) {
    return " ".repeat(Math.max(0, width - TextWidth.of(text))) + text;
  }
}
