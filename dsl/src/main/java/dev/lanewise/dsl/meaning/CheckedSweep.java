package dev.lanewise.dsl.meaning;

import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.runtime.score.Measure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A {@code sweep}, ready to run: every trial is a training whose network and settings have been checked.
 *
 * @param axes what differs from trial to trial
 * @param pick by what the best one is chosen
 * @param resume where results are kept, to go on with
 * @param written the run's statement
 * @param on who else takes part of the work; empty if nobody does
 */
public record CheckedSweep(
    Span span, CheckedTrain run, List<String> axes, List<Trial> trials, Measure pick, Optional<Path> resume, String written, Optional<Spread> on) {
  public CheckedSweep {
    axes = List.copyOf(axes);
    trials = List.copyOf(trials);
  }

  /** @param values one for each axis */
  public record Trial(List<Constant> values, CheckedTrain train) {
    public Trial {
      values = List.copyOf(values);
    }
  }
}
