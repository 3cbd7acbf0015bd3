package dev.lanewise.dsl.doctor.data;

import dev.lanewise.dsl.doctor.Cause;
import dev.lanewise.dsl.doctor.Check;
import dev.lanewise.dsl.doctor.Finding;
import dev.lanewise.dsl.doctor.Patient;
import dev.lanewise.dsl.inspect.Looks;
import dev.lanewise.dsl.inspect.TellingColumn;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.Concern;
import java.util.Optional;

/** One column of a table tells the answer by itself, see {@link TellingColumn}. */
public final class Leak implements Check {
  @Override
  public boolean isQuick() {
    return false;
  }

  @Override
  public Optional<Finding> look(Patient patient) {
    CheckedData data = patient.run().data();
    return data.allows(Concern.LEAK) ? Optional.empty() : TellingColumn.of(data, patient.data())
        .map(d -> new Finding(Cause.LABEL_LEAKS, d.message(), patient.dataStatement(), d.remedy(), Looks.tells(data, Concern.LEAK)));
  }
}
