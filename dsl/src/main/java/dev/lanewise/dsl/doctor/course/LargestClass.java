package dev.lanewise.dsl.doctor.course;

import dev.lanewise.dsl.doctor.Cause;
import dev.lanewise.dsl.doctor.Check;
import dev.lanewise.dsl.doctor.Finding;
import dev.lanewise.dsl.doctor.Patient;
import java.util.Locale;
import java.util.Optional;

/** After 50 steps or more the accuracy is not above that of always naming the largest class, by a twentieth of what is missing there. */
public final class LargestClass implements Check {
  private static final double ABOVE = 0.05;
  /** Of two classes, one is larger by so much. */
  private static final double LARGE = 0.7;

  @Override
  public Optional<Finding> look(Patient patient) {
    if (patient.steps() < Stuck.STEPS || !patient.classifies()) {
      return Optional.empty();
    }
    double[] shares = patient.shares();
    int largest = 0;
    for (int k = 1; k < shares.length; k++) {
      largest = shares[k] > shares[largest] ? k : largest;
    }
    double accuracy = patient.score().accuracy();
    if (shares[largest] == 1 || (accuracy - shares[largest]) / (1 - shares[largest]) > ABOVE) {
      return Optional.empty();
    }
    String shows = String.format(
        Locale.ROOT, "accuracy %.1f %%, and %.1f %% of the examples are of class `%s`", 100 * accuracy, 100 * shares[largest], patient.data().className(largest));
    boolean unequal = shares[largest] > LARGE;
    return Optional.of(new Finding(
        Cause.NO_BETTER_THAN_LARGEST, shows, unequal ? patient.dataStatement() : patient.training(),
        unequal ? "`balance = equal` in the data, and look at f1 or auc in place of the accuracy" : "look at some examples with show(): can you tell their classes yourself?"));
  }
}
