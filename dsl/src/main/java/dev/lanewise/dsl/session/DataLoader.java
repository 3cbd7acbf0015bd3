package dev.lanewise.dsl.session;

import dev.lanewise.dsl.check.CheckedData;
import dev.lanewise.dsl.check.CheckedData.Origin;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.runtime.data.Augmentation;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Mnist;
import dev.lanewise.runtime.data.Synthetic;
import dev.lanewise.runtime.data.Xor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the examples that a {@code data} statement names. */
final class DataLoader {
  private DataLoader() {}

  static DataSplit load(Source source, CheckedData data, long seed) {
    try {
      DataSplit split =
          switch (data.origin()) {
            case Origin.Digits digits -> Mnist.load(folder(source, digits));
            case Origin.Xor() -> Xor.load();
            case Origin.Points(var kind, int classes, int count, double noise) -> switch (kind) {
              case SPIRALS -> Synthetic.spirals(classes, count, noise, seed);
              case MOONS -> Synthetic.moons(count, noise, seed);
              case CIRCLES -> Synthetic.circles(classes, count, noise, seed);
              case GAUSSIANS -> Synthetic.gaussians(classes, count, noise, seed);
            };
          };
      split = new DataSplit(data.name(), split.train(), split.validation(), split.test());
      if (data.limit().isPresent()) {
        split = split.limit(data.limit().getAsInt());
      }
      if (data.validation().isPresent()) {
        split = split.validation(data.validation().getAsInt(), seed);
      }
      DataSplit normal =
          switch (data.normalize()) {
            case CheckedData.Normalize.None() -> split;
            case CheckedData.Normalize.Auto() -> split.normalizeAuto();
            case CheckedData.Normalize.By(float mean, float std) -> split.normalize(mean, std);
          };
      return data.changes().isEmpty() ? normal : normal.augmented(new Augmentation(data.changes()));
    } catch (IOException | InvalidPathException e) {
      throw new MistakeException(
          Code.L030, data.span(), "the data cannot be read: " + Reasons.of(e), "name the folder in the call");
    } catch (IllegalArgumentException e) {
      throw new MistakeException(Code.L015, data.span(), e.getMessage(), "");
    }
  }

  private static Path folder(Source source, Origin.Digits digits) {
    if (digits.folder().isPresent()) {
      return Path.of(digits.folder().get());
    }
    List<Path> places = new ArrayList<>();
    String samples = System.getProperty("lanewise.samples");
    if (samples != null) {
      places.add(Path.of(samples, digits.kind()));
    }
    if (!source.isPrompt()) {
      places.add(Path.of(source.name()).toAbsolutePath().resolveSibling(digits.kind()));
    }
    places.add(Path.of("samples", digits.kind()));
    return places.stream().filter(Files::isDirectory).findFirst().orElse(places.getLast());
  }
}
