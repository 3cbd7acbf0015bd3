package dev.lanewise.dsl.doctor.layer;

import dev.lanewise.dsl.doctor.Cause;
import dev.lanewise.dsl.doctor.Check;
import dev.lanewise.dsl.doctor.Finding;
import dev.lanewise.dsl.doctor.Patient;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.runtime.optimize.Clip;
import dev.lanewise.runtime.vital.Noted;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * In a network that has learnt badly, whose gradients nothing limits, the norm of the gradient is above 100 before the first step, so that it is no learning rate that has made it so; or at a time it
 * is 100 times what it is mostly, and above 10, and weights have not grown large.
 */
public final class Exploding implements Check {
  private static final double LARGE = 100;
  private static final double ABOVE = 10;

  @Override
  public Optional<Finding> look(Patient patient) {
    List<Noted> noted = patient.vitals().noted();
    if (patient.isGood() || noted.isEmpty() || !(patient.run().settings().clip() instanceof Clip.None)) {
      return Optional.empty();
    }
    double usual = patient.vitals().median(patient.vitals()::norm);
    Noted worst = noted.stream().max(Comparator.comparingDouble(patient.vitals()::norm)).orElseThrow();
    double most = patient.vitals().norm(worst);
    double first = patient.vitals().norm(noted.getFirst());
    boolean isSudden = most > LARGE * usual && most > ABOVE && patient.grown() < Patient.GROWN;
    if (!(noted.getFirst().step() == 1 && first > LARGE) && !isSudden) {
      return Optional.empty();
    }
    int largest = patient.weights().stream().max(Comparator.comparingDouble(w -> worst.gradients()[w])).orElse(0);
    Optional<CheckedNet.Layer> layer = patient.layer(patient.vitals().parameters().get(largest));
    String shows = String.format(
        Locale.ROOT, "the norm of the gradient is %.2g in the first step, %.2g in the middle one and %.2g in step %,d, where that of `%s` is the largest", first, usual, most, worst.step(),
        patient.vitals().parameters().get(largest));
    return Optional.of(new Finding(
        Cause.GRADIENTS_EXPLODE, shows, layer.map(patient::layer).orElse(patient.training()), "clip = norm(1) in the training, smaller first weights, or batchnorm"));
  }
}
