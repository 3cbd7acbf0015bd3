package dev.lanewise.dsl.doctor.layer;

import dev.lanewise.dsl.doctor.Cause;
import dev.lanewise.dsl.doctor.Check;
import dev.lanewise.dsl.doctor.Finding;
import dev.lanewise.dsl.doctor.Patient;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.runtime.vital.Noted;
import java.util.List;
import java.util.Optional;

/** In a network that has learnt badly all weights of a layer that others follow are 0 before the first step: its units are all alike, and stay so. */
public final class ZeroWeights implements Check {
  @Override
  public Optional<Finding> look(Patient patient) {
    List<Noted> noted = patient.vitals().noted();
    if (patient.isGood() || noted.isEmpty() || noted.getFirst().step() != 1) {
      return Optional.empty();
    }
    List<Integer> weights = patient.weights();
    return weights.stream().limit(Math.max(0, weights.size() - 1L)).filter(w -> noted.getFirst().weights()[w] == 0).findFirst()
        .map(w -> patient.vitals().parameters().get(w))
        .flatMap(name -> patient.layer(name).map(l -> finding(patient, name, l)));
  }

  private static Finding finding(Patient patient, String parameter, CheckedNet.Layer layer) {
    return new Finding(
        Cause.WEIGHTS_ZERO, "all numbers of `" + parameter + "` were 0 before the first step: its units are alike, and learn alike", patient.layer(layer),
        "leave out `init`, or take he_normal or xavier_normal");
  }
}
