package dev.lanewise.dsl.run;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Reasons;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedData.Normalize;
import dev.lanewise.dsl.meaning.CheckedData.Origin;
import dev.lanewise.runtime.data.Augmentation;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.data.source.Cifar10;
import dev.lanewise.runtime.data.source.Clutter;
import dev.lanewise.runtime.data.source.Mnist;
import dev.lanewise.runtime.data.source.Synthetic;
import dev.lanewise.runtime.data.source.Xor;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

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

  static DataSplit load(CheckedData data, long seed) {
    try {
      DataSplit split = parts(data, read(data.origin(), seed).named(data.name()), seed);
      DataSplit normal =
          switch (data.normalize()) {
            case Normalize.None() -> split;
            case Normalize.Auto() -> split.normalizeAuto();
            case Normalize.By(Normalization by) -> split.normalize(by);
          };
      DataSplit balanced = data.balance() ? normal.balanced(seed) : normal;
      DataSplit targeted = data.rebuilds() ? balanced.reconstruction() : balanced;
      return data.changes().isEmpty() ? targeted : targeted.augmented(new Augmentation(data.changes()));
    } catch (IOException e) {
      throw new MistakeException(
          Code.L030, data.span(), "the data cannot be read: " + Reasons.of(e), Reasons.whereMissing(e, "name the folder in the call"));
    } catch (IllegalArgumentException e) {
      throw new MistakeException(Code.L015, data.span(), e.getMessage(), "");
    }
  }

  private static DataSplit read(Origin origin, long seed) throws IOException {
    return switch (origin) {
      case Origin.Digits(String kind, var folder, var _) -> {
        DataSplit digits = Mnist.load(folder);
        yield kind.equals("fashion_mnist") ? digits.classesNamed(Mnist.FASHION) : digits;
      }
      case Origin.Cifar(var folder, var _) -> Cifar10.load(folder);
      case Origin.Files(String _, var opened) -> opened.load();
      case Origin.Clutter(var folder, int size, int count) -> Clutter.of(Mnist.load(folder), size, count, seed);
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

  /** Sets examples apart. */
  private static DataSplit parts(CheckedData data, DataSplit read, long seed) {
    DataSplit split = read;
    if (split.test() == null) {
      split = split.testing(data.test().orElse(Math.max(1, split.train().size() / 5)), seed);
    } else if (data.test().isPresent()) {
      throw new IllegalArgumentException("split.test: the data brings examples to test on");
    }
    if (data.limit().isPresent()) {
      split = split.limit(data.limit().getAsInt());
    }
    return data.validation().isPresent() ? split.validation(data.validation().getAsInt(), seed) : split;
  }
}
