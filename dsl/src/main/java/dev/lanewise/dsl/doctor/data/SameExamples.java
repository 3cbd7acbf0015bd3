package dev.lanewise.dsl.doctor.data;

import dev.lanewise.dsl.doctor.Cause;
import dev.lanewise.dsl.doctor.Check;
import dev.lanewise.dsl.doctor.Finding;
import dev.lanewise.dsl.doctor.Patient;
import dev.lanewise.dsl.inspect.Looks;
import dev.lanewise.dsl.inspect.RepeatedExamples;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.Concern;
import java.util.Optional;

/** Examples to test or to validate on are among those that were learnt, see {@link RepeatedExamples}. */
public final class SameExamples implements Check {
  @Override
  public boolean isQuick() {
    return false;
  }

  @Override
  public Optional<Finding> look(Patient patient) {
    CheckedData data = patient.run().data();
    return data.allows(Concern.REPEATS) ? Optional.empty() : RepeatedExamples.of(data, patient.data())
        .map(d -> new Finding(Cause.SAME_EXAMPLES, d.message(), patient.dataStatement(), d.remedy(), Looks.tells(data, Concern.REPEATS)));
  }
}
