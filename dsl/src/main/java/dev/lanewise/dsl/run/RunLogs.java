package dev.lanewise.dsl.run;

import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.runtime.file.TensorBoard;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.train.Birth;
import dev.lanewise.runtime.train.TrainEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the numbers of every epoch to the files that {@code log} names, at once: what a run has reached is not lost when it is stopped.
 * A run begins its files anew; one that goes on brings them in line with its journal, and adds to them.
 */
final class RunLogs {
  private final List<CheckedTrain.Log> logs;
  private List<LogFile> files = List.of();

  RunLogs(List<CheckedTrain.Log> logs) {
    this.logs = logs;
  }

  /** @throws UncheckedIOException if a file cannot be written */
  void on(TrainEvent event) {
    try {
      switch (event) {
        case TrainEvent.Started s -> files = logs.stream().map(l -> file(l, s)).toList();
        case TrainEvent.Resumed r -> {
          for (LogFile file : files) {
            file.goOn(r.journal());
          }
        }
        case TrainEvent.Epoch e -> {
          for (LogFile file : files) {
            file.add(e);
          }
        }
        case TrainEvent.Batch _, TrainEvent.RateChanged _, TrainEvent.SizeChanged _, TrainEvent.StoppedEarly _, TrainEvent.Attacked _, TrainEvent.Overfitted _, TrainEvent.Ended _, TrainEvent.Tested _,
            TrainEvent.OutOfTime _, TrainEvent.RateLowered _, TrainEvent.Watched _, TrainEvent.Round _, TrainEvent.Reached _, TrainEvent.Preparing _ -> { }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LogFile file(CheckedTrain.Log log, TrainEvent.Started run) {
    return switch (log.form()) {
      case CSV -> new LogFile(log.path(), new LogFormat.Csv(run.metrics()));
      case JSONL -> new LogFile(log.path(), new LogFormat.JsonLines(run.metrics()));
      case TENSORBOARD -> new LogFile(board(log.path(), run.birth()), new LogFormat.Board(run.metrics(), seconds(run.birth())));
    };
  }

  /** Of its own for each run, also in a folder of several. */
  private static Path board(Path folder, Birth birth) {
    return folder.resolve(TensorBoard.name(birth.at().getEpochSecond() + "." + birth.process() + "." + birth.at().getNano() / 1000));
  }

  private static double seconds(Birth birth) {
    return birth.at().getEpochSecond() + birth.at().getNano() / 1e9;
  }
}
