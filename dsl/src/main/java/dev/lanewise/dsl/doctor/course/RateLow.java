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
 * No layer is moved by more than a ten-thousandth of its weights in a step; or by five of them while the loss falls from epoch to epoch, by less than 1 % each, or by more where nothing has
 * been learnt yet. And it has hardly fallen at all.
 */
public final class RateLow implements Check {
  private static final double SMALL = 1e-4;
  private static final double SLOW = 5e-4;
  private static final double CREEPS = 0.01;
  private static final double FELL = 0.3;

  @Override
  public boolean isOfRounds() {
    return false;
  }

  @Override
  public Optional<Finding> look(Patient patient) {
    double ratio = patient.weights().stream().mapToDouble(w -> patient.vitals().median(n -> n.ratio(w))).filter(r -> !Double.isNaN(r)).max().orElse(Double.NaN);
    if (patient.steps() < Stuck.STEPS || !(ratio < (isSlow(patient) ? SLOW : SMALL)) || ratio == 0 || explodes(patient) || patient.grown() > Patient.GROWN || patient.isGood() || patient.fell() > FELL) {
      return Optional.empty();
    }
    String shows = String.format(
        Locale.ROOT, "a step changes the weights by %.1g of their size, where 0.001 is usual, and the loss has gone from %.4g to %.4g", ratio, patient.begin(), patient.score().loss());
    return Optional.of(new Finding(Cause.RATE_LOW, shows, patient.setting("optimizer"), "a learning rate that is ten times as high, and again if that helps"));
  }

  /** Whether the loss falls in each epoch, though little comes of it. */
  private static boolean isSlow(Patient patient) {
    List<TrainEvent.Epoch> epochs = patient.epochs();
    double most = 0;
    for (int i = 1; i < epochs.size(); i++) {
      double fall = 1 - epochs.get(i).train().loss() / epochs.get(i - 1).train().loss();
      if (fall <= 0) {
        return false;
      }
      most = Math.max(most, fall);
    }
    return epochs.size() > 3 && most <= CREEPS || epochs.size() > 1 && hasLearntNothing(patient);
  }

  private static boolean hasLearntNothing(Patient patient) {
    return new LargestClass().look(patient).isPresent() || new Stuck().look(patient).isPresent();
  }

  /** Such gradients want such a rate. */
  private static boolean explodes(Patient patient) {
    return patient.vitals().norm(patient.vitals().noted().getFirst()) > 100;
  }
}
