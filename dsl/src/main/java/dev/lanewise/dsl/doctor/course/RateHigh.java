package dev.lanewise.dsl.doctor.course;

import dev.lanewise.dsl.doctor.Cause;
import dev.lanewise.dsl.doctor.Check;
import dev.lanewise.dsl.doctor.Finding;
import dev.lanewise.dsl.doctor.Patient;
import dev.lanewise.runtime.train.TrainEvent;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The loss jumps, and a layer is moved by more than a fiftieth of its weights in a step; or it is no better than it was when nothing had been learnt, and that is more than a
 * tenth. In place of large steps, weights may have grown to ten times their size.
 */
public final class RateHigh implements Check {
  private static final double LARGE = 0.02;
  private static final double LARGER = 0.1;
  private static final double JUMP = 1.3;
  private static final double FELL = 0.15;

  @Override
  public boolean isOfRounds() {
    return false;
  }

  @Override
  public Optional<Finding> look(Patient patient) {
    List<Integer> weights = patient.weights();
    if (patient.isGood() || weights.isEmpty() || patient.vitals().noted().size() < 5) {
      return Optional.empty();
    }
    int worst = weights.stream().max(Comparator.comparing(w -> largest(patient, w))).orElseThrow();
    double ratio = largest(patient, worst);
    double grown = patient.grown();
    double best = patient.epochs().stream().mapToDouble(e -> e.train().loss()).min().orElseThrow();
    boolean jumps = patient.score().loss() > JUMP * best || jumps(patient.epochs());
    if (ratio < (jumps ? LARGE : LARGER) && grown < Patient.GROWN || !jumps && patient.fell() > FELL) {
      return Optional.empty();
    }
    String size = ratio >= (jumps ? LARGE : LARGER)
        ? String.format(Locale.ROOT, "a step changes `%s` by %.2g of its size, where 0.001 is usual", patient.vitals().parameters().get(worst), ratio)
        : String.format(Locale.ROOT, "weights have grown to %.0f times their size", grown);
    String shows = size + String.format(Locale.ROOT, "; the loss is %.4g, and was %.4g when nothing had been learnt", patient.score().loss(), patient.begin());
    return Optional.of(new Finding(Cause.RATE_HIGH, shows, patient.setting("optimizer"), "a learning rate of a tenth"));
  }

  /** Of the steps at the middle; those that are noted first may be large, where weights begin small. */
  private static double largest(Patient patient, int weight) {
    double ratio = patient.vitals().median(n -> n.ratio(weight));
    return Double.isNaN(ratio) ? 0 : ratio;
  }

  /** Whether the loss has risen as often as it has fallen, by more than is noise. */
  private static boolean jumps(List<TrainEvent.Epoch> epochs) {
    int rises = 0;
    for (int i = 1; i < epochs.size(); i++) {
      rises += epochs.get(i).train().loss() > 1.05 * epochs.get(i - 1).train().loss() ? 1 : 0;
    }
    return epochs.size() > 3 && rises >= epochs.size() / 3;
  }
}
