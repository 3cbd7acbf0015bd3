package dev.lanewise.dsl.run;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Reasons;
import dev.lanewise.dsl.inspect.Looks;
import dev.lanewise.dsl.meaning.CheckedData.Normalize;
import dev.lanewise.dsl.meaning.CheckedData.Origin;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.Concern;
import dev.lanewise.runtime.data.Augmentation;
import dev.lanewise.runtime.data.BoxGrid;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.data.source.Cells;
import dev.lanewise.runtime.data.source.Cifar10;
import dev.lanewise.runtime.data.source.Clutter;
import dev.lanewise.runtime.data.source.Mnist;
import dev.lanewise.runtime.data.source.Synthetic;
import dev.lanewise.runtime.data.source.Xor;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Reads the examples that a {@code data} statement names, and does with them what its settings say. */
final class DataLoader {
  /** How long a server may say nothing. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private DataLoader() {}

  /** Fetches what a script says is to be fetched. Returns false if it was stopped. */
  static boolean fetch(CheckedData data, SessionListener listener, BooleanSupplier stop) {
    try {
      CheckedData.Download download = data.origin().download().orElse(null);
      return download == null
          || download.files().fetch(
              download.folder(), download.from(), PATIENCE,
              (file, done) -> listener.on(
                  new SessionEvent.Fetching(file.name(), download.from(), download.folder(), done, file.size())),
              stop);
    } catch (IOException e) {
      throw new MistakeException(Code.L030, data.span(), "the data cannot be fetched: " + Reasons.of(e), "");
    }
  }

  /** @param warnings is told what is suspicious of the examples */
  static DataSplit load(CheckedData data, long seed, ClassShares.Warnings warnings) {
    try {
      DataSplit named = read(data.origin(), seed, doubt -> left(data, doubt, warnings)).named(data.name());
      DataSplit split = parts(data, data.positive().map(named::positive).orElse(named), seed, new ClassShares(data, warnings));
      checkBoxes(data, split);
      Looks.whenRead(data, split).forEach(d -> warnings.warn(d.code(), data.span(), d.message(), d.remedy()));
      DataSplit normal =
          switch (data.normalize()) {
            case Normalize.None() -> split;
            case Normalize.Auto() -> split.normalizeAuto().unitAuto();
            case Normalize.By(Normalization by) -> split.normalize(by);
          };
      DataSplit balanced = data.balance() ? normal.balanced(seed) : normal;
      DataSplit paired = data.pairs().isPresent() ? balanced.couples(data.pairs().getAsInt(), seed) : balanced;
      DataSplit targeted = data.rebuilds() ? paired.reconstruction() : paired;
      return data.changes().isEmpty() ? targeted : targeted.augmented(new Augmentation(data.changes(), Overlays.of(data, targeted.train()), BoxGrid.of(data.fields())));
    } catch (IOException e) {
      throw new MistakeException(
          Code.L030, data.span(), "the data cannot be read: " + Reasons.of(e), Reasons.whereMissing(e, "name the folder in the call"));
    } catch (IllegalArgumentException e) {
      throw new MistakeException(Code.L015, data.span(), e.getMessage(), "");
    }
  }

  private static void left(CheckedData data, String doubt, ClassShares.Warnings warnings) {
    if (!data.allows(Concern.FILES)) {
      warnings.warn(Code.L120, data.span(), doubt, "");
    }
  }

  /** Files may hold anything under the names of boxes. */
  private static void checkBoxes(CheckedData data, DataSplit split) {
    Optional<BoxGrid> grid = data.origin() instanceof Origin.Files ? BoxGrid.of(data.fields()) : Optional.empty();
    if (grid.isEmpty()) {
      return;
    }
    for (Dataset part : new Dataset[] {split.train(), split.validation(), split.test()}) {
      if (part != null && part.isAnswered()) {
        try {
          grid.get().check(part);
        } catch (IllegalArgumentException e) {
          throw new MistakeException(
              Code.L096, data.span(), "the parts `class` and `box` of " + data.name() + " tell of boxes, but in " + e.getMessage(),
              "a box is x and y of its middle within its cell, then width and height as shares of the picture, all from 0 to 1; the last class, "
                  + grid.get().nothing() + ", is that of cells with nothing. Parts that mean something else need other names");
        }
      }
    }
  }

  /** @param doubts is told what may not be as it was meant */
  private static DataSplit read(Origin origin, long seed, Consumer<String> doubts) throws IOException {
    return switch (origin) {
      case Origin.Digits digits -> digits(digits);
      case Origin.Cifar(var folder, var _) -> Cifar10.load(folder);
      case Origin.Medical(var set, var folder, var _) -> set.load(folder);
      case Origin.MadeCells(int count, double share, double apart) -> Cells.of(count, share, apart, seed);
      case Origin.Files(String _, var opened) -> opened.load(doubts);
      case Origin.Tones(var tones) -> tones.make(seed);
      case Origin.Clutter(var folder, int size, int count) -> Clutter.of(Mnist.load(folder), size, count, seed);
      case Origin.Drawn(var _, var folder, var pictures) -> pictures.of(Mnist.load(folder), seed);
      case Origin.Ratings(var ratings) -> ratings.make(seed);
      case Origin.MadeTexts(var _, var pairs) -> pairs.make(seed);
      case Origin.Xor() -> Xor.load();
      case Origin.Sine(int count, double noise) -> Synthetic.sine(count, noise, seed);
      case Origin.Points(var kind, int classes, int count, double noise) -> switch (kind) {
        case SPIRALS -> Synthetic.spirals(classes, count, noise, seed);
        case MOONS -> Synthetic.moons(count, noise, seed);
        case CIRCLES -> Synthetic.circles(classes, count, noise, seed);
        case GAUSSIANS -> Synthetic.gaussians(classes, count, noise, seed);
      };
    };
  }

  /** Files that could not be looked at when the script was checked must be what they were taken for. */
  private static DataSplit digits(Origin.Digits origin) throws IOException {
    Mnist files = origin.opened().isPresent() ? origin.opened().get() : Mnist.open(origin.folder(), origin.set(), Mnist.CLASSES);
    if (!files.shape().equals(origin.shape()) || !files.target().equals(origin.target())) {
      throw new IOException(
          origin.folder() + ": images of " + files.shape() + " in " + files.target().classes() + " classes, but before they were there " + origin.shape()
              + " in " + origin.target().classes() + " were expected: run the script again");
    }
    DataSplit split = files.load();
    int classes = files.target().classes();
    boolean clothes = origin.kind().equals("fashion_mnist") && classes <= Mnist.FASHION.size();
    return clothes ? split.classesNamed(Mnist.FASHION.subList(0, classes)).pictures(World.Preparation.PLAIN) : split;
  }

  /** Sets examples apart. */
  private static DataSplit parts(CheckedData data, DataSplit read, long seed, ClassShares shares) {
    DataSplit split = read;
    if (split.test() == null) {
      split = split.testing(data.test().orElse(Math.max(1, split.train().size() / 5)), seed);
    }
    shares.ofTest(read, split);
    if (data.limit().isPresent()) {
      DataSplit all = split;
      split = all.limit(data.limit().getAsInt());
      shares.ofLimit(all, split);
    }
    if (data.validation().isPresent()) {
      DataSplit all = split;
      split = all.validation(data.validation().getAsInt(), seed);
      shares.ofValidation(all, split);
    }
    return data.ofEachClass().isPresent() ? split.ofEachClass(data.ofEachClass().getAsInt()) : split;
  }
}
