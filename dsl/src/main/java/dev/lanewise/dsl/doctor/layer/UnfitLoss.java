package dev.lanewise.dsl.doctor.layer;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.doctor.Cause;
import dev.lanewise.dsl.doctor.Check;
import dev.lanewise.dsl.doctor.Finding;
import dev.lanewise.dsl.doctor.Patient;
import dev.lanewise.dsl.doctor.Where;
import dev.lanewise.dsl.meaning.OutputKind.Wanted;
import dev.lanewise.dsl.meaning.OutputKind;
import dev.lanewise.runtime.data.Range;
import dev.lanewise.runtime.operation.Objective;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What the last layer can give is not what the loss takes. Most of it was warned of when the training was checked ({@link OutputKind} has the table); what needs the
 * numbers to predict is told here: relu, sigmoid or tanh before a loss of numbers that lie outside of what it gives.
 */
public final class UnfitLoss implements Check {
  private static final Set<Code> KNOWN = EnumSet.of(Code.L041, Code.L042, Code.L043, Code.L048, Code.L132, Code.L133);

  @Override
  public Optional<Finding> look(Patient patient) {
    Optional<Finding> known = patient.run().doubts().stream().filter(d -> KNOWN.contains(d.code())).findFirst()
        .map(d -> new Finding(Cause.LOSS_UNFIT, d.message(), new Where(d.source(), d.span()), d.remedy().text(), true));
    return known.isPresent() || patient.net().result() == 0 || !Objective.comparesOutput(patient.run().settings().loss()) ? known : numbers(patient);
  }

  private static Optional<Finding> numbers(Patient patient) {
    OutputKind gives = OutputKind.of(patient.net());
    if (Wanted.by(patient.run().settings().loss()) != Wanted.NUMBERS || !gives.isBent() || !patient.data().train().target().isNumbers()) {
      return Optional.empty();
    }
    Range targets = Range.ofTargets(patient.data().train());
    return gives.reaches(targets.low(), targets.high())
        ? Optional.empty()
        : Optional.of(new Finding(Cause.LOSS_UNFIT, gives.unreached(targets.low(), targets.high()), patient.lastLayer(), "end the network with dense"));
  }
}
