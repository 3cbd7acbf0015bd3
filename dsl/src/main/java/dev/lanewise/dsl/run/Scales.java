package dev.lanewise.dsl.run;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.Range;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Objective;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How large the numbers to predict are for the losses of a training: some learn them as they are, and some take them for probabilities. */
final class Scales {
  private static final Set<String> OF_PROBABILITIES = Set.of("bce", "bce_with_logits");

  private Scales() {}

  /**
   * Warns of numbers to predict that are far above 1 and that one of several losses learns as they are.
   *
   * @param loss of the outputs before they are brought into their units
   */
  static void warn(CheckedTrain train, DataSplit split, Computation loss, ClassShares.Warnings warnings) {
    if (!(loss instanceof Objective o) || o.told() != Objective.SUM) {
      return;
    }
    List<Field> fields = split.train().fields();
    for (int i = Dataset.TARGET; i < fields.size(); i++) {
      String name = fields.get(i).name();
      Objective.Read read = i == Dataset.TARGET ? Objective.Read.TARGET : Objective.Read.part(name);
      boolean isMeasured = split.world().measured(i == Dataset.TARGET ? "" : name).isPresent();
      Range range = isMeasured && o.losses().stream().anyMatch(l -> l.reads().contains(read)) ? Range.of(split.train(), i) : Range.NONE;
      if (range.largest() > Range.MOST) {
        warnings.warn(
            Code.L087, train.span(), "the numbers to predict of " + train.data().name() + " go from " + number(range.low()) + " to " + number(range.high())
                + ", and one of the losses learns them as they are, but networks learn well from numbers about 1",
            "divide them before; only a loss that looks at nothing but differences, as mse, learns numbers in a scale of their own");
        return;
      }
    }
  }

  /** A loss of probabilities has no least value where a number to predict is none. */
  static void check(CheckedTrain train, DataSplit split) {
    String loss = loss(train.settings().loss());
    if (split.train().target().isClass() || !OF_PROBABILITIES.contains(loss)) {
      return;
    }
    Range targets = Range.ofTargets(split.train());
    if (targets.low() < 0 || targets.high() > 1) {
      throw new MistakeException(
          Code.L016, train.span(), "`" + loss + "` takes what is right for a probability, but the numbers to predict of " + train.data().name()
              + " go from " + number(targets.low()) + " to " + number(targets.high()),
          "bring them between 0 and 1, write label = where they are classes, or take loss = mse");
    }
  }

  private static String loss(Computation loss) {
    return Objective.main(loss).name();
  }

  private static String number(float value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9 ? String.format(Locale.ROOT, "%.0f", value) : String.format(Locale.ROOT, "%.4g", value);
  }
}
