package dev.lanewise.dsl.doctor.data;

import dev.lanewise.dsl.doctor.Cause;
import dev.lanewise.dsl.doctor.Check;
import dev.lanewise.dsl.doctor.Finding;
import dev.lanewise.dsl.doctor.Patient;
import dev.lanewise.runtime.data.Range;
import dev.lanewise.runtime.data.World;
import java.util.Locale;
import java.util.Optional;

/** Numbers to predict are above 100 and have no unit of their own, in which they would be about 1. */
public final class UnscaledTargets implements Check {
  @Override
  public Optional<Finding> look(Patient patient) {
    Range range = patient.run().data().rebuilds() ? Range.NONE : Range.ofTargets(patient.data().train());
    boolean inUnit = patient.data().world().output() instanceof World.Output.Numbers(var _, var unit) && unit.isPresent();
    if (range.largest() <= Range.MOST || inUnit) {
      return Optional.empty();
    }
    String shows = String.format(Locale.ROOT, "what is to be predicted goes from %.4g to %.4g, and networks learn well from numbers about 1", range.low(), range.high());
    return Optional.of(new Finding(Cause.TARGETS_UNSCALED, shows, patient.dataStatement(), "normalize = auto in the data: then they are learnt in a unit of their own, and told as before", patient.isWarnedOfScales()));
  }
}
