package dev.lanewise.dsl.session;

import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.runtime.file.TensorBoard;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.train.TrainEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes the numbers of every epoch to the files that {@code log} names, one line each, at once: what a run has reached is not lost when it
 * is stopped. A run begins its files anew; one that goes on adds to them.
 */
final class RunLogs implements AutoCloseable {
  private final List<CheckedTrain.Log> logs;
  private final List<TensorBoard> boards = new ArrayList<>();
  private List<Measure.Kind> metrics = List.of();
  private boolean resumed;
  private boolean begun;

  RunLogs(List<CheckedTrain.Log> logs) {
    this.logs = logs;
  }

  /** @throws UncheckedIOException if a file cannot be written */
  void on(TrainEvent event) {
    switch (event) {
      case TrainEvent.Started s -> metrics = s.metrics();
      case TrainEvent.Resumed _ -> resumed = true;
      case TrainEvent.Epoch e -> epoch(e);
      case TrainEvent.Batch _, TrainEvent.RateChanged _, TrainEvent.StoppedEarly _, TrainEvent.Ended _, TrainEvent.Tested _, TrainEvent.OutOfTime _,
          TrainEvent.RateLowered _, TrainEvent.Preparing _ -> { }
    }
  }

  private void epoch(TrainEvent.Epoch epoch) {
    try {
      Map<String, Double> values = values(epoch);
      int board = 0;
      for (CheckedTrain.Log log : logs) {
        switch (log.form()) {
          case CSV -> {
            if (!begun && !(resumed && Files.exists(log.path()))) {
              write(log.path(), "epoch,seconds," + String.join(",", values.keySet()), true);
            }
            write(log.path(), epoch.epoch() + "," + number(epoch.seconds()) + ","
                + values.values().stream().map(RunLogs::number).collect(Collectors.joining(",")), false);
          }
          case JSONL -> write(
              log.path(),
              "{\"epoch\":" + epoch.epoch() + ",\"seconds\":" + number(epoch.seconds())
                  + values.entrySet().stream().map(v -> ",\"" + v.getKey() + "\":" + number(v.getValue())).collect(Collectors.joining())
                  + "}",
              !begun && !resumed);
          case TENSORBOARD -> {
            if (!begun) {
              boards.add(TensorBoard.create(log.path()));
            }
            boards.get(board++).write(epoch.epoch(), values);
          }
        }
      }
      begun = true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, Double> values(TrainEvent.Epoch epoch) {
    Map<String, Double> values = new LinkedHashMap<>();
    List<Measure.Kind> kinds = new ArrayList<>(List.of(Measure.Kind.LOSS));
    kinds.addAll(metrics);
    kinds.forEach(k -> values.put("train." + k, epoch.train().of(k)));
    if (epoch.validation() != null) {
      kinds.forEach(k -> values.put("val." + k, epoch.validation().of(k)));
    }
    if (!Double.isNaN(epoch.objective())) {
      values.put("objective", epoch.objective());
    }
    values.put("rate", epoch.rate());
    return values;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6g", value);
  }

  private static void write(Path file, String line, boolean anew) throws IOException {
    OpenOption[] options = anew
        ? new OpenOption[] {StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING}
        : new OpenOption[] {StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND};
    Files.write(file, (line + "\n").getBytes(StandardCharsets.UTF_8), options);
  }

  @Override
  public void close() {
    boards.forEach(TensorBoard::close);
  }
}
