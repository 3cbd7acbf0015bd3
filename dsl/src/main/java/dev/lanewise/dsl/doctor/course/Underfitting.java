package dev.lanewise.dsl.doctor.course;

import dev.lanewise.dsl.doctor.Cause;
import dev.lanewise.dsl.doctor.Check;
import dev.lanewise.dsl.doctor.Finding;
import dev.lanewise.dsl.doctor.Patient;
import dev.lanewise.runtime.train.TrainEvent;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * After four epochs or more the loss is above 60 % of what it was when nothing had been learnt. Either it still falls, by 2 % in each of the last two epochs; then it
 * has ended too soon. Or it does not, by less than 1 %; then the network can do no more.
 */
public final class Underfitting implements Check {
  private static final int EPOCHS = 4;
  private static final double FELL = 0.4;
  private static final double FALLS = 0.02;
  private static final double STANDS = 0.01;
  private static final double WELL = 0.8;

  @Override
  public boolean isOfRounds() {
    return false;
  }

  @Override
  public Optional<Finding> look(Patient patient) {
    List<TrainEvent.Epoch> epochs = patient.epochs();
    if (epochs.size() < EPOCHS || patient.steps() < Stuck.STEPS || patient.isGood() || patient.fell() > FELL || patient.score().accuracy() > WELL) {
      return Optional.empty();
    }
    double falls = Math.min(fall(epochs, 1), fall(epochs, 2));
    boolean stands = Math.abs(fall(epochs, 1)) < STANDS && Math.abs(fall(epochs, 2)) < STANDS;
    if (falls < FALLS && !stands) {
      return Optional.empty();
    }
    String from = String.format(Locale.ROOT, "the loss was %.4g when nothing had been learnt and is %.4g after %d epochs, ", patient.begin(), patient.score().loss(), epochs.size());
    return Optional.of(
        stands
            ? new Finding(Cause.UNDERFITTING, from + "where it stays", patient.training(), "more units or layers, or inputs that tell more")
            : new Finding(Cause.UNDERFITTING, from + String.format(Locale.ROOT, "and still falls by %.0f %% in each", 100 * falls), patient.setting("epochs"), "more epochs"));
  }

  /** By which share the loss fell in one of the last epochs, counted from the end. */
  private static double fall(List<TrainEvent.Epoch> epochs, int back) {
    double now = epochs.get(epochs.size() - back).train().loss();
    return 1 - now / epochs.get(epochs.size() - back - 1).train().loss();
  }
}
