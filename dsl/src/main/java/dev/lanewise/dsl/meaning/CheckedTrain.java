package dev.lanewise.dsl.meaning;

import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.optimize.Optimizer;
import dev.lanewise.runtime.train.TrainSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A {@code train} statement, ready to run.
 *
 * @param name of the run; empty without one
 * @param frozen layers and blocks whose parameters stay as they are
 * @param folds how many parts the examples are cut into for cross-validation; 0 for none
 * @param loss as it was written, or the one that fits
 * @param statement as it was written: a sweep reads it again with other values
 * @param teachers other networks, whose outputs the loss reads
 * @param tested what the network is tested by afterwards: the loss of its training, unless that reads other networks
 * @param rival the network that it is trained against
 * @param doubts what was warned of as it was checked
 * @param on who else takes part of the work; empty if nobody does
 */
public record CheckedTrain(
    String name, Span span, CheckedNet net, CheckedData data, TrainSettings settings, List<Log> logs,
    List<String> frozen, int folds, String loss, Statement.Train statement,
    List<CheckedNet> teachers, Computation tested, Optional<Rival> rival, List<Diagnostic> doubts, Optional<Spread> on) {
  public CheckedTrain {
    logs = List.copyOf(logs);
    frozen = List.copyOf(frozen);
    teachers = List.copyOf(teachers);
    doubts = List.copyOf(doubts);
  }

  /** Tells what the other network makes from the examples of the data. @param steps to each of the other's @param loss of its output and 0 or 1 */
  public record Rival(CheckedNet net, Optimizer optimizer, int steps, Computation loss) {}

  /** Why its batches keep their size on its way; empty if they need not. */
  public Optional<KeptSize> keptSize() {
    return rival.isPresent() ? Optional.of(KeptSize.OF_TWO)
        : settings.federation().isPresent() ? Optional.of(KeptSize.OF_CLIENTS)
        : on.map(_ -> KeptSize.ELSEWHERE);
  }

  /** Whether training leaves a parameter as it is. */
  public boolean isFrozen(String parameter) {
    return frozen.stream().anyMatch(f -> CheckedNet.isIn(f, parameter));
  }

  /** Why the batches of a training keep their size on its way. */
  public enum KeptSize {
    OF_TWO("the batches of two networks against each other keep their size"),
    ELSEWHERE("batches that are computed elsewhere keep their size"),
    OF_CLIENTS("the batches of clients keep their size"),
    OF_SERIES("the batches of trials and folds keep their size: they are to be compared");

    private final String why;

    KeptSize(String why) {
      this.why = why;
    }

    /** A sentence without its end. */
    public String why() {
      return why;
    }
  }

  /** Where the numbers of every epoch are written. */
  public record Log(LogForm form, Path path, Span span) {}

  /** How they are written. */
  public enum LogForm {
    CSV,
    JSONL,
    TENSORBOARD;

    /** As the language writes it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
