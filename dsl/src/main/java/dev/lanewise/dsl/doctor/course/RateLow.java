package dev.lanewise.dsl.doctor.course;

import dev.lanewise.dsl.doctor.Cause;
import dev.lanewise.dsl.doctor.Check;
import dev.lanewise.dsl.doctor.Finding;
import dev.lanewise.dsl.doctor.Patient;
import java.util.Locale;
import java.util.Optional;

/** No layer is moved by more than a ten-thousandth of its weights in a step, and the loss has hardly fallen. */
public final class RateLow implements Check {
  private static final double SMALL = 1e-4;
  private static final double FELL = 0.3;

  @Override
  public Optional<Finding> look(Patient patient) {
    double ratio = patient.weights().stream().mapToDouble(w -> patient.vitals().median(n -> n.ratio(w))).filter(r -> !Double.isNaN(r)).max().orElse(Double.NaN);
    // A gradient that is lost on its way is another matter.
    if (patient.steps() < Stuck.STEPS || !(ratio < SMALL) || ratio == 0 || patient.isGood() || patient.fell() > FELL) {
      return Optional.empty();
    }
    String shows = String.format(
        Locale.ROOT, "a step changes the weights by %.1g of their size, where 0.001 is usual, and the loss has gone from %.4g to %.4g", ratio, patient.begin(), patient.score().loss());
    return Optional.of(new Finding(Cause.RATE_LOW, shows, patient.setting("optimizer"), "a learning rate that is ten times as high, and again if that helps"));
  }
}
