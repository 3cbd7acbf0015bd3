package dev.lanewise.dsl.doctor.data;

import dev.lanewise.dsl.doctor.Cause;
import dev.lanewise.dsl.doctor.Check;
import dev.lanewise.dsl.doctor.Finding;
import dev.lanewise.dsl.doctor.Patient;
import dev.lanewise.runtime.data.Range;
import java.util.Locale;
import java.util.Optional;

/** Inputs are above 100, or all below a hundredth, as the network is shown them: it begins as if they were about 1. */
public final class UnscaledInputs implements Check {
  private static final float LEAST = 0.01f;

  @Override
  public Optional<Finding> look(Patient patient) {
    Range range = Range.ofValues(patient.data().train());
    boolean large = range.largest() > Range.MOST;
    boolean small = range.largest() < LEAST && range.largest() > 0 && !patient.isGood();
    if (!large && !small) {
      return Optional.empty();
    }
    String shows = String.format(Locale.ROOT, "the inputs go from %.4g to %.4g, and networks learn well from numbers about 1", range.low(), range.high());
    return Optional.of(new Finding(Cause.INPUTS_UNSCALED, shows, patient.dataStatement(), "normalize = auto in the data", large && patient.isWarnedOfScales()));
  }
}
