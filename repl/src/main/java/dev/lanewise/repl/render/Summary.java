package dev.lanewise.repl.render;

import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.repl.text.Numbers;
import dev.lanewise.runtime.train.TrainEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table at the end of a run: for each network how long it was trained, and what it reached. */
final class Summary {
  private static final List<String> HEADER =
      List.of("net", "parameters", "epochs", "seconds", "train loss", "test loss", "test accuracy");

  /** One network's line; what did not happen is null. */
  private record Row(TrainEvent.Started started, TrainEvent.Epoch last, TrainEvent.Ended ended, TrainEvent.Tested tested) {}

  private final Map<String, Row> rows = new LinkedHashMap<>();

  void on(TrainEvent event) {
    switch (event) {
      case TrainEvent.Started s -> rows.put(s.net(), new Row(s, null, null, null));
      case TrainEvent.Batch _, TrainEvent.RateChanged _, TrainEvent.SizeChanged _, TrainEvent.Resumed _, TrainEvent.StoppedEarly _, TrainEvent.Attacked _, TrainEvent.Overfitted _, TrainEvent.OutOfTime _,
          TrainEvent.RateLowered _, TrainEvent.Watched _, TrainEvent.Round _, TrainEvent.Reached _, TrainEvent.Preparing _ -> {}
      case TrainEvent.Epoch e -> rows.put(e.net(), new Row(row(e.net()).started, e, null, null));
      case TrainEvent.Ended e -> {
        Row row = row(e.net());
        rows.put(e.net(), new Row(row.started, row.last, e, row.tested));
      }
      case TrainEvent.Tested t -> {
        Row row = row(t.net());
        rows.put(t.net(), new Row(row.started, row.last, row.ended, t));
      }
    }
  }

  /** Empty if nothing was trained or tested. */
  Optional<Table> table() {
    List<List<String>> cells = rows.entrySet().stream().map(e -> cells(e.getKey(), e.getValue())).toList();
    return cells.isEmpty() ? Optional.empty() : Optional.of(new Table("", HEADER, cells));
  }

  private Row row(String net) {
    return rows.getOrDefault(net, new Row(null, null, null, null));
  }

  private static List<String> cells(String net, Row row) {
    return List.of(
        net,
        row.started == null ? "-" : Numbers.count(row.started.parameters()),
        row.ended == null ? "-" : Numbers.count(row.ended.epochs()),
        row.ended == null ? "-" : Numbers.seconds(row.ended.seconds()),
        row.last == null ? "-" : Numbers.loss(row.last.train().loss()),
        row.tested == null ? "-" : Numbers.loss(row.tested.score().loss()),
        row.tested == null ? "-" : Numbers.percent(row.tested.score().accuracy()));
  }
}
