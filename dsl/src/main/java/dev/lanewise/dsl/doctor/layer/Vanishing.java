package dev.lanewise.dsl.doctor.layer;

import dev.lanewise.dsl.doctor.Cause;
import dev.lanewise.dsl.doctor.Check;
import dev.lanewise.dsl.doctor.Finding;
import dev.lanewise.dsl.doctor.Patient;
import dev.lanewise.dsl.meaning.CheckedNet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** In a network that has learnt badly the gradient of the first layer's weights is less than a 500th of the last layer's. */
public final class Vanishing implements Check {
  private static final double LEAST = 1.0 / 500;

  @Override
  public Optional<Finding> look(Patient patient) {
    List<Integer> weights = patient.weights();
    if (patient.isGood() || weights.size() < 3) {
      return Optional.empty();
    }
    double first = size(patient, weights.getFirst());
    double last = size(patient, weights.getLast());
    Optional<CheckedNet.Layer> layer = patient.layer(patient.vitals().parameters().get(weights.getFirst()));
    if (layer.isEmpty() || !(first < LEAST * last)) {
      return Optional.empty();
    }
    String shows = String.format(
        Locale.ROOT, "the gradient is %.1g at `%s`, the last layer with weights, and %.1g at `%s`, the first", last, name(patient, weights.getLast()), first, name(patient, weights.getFirst()));
    return Optional.of(new Finding(Cause.GRADIENTS_VANISH, shows, patient.layer(layer.get()), "relu in place of sigmoid or tanh, batchnorm, a way around the layers with add, or fewer layers"));
  }

  private static String name(Patient patient, int weight) {
    String parameter = patient.vitals().parameters().get(weight);
    return parameter.substring(0, Math.max(0, parameter.lastIndexOf('.')));
  }

  private static double size(Patient patient, int weight) {
    return patient.vitals().median(n -> n.gradients()[weight]);
  }
}
