package dev.lanewise.dsl.check;

import dev.lanewise.runtime.train.Measure;
import java.util.List;

/**
 * A {@code sweep}, ready to run: every trial is a training whose network and settings have been checked.
 *
 * @param axes what differs from trial to trial
 * @param pick by what the best one is chosen
 */
public record CheckedSweep(CheckedTrain run, List<String> axes, List<Trial> trials, Measure pick) {
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
