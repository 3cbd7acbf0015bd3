package dev.lanewise.dsl.check.training;

import dev.lanewise.dsl.check.call.Settings;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Fit;
import java.util.List;

/** Whether other networks can be teachers of a training: a loss reads what they make of its examples (Hinton et al. 2015). */
record Teachers(Problems problems) {
  /** @param at the loss */
  boolean fit(Span at, CheckedNet student, CheckedData data, Settings settings, List<CheckedNet> teachers) {
    if (teachers.contains(student)) {
      problems.report(
          Code.L097, at, student.name() + " cannot be its own teacher: what it gives is called `output`",
          "write `output` in place of `" + student.name() + "` in the loss, or name another network");
      return false;
    }
    if (settings.get("folds").isPresent()) {
      problems.report(
          Code.L097, settings.get("folds").get().key().span(),
          "`folds` tests on examples that the training has not seen, but " + teachers.getFirst().name() + ", which teaches it, may have seen them all",
          "remove `folds`, and set examples apart with split.val");
      return false;
    }
    return teachers.stream().allMatch(t -> new Fit(problems).takes(at, t, data));
  }
}
