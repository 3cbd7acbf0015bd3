package dev.lanewise.dsl.doctor.layer;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.doctor.Cause;
import dev.lanewise.dsl.doctor.Check;
import dev.lanewise.dsl.doctor.Finding;
import dev.lanewise.dsl.doctor.Patient;
import dev.lanewise.dsl.doctor.Where;
import java.util.Optional;

/** The data has padding that the network takes for tokens: what was warned of when the training was checked. */
public final class Padding implements Check {
  @Override
  public Optional<Finding> look(Patient patient) {
    return patient.run().doubts().stream().filter(d -> d.code() == Code.L103).findFirst()
        .map(d -> new Finding(Cause.PADDING, d.message(), new Where(d.source(), d.span()), d.remedy().text(), true));
  }
}
