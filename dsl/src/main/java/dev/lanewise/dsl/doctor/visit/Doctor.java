package dev.lanewise.dsl.doctor.visit;

import dev.lanewise.dsl.doctor.Cause;
import dev.lanewise.dsl.doctor.Check;
import dev.lanewise.dsl.doctor.Finding;
import dev.lanewise.dsl.doctor.Patient;
import dev.lanewise.dsl.doctor.course.LargestClass;
import dev.lanewise.dsl.doctor.course.Overfitting;
import dev.lanewise.dsl.doctor.course.RateHigh;
import dev.lanewise.dsl.doctor.course.RateLow;
import dev.lanewise.dsl.doctor.course.Stuck;
import dev.lanewise.dsl.doctor.course.Underfitting;
import dev.lanewise.dsl.doctor.data.DoubtfulLabels;
import dev.lanewise.dsl.doctor.data.Leak;
import dev.lanewise.dsl.doctor.data.SameExamples;
import dev.lanewise.dsl.doctor.data.UnscaledInputs;
import dev.lanewise.dsl.doctor.data.UnscaledTargets;
import dev.lanewise.dsl.doctor.layer.DeadUnits;
import dev.lanewise.dsl.doctor.layer.Exploding;
import dev.lanewise.dsl.doctor.layer.Padding;
import dev.lanewise.dsl.doctor.layer.Saturation;
import dev.lanewise.dsl.doctor.layer.SmallBatches;
import dev.lanewise.dsl.doctor.layer.UnfitLoss;
import dev.lanewise.dsl.doctor.layer.Vanishing;
import dev.lanewise.dsl.doctor.layer.ZeroWeights;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Looks at a training that has ended. */
public final class Doctor {
  private static final List<Check> CHECKS = List.of(
      new UnfitLoss(), new Padding(), new UnscaledInputs(), new UnscaledTargets(), new Leak(), new SameExamples(), new ZeroWeights(), new SmallBatches(), new Exploding(), new RateHigh(),
      new RateLow(), new Vanishing(), new Saturation(), new DeadUnits(), new DoubtfulLabels(), new Overfitting(), new LargestClass(), new Stuck(),
      new Underfitting());

  private Doctor() {}

  /** Everything that is found, what may be the cause of the rest first; empty before the first epoch. */
  public static List<Finding> look(Patient patient) {
    return told(patient, CHECKS);
  }

  /** The same by the checks that take no time to speak of; nothing, if there is nothing that has not been warned of before. */
  public static List<Finding> glance(Patient patient) {
    List<Finding> all = told(patient, CHECKS.stream().filter(Check::isQuick).toList());
    return all.stream().allMatch(Finding::isKnown) ? List.of() : all;
  }

  private static List<Finding> told(Patient patient, List<Check> checks) {
    if (patient.epochs().isEmpty()) {
      return List.of();
    }
    List<Finding> all = checks.stream().filter(c -> c.isOfRounds() || patient.run().settings().federation().isEmpty()).map(c -> c.look(patient)).flatMap(Optional::stream).sorted(Comparator.comparing(Finding::cause)).toList();
    boolean unscaled = all.stream().anyMatch(f -> f.cause() == Cause.INPUTS_UNSCALED || f.cause() == Cause.TARGETS_UNSCALED);
    boolean explained = all.stream().anyMatch(f -> f.cause().explains());
    Optional<Cause> first = all.stream().map(Finding::cause).filter(Cause::isSymptom).findFirst();
    // Of large numbers gradients are large.
    return all.stream().filter(f -> !unscaled || f.cause() != Cause.GRADIENTS_EXPLODE).filter(f -> !f.cause().isSymptom() || !explained && first.get() == f.cause()).toList();
  }
}
