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

/** The slope of a sigmoid or tanh inside of a network that has learnt badly is on average below an eighth of the steepest one. */
public final class Saturation implements Check {
  private static final double LEAST = 0.125;

  @Override
  public Optional<Finding> look(Patient patient) {
    return patient.isGood() ? Optional.empty() : patient.activities().stream()
        .filter(a -> a.bend() != Bend.RELU && a.mean() < LEAST && patient.layer(a.node()).filter(l -> isInside(patient, l)).isPresent())
        .min(Comparator.comparingDouble(Activity::mean)).map(a -> finding(patient, a));
  }

  /** What ends a network, or a head, may well be sure. */
  private static boolean isInside(Patient patient, CheckedNet.Layer layer) {
    int value = patient.net().layers().indexOf(layer) + 1;
    return value != patient.net().result() && patient.net().heads().stream().noneMatch(h -> h.value() == value);
  }

  private static Finding finding(Patient patient, Activity a) {
    CheckedNet.Layer layer = patient.layer(a.node()).orElseThrow();
    String shows = String.format(
        Locale.ROOT, "`%s` is so flat where its units work that %.1f %% of the gradient comes through", layer.name(), 100 * a.mean());
    return new Finding(Cause.SATURATED, shows, patient.layer(layer), "smaller first weights or batchnorm before it, or relu in its place");
  }
}
