package dev.lanewise.repl.render;

import dev.lanewise.dsl.language.TextWidth;
import dev.lanewise.repl.text.Numbers;
import dev.lanewise.repl.text.Voice;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.score.Score;
import dev.lanewise.runtime.train.TrainEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One line per epoch, under a heading, in columns of a fixed width so that the lines of a run stand under each other. Where there is no
 * room for all, those at the end are left out.
 */
final class EpochLine {
  /** What a network withstands. */
  private static final int SHARE = 10;

  private EpochLine() {}

  /** @param started tells what is measured, and whether the learning rate is worth a column; @param first which parts an epoch has */
  static String heading(TrainEvent.Started started, TrainEvent.Epoch first, int room, Voice voice) {
    List<Measure.Kind> metrics = started.metrics();
    List<String> cells = new ArrayList<>(List.of(right(8, voice.say(started.clients().isPresent() ? "round" : "epoch")), right(9, voice.say("loss"))));
    if (hasHeads(first)) {
      cells.add(right(11, voice.say("objective")));
    }
    first.train().heads().keySet().forEach(h -> cells.add(right(width(h), h)));
    metrics.forEach(m -> cells.add(right(width(m), voice.say(m.toString()))));
    if (first.validation() != null) {
      String part = part(started);
      cells.add(right(part.length() + 6, voice.say(part + "loss")));
      metrics.forEach(m -> cells.add(right(width(m) + part.length(), voice.say(part + m))));
    }
    if (started.clients().isPresent()) {
      cells.add(right(9, voice.say("apart")));
      started.clients().get().privacy().ifPresent(_ -> cells.add(right(9, "epsilon")));
    }
    first.withstood().ifPresent(w -> w.shares().keySet().forEach(name -> cells.add(right(SHARE, voice.say(name)))));
    cells.addAll(List.of(right(9, voice.say("seconds")), right(12, voice.say("examples/s"))));
    if (started.scheduled()) {
      cells.add(right(10, voice.say("rate")));
    }
    return fitting(cells, room);
  }

  /** On which examples an epoch is judged besides those that it learns from. */
  private static String part(TrainEvent.Started started) {
    return started.clients().filter(TrainEvent.Clients::tested).isPresent() ? "test " : "val ";
  }

  private static boolean hasHeads(TrainEvent.Epoch epoch) {
    return !Double.isNaN(epoch.objective());
  }

  /** @param round of clients, where there are any */
  static String of(TrainEvent.Started started, TrainEvent.Epoch epoch, Optional<TrainEvent.Round> round, int room) {
    List<Measure.Kind> metrics = started.metrics();
    Score train = epoch.train();
    List<String> cells = new ArrayList<>();
    cells.add(right(8, epoch.epoch() + "/" + epoch.epochs()));
    cells.add(right(9, Numbers.loss(train.loss())));
    if (hasHeads(epoch)) {
      cells.add(right(11, Numbers.loss(epoch.objective())));
    }
    train.heads().forEach((name, head) -> cells.add(right(width(name), Numbers.loss(head.loss()))));
    metrics.forEach(m -> cells.add(right(width(m), Numbers.measured(m, train.of(m)))));
    if (epoch.validation() != null) {
      cells.add(right(part(started).length() + 6, Numbers.loss(epoch.validation().loss())));
      metrics.forEach(m -> cells.add(right(width(m) + part(started).length(), Numbers.measured(m, epoch.validation().of(m)))));
    }
    round.ifPresent(r -> cells.add(right(9, Numbers.loss(r.apart()))));
    round.flatMap(TrainEvent.Round::spent).ifPresent(s -> cells.add(right(9, Numbers.loss(s.epsilon()))));
    epoch.withstood().ifPresent(w -> w.shares().values().forEach(share -> cells.add(right(SHARE, Numbers.percent(share)))));
    cells.add(right(9, Numbers.seconds(epoch.seconds())));
    cells.add(right(12, Numbers.rate(train.examples(), epoch.seconds())));
    if (started.scheduled()) {
      cells.add(right(10, Numbers.rate(epoch.rate())));
    }
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

  /** Of the loss of one of several outputs, under its name. */
  private static int width(String head) {
    return 2 + Math.max(7, TextWidth.of(head));
  }

  private static int width(Measure.Kind metric) {
    return 2 + Math.max(8, metric.toString().length());
  }

  private static String right(int width, String text) {
    return " ".repeat(Math.max(0, width - TextWidth.of(text))) + text;
  }
}
