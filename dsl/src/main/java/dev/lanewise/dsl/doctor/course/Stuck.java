package dev.lanewise.dsl.doctor.course;

import dev.lanewise.dsl.doctor.Cause;
import dev.lanewise.dsl.doctor.Check;
import dev.lanewise.dsl.doctor.Finding;
import dev.lanewise.dsl.doctor.Patient;
import java.util.Locale;
import java.util.Optional;

/** After 50 steps or more the loss is within 3 % of what it would be if the network had learnt nothing. */
public final class Stuck implements Check {
  static final int STEPS = 50;
  private static final double MOVED = 0.03;

  @Override
  public boolean isOfRounds() {
    return false;
  }

  @Override
  public Optional<Finding> look(Patient patient) {
    if (patient.steps() < STEPS || patient.isGood() || patient.fell() > MOVED) {
      return Optional.empty();
    }
    String shows = String.format(Locale.ROOT, "the loss was %.4g when nothing had been learnt, and is %.4g after %,d steps", patient.begin(), patient.score().loss(), patient.steps());
    return Optional.of(new Finding(Cause.STUCK, shows, patient.training(), "train on 20 examples alone: what cannot learn these by heart has a mistake; else look at the labels"));
  }
}
