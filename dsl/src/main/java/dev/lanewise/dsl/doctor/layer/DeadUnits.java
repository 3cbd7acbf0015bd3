package dev.lanewise.dsl.doctor.layer;

import dev.lanewise.dsl.doctor.Cause;
import dev.lanewise.dsl.doctor.Check;
import dev.lanewise.dsl.doctor.Finding;
import dev.lanewise.dsl.doctor.Patient;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.runtime.vital.Activity;
import dev.lanewise.runtime.vital.Bend;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Of a relu more than 80 % of the units are silent for every example that was looked at; half of them, if the network has learnt badly. */
public final class DeadUnits implements Check {
  private static final double MOST = 0.8;
  private static final double HALF = 0.5;
  private static final int UNITS = 4;

  @Override
  public Optional<Finding> look(Patient patient) {
    double limit = patient.isGood() ? MOST : HALF;
    return patient.activities().stream()
        .filter(a -> a.bend() == Bend.RELU && a.units().length >= UNITS && a.below(0) > limit && patient.layer(a.node()).isPresent())
        .max(Comparator.comparingDouble(a -> a.below(0))).map(a -> finding(patient, a));
  }

  private static Finding finding(Patient patient, Activity a) {
    CheckedNet.Layer layer = patient.layer(a.node()).orElseThrow();
    String shows = String.format(
        Locale.ROOT, "%d of the %d units of `%s` give 0 for every example that was looked at, so that no gradient goes through them",
        Math.round(a.below(0) * a.units().length), a.units().length, layer.name());
    return new Finding(Cause.UNITS_DEAD, shows, patient.layer(layer), "a smaller learning rate, leaky_relu in place of relu, or batchnorm before it");
  }
}
