package dev.lanewise.dsl.doctor.layer;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.doctor.Cause;
import dev.lanewise.dsl.doctor.Check;
import dev.lanewise.dsl.doctor.Finding;
import dev.lanewise.dsl.doctor.Patient;
import dev.lanewise.dsl.doctor.Where;
import dev.lanewise.runtime.data.Range;
import dev.lanewise.runtime.layer.EachPlace;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Objective;
import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.operation.Softmax;
import dev.lanewise.runtime.vital.Bend;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What the last layer can give is not what the loss takes. Some of it was warned of when the training was checked; the rest needs the numbers to predict.
 *
 * <table>
 * <caption>what is told here</caption>
 * <tr><td>relu before cross_entropy or bce_with_logits</td><td>scores below 0 are cut off</td></tr>
 * <tr><td>sigmoid before bce_with_logits</td><td>the loss applies it already</td></tr>
 * <tr><td>neither sigmoid nor softmax before bce</td><td>the loss takes probabilities</td></tr>
 * <tr><td>relu, sigmoid or tanh before a loss of numbers</td><td>numbers to predict lie outside of what it gives</td></tr>
 * </table>
 */
public final class UnfitLoss implements Check {
  private static final Set<Code> KNOWN = EnumSet.of(Code.L041, Code.L042, Code.L043, Code.L048);
  private static final Set<String> OF_SCORES = Set.of("cross_entropy", "bce_with_logits");

  @Override
  public Optional<Finding> look(Patient patient) {
    Optional<Finding> known = patient.run().doubts().stream().filter(d -> KNOWN.contains(d.code())).findFirst()
        .map(d -> new Finding(Cause.LOSS_UNFIT, d.message(), new Where(d.source(), d.span()), d.remedy().text(), true));
    return known.isPresent() || patient.net().result() == 0 || !Objective.comparesOutput(patient.run().settings().loss()) ? known : found(patient);
  }

  private static Optional<Finding> found(Patient patient) {
    Computation last = EachPlace.plain(patient.net().layers().get(patient.net().result() - 1).computation());
    Optional<Bend> bend = last instanceof Operation o ? Bend.of(o) : Optional.empty();
    String loss = Objective.main(patient.run().settings().loss()).name();
    if (OF_SCORES.contains(loss)) {
      return bend.flatMap(b -> scores(patient, b, loss));
    }
    if (loss.equals("bce")) {
      return bend.equals(Optional.of(Bend.SIGMOID)) || last instanceof Softmax || isInside(patient)
          ? Optional.empty()
          : unfit(patient, "`bce` takes probabilities, and the last layer gives numbers of any size", "loss = bce_with_logits, or sigmoid at the end");
    }
    return bend.flatMap(b -> numbers(patient, b));
  }

  /** What is written in the language may well give probabilities. */
  private static boolean isInside(Patient patient) {
    String name = patient.net().layers().get(patient.net().result() - 1).computation().name();
    return !Set.of("dense", "conv", "relu", "tanh").contains(name);
  }

  private static Optional<Finding> scores(Patient patient, Bend bend, String loss) {
    return switch (bend) {
      case RELU -> unfit(patient, "relu before `" + loss + "` cuts off all scores below 0, and with them their gradients", "remove it");
      case SIGMOID -> unfit(patient, "sigmoid before `" + loss + "`: the loss applies it already", "remove it, or loss = bce");
      case TANH -> unfit(patient, "tanh before `" + loss + "` keeps scores between -1 and 1, so that no answer can be sure", "remove it");
    };
  }

  private static Optional<Finding> numbers(Patient patient, Bend bend) {
    Range targets = Range.ofTargets(patient.data().train());
    float least = bend == Bend.TANH ? -1 : 0;
    float most = bend == Bend.RELU ? Float.POSITIVE_INFINITY : 1;
    if (targets.low() >= least && targets.high() <= most) {
      return Optional.empty();
    }
    String gives = bend == Bend.RELU ? "no numbers below 0" : "numbers from " + (int) least + " to 1";
    return unfit(
        patient, String.format(Locale.ROOT, "the last layer gives %s, but what it is to predict goes from %.4g to %.4g", gives, targets.low(), targets.high()), "end the network with dense");
  }

  private static Optional<Finding> unfit(Patient patient, String shows, String change) {
    return Optional.of(new Finding(Cause.LOSS_UNFIT, shows, patient.lastLayer(), change));
  }
}
