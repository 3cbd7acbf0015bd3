package dev.lanewise.dsl.check.data;

import dev.lanewise.dsl.check.call.Settings;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.runtime.data.Augmentation;
import dev.lanewise.runtime.tensor.Shape;

/** Reports settings that cannot act on such data. */
record Ineffective(Settings settings, Problems problems) {
  /** Whether there are none. */
  boolean none(CheckedData data) {
    return changes(data) && balances(data) && finds(data) && tests(data) && validates(data);
  }

  private boolean changes(CheckedData data) {
    Shape shape = data.origin().shape();
    boolean moves = data.changes().stream().anyMatch(Augmentation::moves);
    if (!shape.isImage() && data.changes().stream().anyMatch(Augmentation::isOfImages)) {
      return report("augment", "this changes images, but the examples of " + data.name() + " are " + shape, "noise and mixup change any example");
    }
    if (moves && !data.rebuilds() && data.target().shape().isImage()) {
      return report("augment", "this moves what is in the image, but not what is to be predicted of it", "noise, erase and mixup leave it in its place");
    }
    boolean twice = data.changes().stream().filter(Augmentation.Mixup.class::isInstance).count() > 1;
    return !twice || report("augment", "mixup stands here twice, and only the first would act", "leave one out");
  }

  private boolean balances(CheckedData data) {
    return !data.balance() || data.origin().target().isClass()
        || report("balance", "balance needs classes, but each example has " + (data.origin().target().isPlaces() ? "a class at each place" : "numbers to predict"), "leave it out");
  }

  private boolean finds(CheckedData data) {
    return data.positive().isEmpty() || data.target().isClass() && data.target().classes() == 2
        || report("positive", "positive names one of two classes, but " + data.name() + " has " + (data.target().isClass() ? data.target().classes() : "none"), "leave it out");
  }

  private boolean tests(CheckedData data) {
    return data.test().isEmpty() || !data.origin().hasTest()
        || report("split.test", "split.test: the data brings examples to test on", "leave it out");
  }

  private boolean validates(CheckedData data) {
    return data.validation().isEmpty() || !data.origin().hasValidation()
        || report("split.val", "split.val: the data brings examples to validate on", "leave it out");
  }

  private boolean report(String setting, String message, String remedy) {
    problems.report(Code.L015, settings.get(setting).orElseThrow().value().span(), message, remedy);
    return false;
  }
}
