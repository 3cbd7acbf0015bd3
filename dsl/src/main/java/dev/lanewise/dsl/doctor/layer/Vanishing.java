package dev.lanewise.dsl.doctor.layer;

import dev.lanewise.dsl.doctor.Cause;
import dev.lanewise.dsl.doctor.Check;
import dev.lanewise.dsl.doctor.Finding;
import dev.lanewise.dsl.doctor.Patient;
import dev.lanewise.dsl.meaning.CheckedNet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** In a network that has learnt badly, of three layers with weights or more, the gradient of the first one's is less than a 500th of the largest. */
public final class Vanishing implements Check {
  private static final double LEAST = 1.0 / 500;

  @Override
  public Optional<Finding> look(Patient patient) {
    List<Integer> weights = patient.weights();
    if (patient.isGood() || weights.size() < 3) {
      return Optional.empty();
    }
    double first = size(patient, weights.getFirst());
    int largest = IntStream.range(0, patient.vitals().parameters().size()).boxed().max(Comparator.comparing(p -> size(patient, p))).orElseThrow();
    double last = size(patient, largest);
    Optional<CheckedNet.Layer> layer = patient.layer(patient.vitals().parameters().get(weights.getFirst()));
    if (layer.isEmpty() || !(first < LEAST * last)) {
      return Optional.empty();
    }
    String shows = String.format(
        Locale.ROOT, "the gradient of `%s` is %.1g, and that of `%s`, the first, %.1g", patient.vitals().parameters().get(largest), last, patient.vitals().parameters().get(weights.getFirst()), first);
    return Optional.of(new Finding(Cause.GRADIENTS_VANISH, shows, patient.layer(layer.get()), "relu in place of sigmoid or tanh, batchnorm, a way around the layers with add, or fewer layers"));
  }

  private static double size(Patient patient, int parameter) {
    return patient.vitals().median(n -> n.gradients()[parameter]);
  }
}
