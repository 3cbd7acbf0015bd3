package dev.lanewise.dsl.check.data;

import dev.lanewise.dsl.check.call.Settings;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.runtime.data.Augmentation;
import dev.lanewise.runtime.data.BoxGrid;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.sound.Features;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reports settings that cannot act on such data. */
record Ineffective(Settings settings, Problems problems) {
  /** Whether there are none. */
  boolean none(CheckedData data) {
    return changes(data) && normalizes(data) && pairs(data) && limits(data) && balances(data) && finds(data) && tests(data) && validates(data);
  }

  private boolean changes(CheckedData data) {
    Shape shape = data.origin().shape();
    boolean moves = data.changes().stream().anyMatch(Augmentation::moves);
    if (!shape.isImage() && data.changes().stream().anyMatch(Augmentation::isOfImages)) {
      return report(
          "augment", "this changes images, but the examples of " + data.name() + " are " + shape,
          data.origin().sound().isPresent() ? "delay, tempo, mask, noise and mixup change sounds" : "noise and mixup change any example");
    }
    if (data.origin().sound().isEmpty() && data.changes().stream().anyMatch(Augmentation::isOfSounds)) {
      return report("augment", "this changes sounds, but the examples of " + data.name() + " are none", shape.isImage() ? "shift moves images, erase covers a part of them, brightness makes them brighter" : "noise and mixup change any example");
    }
    if (data.changes().stream().anyMatch(Augmentation.Gain.class::isInstance) && !data.origin().sound().map(f -> f.features() instanceof Features.Wave).orElse(false)) {
      return report("augment", "gain makes a wave louder, but the examples of " + data.name() + " are " + data.origin().sound().get().features() + ", which does not tell how loud a sound is", "leave it out, or take features = wave");
    }
    Optional<BoxGrid> grid = BoxGrid.of(data.fields());
    Optional<Augmentation.Change> turning = data.changes().stream().filter(Augmentation::turns).findFirst();
    if (grid.isPresent() && turning.isPresent()) {
      return report("augment", "this turns or bends what is in the image, but the boxes of " + data.name() + " are upright: they would no longer be close around it", "shift, scale and flip move boxes too");
    }
    Optional<Field> left = moves ? left(data) : Optional.empty();
    if (left.isPresent()) {
      return report(
          "augment", "this moves what is in the image, but not `" + left.get().name() + "`, which tells of its places and is " + left.get().kind(), "noise and erase leave the image in its place");
    }
    boolean mixes = data.changes().stream().anyMatch(Augmentation.Mixup.class::isInstance);
    if (mixes && data.fields().size() > 2) {
      return report("augment", "mixup makes one of two examples, but those of " + data.name() + " have several parts", "leave it out");
    }
    if (data.fields().getFirst().isWhole() && !data.changes().isEmpty()) {
      return report("augment", "this changes numbers, but the examples of " + data.name() + " are whole numbers, " + data.fields().getFirst().kind(), "leave it out");
    }
    boolean twice = data.changes().stream().filter(Augmentation.Mixup.class::isInstance).count() > 1;
    return !twice || report("augment", "mixup stands here twice, and only the first would act", "leave one out");
  }

  /** What would stay in its place: a part of several rows and columns that are not the image's. */
  private static Optional<Field> left(CheckedData data) {
    List<Field> fields = data.fields();
    Optional<BoxGrid> grid = BoxGrid.of(fields);
    return IntStream.range(Dataset.TARGET, fields.size())
        .filter(i -> grid.filter(g -> i == g.classField() || i == g.boxField()).isEmpty())
        .filter(i -> fields.get(i).shape().isImage() && !data.liesOver(i) && !(data.rebuilds() && i == Dataset.TARGET)).mapToObj(fields::get).findFirst();
  }

  private boolean balances(CheckedData data) {
    return !data.balance() || data.origin().target().isClass()
        || report("balance", "balance needs classes, but each example has " + (data.origin().target().isPlaces() ? "a class at each place" : "numbers to predict"), "leave it out");
  }

  private boolean pairs(CheckedData data) {
    if (data.pairs().isPresent() && !data.origin().target().isClass()) {
      return report("pairs", "pairs needs classes, but each example has " + (data.origin().target().isPlaces() ? "a class at each place" : "numbers to predict"), "leave it out");
    }
    if (data.pairs().isPresent() && data.origin().fields().size() > 2) {
      return report("pairs", "pairs are made of examples with one part and a class, but those of " + data.name() + " have several parts", "leave it out");
    }
    if (data.pairs().isPresent() && data.rebuilds()) {
      return report("pairs", "pairs ask whether two examples are of one class, and `target = input` for the example itself", "leave out one of the two");
    }
    if (data.pairs().isPresent() && !data.changes().isEmpty()) {
      return report("augment", "augment would change only the left one of each pair", "leave it out");
    }
    return data.pairs().isEmpty() || data.positive().isEmpty() || report("positive", "the classes of pairs are `different` and `same`: the second is to be found", "leave it out");
  }

  private boolean limits(CheckedData data) {
    return data.ofEachClass().isEmpty() || data.origin().target().isClass()
        || report(
            "limit.class", "limit.class needs classes, but each example has " + (data.origin().target().isPlaces() ? "a class at each place" : "numbers to predict"),
            "take `limit`, which counts examples");
  }

  private boolean finds(CheckedData data) {
    return data.positive().isEmpty() || data.target().isClass() && data.target().classes() == 2
        || report("positive", "positive names one of two classes, but " + data.name() + " has " + (data.target().isClass() ? data.target().classes() : "none"), "leave it out");
  }

  private boolean normalizes(CheckedData data) {
    return !(data.normalize() instanceof CheckedData.Normalize.By) || !data.fields().getFirst().isWhole()
        || report("normalize", "the examples of " + data.name() + " are whole numbers, " + data.fields().getFirst().kind() + ", which have no mean", "leave it out");
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
