package dev.lanewise.dsl.check.data;

import static dev.lanewise.runtime.signature.Argument.optional;

import dev.lanewise.dsl.meaning.CheckedData.Origin;
import dev.lanewise.dsl.meaning.Places;
import dev.lanewise.runtime.data.source.Captions;
import dev.lanewise.runtime.data.source.Ratings;
import dev.lanewise.runtime.data.source.Scenes;
import dev.lanewise.runtime.fetch.Downloads;
import dev.lanewise.runtime.signature.Argument.Type;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Every place that data may come from. */
public final class DataSources {
  /** Points that fit into memory many times over. */
  private static final int MOST_POINTS = 1_000_000;
  private static final int MNIST_SIZE = 28;
  private static final int MOST_CELLS = 100_000;
  /** Longer cells do not fit into their images. */
  private static final int MOST_APART = 5;
  private static final int MOST_PIXELS = 512;
  /** Of all pixels, which are held in memory. */
  private static final int MOST_BYTES = 1 << 29;

  /** One source as users call it. */
  record Definition(Signature signature, BiFunction<Arguments, Places, Origin> binder) {}

  private static final List<Definition> ALL = Stream.concat(
      Stream.of(
          new Definition(
              KnownSets.digits("mnist", "70,000 handwritten digits of 28x28 (LeCun et al. 1998), or another set in files of this form, as EMNIST"),
              (a, places) -> KnownSets.digits("mnist", Downloads.MNIST, a, places)),
          new Definition(
              KnownSets.digits("fashion_mnist", "70,000 pictures of clothes in the form of MNIST (Xiao et al. 2017)"),
              (a, places) -> KnownSets.digits("fashion_mnist", Downloads.FASHION_MNIST, a, places)),
          new Definition(
              KnownSets.signature("cifar10", "60,000 colour images of 32x32 in ten classes (Krizhevsky 2009)", "the binary files"),
              KnownSets::cifar10),
          new Definition(KnownSets.medical(), KnownSets::medical),
          new Definition(
              Signature.of(
                  "cells", "cells under a microscope, made up: the sick ones are longer on average, and how well they can be told apart at all is known",
                  optional("count", Type.INTEGER, 1_000, "cells to train on; as many again are there to test on"),
                  optional("share", Type.NUMBER, 0.3, "of them that are sick"),
                  optional("apart", Type.NUMBER, 2.0, "deviations between the means of the classes")),
              DataSources::cells),
          new Definition(
              Signature.of(
                  "clutter", "scenes of one whole digit among pieces of others, lines and noise; to be learned is the mask of the digit",
                  optional("folder", Type.TEXT, "", "where the files of mnist are"),
                  optional("size", Type.INTEGER, 48, "height and width of a scene"),
                  optional("count", Type.INTEGER, 6_000, "scenes to train on; a fifth as many again are there to test on")),
              DataSources::clutter),
          new Definition(
              Signature.of(
                  "scenes",
                  "scenes of one or several digits, in parts: the image; of each cell of a grid the class, 10 where nothing is, and the box: its middle within the cell, width and height; of each pixel the class, mask",
                  optional("folder", Type.TEXT, "", "where the files of mnist are"),
                  optional("size", Type.INTEGER, 64, "height and width of a scene"),
                  optional("digits", Type.INTEGER, 3, "at most, in a scene"),
                  optional("grid", Type.INTEGER, 8, "cells in a row and in a column"),
                  optional("count", Type.INTEGER, 6_000, "scenes to train on; a fifth as many again are there to test on")),
              DataSources::scenes),
          new Definition(
              Signature.of(
                  "captions",
                  "pictures of a few digits, each with a sentence that says how they stand, `a three above an eight` or `三在八的上面`, in parts: the image; target, which begins with `<begin>`; and, to be learned, next, the target one token further; no sentence to test on is among those to learn from",
                  optional("folder", Type.TEXT, "", "where the files of mnist are"),
                  optional("digits", Type.INTEGER, 3, "at most, in a picture"),
                  optional("language", Type.LANGUAGE, "english", "that sentences are written in: `english` or `chinese`"),
                  optional("count", Type.INTEGER, 20_000, "pictures to train on; a fifth as many again are there to test on")),
              DataSources::captions),
          new Definition(
              Signature.of(
                  "ratings", "what users think of items, in parts: user, item, rating; nobody can predict it better than by the noise, which is the least rmse",
                  optional("users", Type.INTEGER, 600, "how many"),
                  optional("items", Type.INTEGER, 400, "how many"),
                  optional("count", Type.INTEGER, 60_000, "ratings to train on; a fifth as many again are there to test on"),
                  noise(0.5),
                  optional("factors", Type.INTEGER, 4, "numbers of a taste")),
              (a, _) -> new Origin.Ratings(new Ratings(a.integer("users"), a.integer("items"), a.integer("count"), noise(a), a.integer("factors")))),
          new Definition(DataFiles.IMAGES, DataFiles::images),
          new Definition(SoundCalls.AUDIO, SoundCalls::audio),
          new Definition(SoundCalls.TONES, SoundCalls::tones),
          new Definition(DataFiles.EMOJI, DataFiles::emoji),
          new Definition(DataFiles.CSV, DataFiles::csv), new Definition(DataFiles.PARQUET, DataFiles::parquet),
          new Definition(DataFiles.NPY, DataFiles::npy),
          new Definition(DataFiles.NPZ, DataFiles::npz),
          new Definition(
              Signature.of("xor", "exclusive or: four points that no single neuron can tell apart"), (_, _) -> new Origin.Xor()),
          points("spirals", Origin.Points.Kind.SPIRALS, "arms of a spiral around each other", true, 0.02),
          points("moons", Origin.Points.Kind.MOONS, "two half moons that reach into each other", false, 0.1),
          points("circles", Origin.Points.Kind.CIRCLES, "rings around each other", true, 0.05),
          points("gaussians", Origin.Points.Kind.GAUSSIANS, "clouds on a ring", true, 0.3),
          new Definition(
              Signature.of("sine", "points on a wave: its height is to be predicted from one number", count(), noise(0.1)),
              (a, _) -> new Origin.Sine(count(a, 2), noise(a)))),
      TextSources.ALL.stream()).toList();

  private DataSources() {}

  private static Argument count() {
    return optional("count", Type.INTEGER, 1_000, "points to train on; a fifth as many again are there to test on");
  }

  private static Argument noise(double deviation) {
    return optional("noise", Type.NUMBER, deviation, "deviation of the points");
  }

  private static Definition points(String name, Origin.Points.Kind kind, String summary, boolean several, double noise) {
    Signature signature = several
        ? Signature.of(name, summary, optional("classes", Type.INTEGER, 2, "how many"), count(), noise(noise))
        : Signature.of(name, summary, count(), noise(noise));
    return new Definition(signature, (a, _) -> points(kind, several ? a.integer("classes") : 2, a));
  }

  private static Origin points(Origin.Points.Kind kind, int classes, Arguments a) {
    if (classes < 2 || classes > 100) {
      throw new IllegalArgumentException("classes must be between 2 and 100, not " + classes);
    }
    return new Origin.Points(kind, classes, count(a, classes), noise(a));
  }

  private static Origin clutter(Arguments a, Places places) {
    return new Origin.Clutter(digits(a, places), size(a), scenesOf(a));
  }

  private static Origin scenes(Arguments a, Places places) {
    return new Origin.Drawn("scenes", digits(a, places), new Scenes(size(a), a.integer("digits"), a.integer("grid"), scenesOf(a)));
  }

  private static Origin captions(Arguments a, Places places) {
    Captions.Language language = Captions.Language.valueOf(a.text("language").toUpperCase(Locale.ROOT));
    return new Origin.Drawn("captions", digits(a, places), new Captions(a.integer("digits"), language, picturesOf(a, Captions.SIZE)));
  }

  private static Path digits(Arguments a, Places places) {
    return places.optionalData(a.text("folder")).orElseGet(() -> places.known("mnist"));
  }

  private static int size(Arguments a) {
    int size = a.integer("size");
    if (size < MNIST_SIZE || size > MOST_PIXELS) {
      throw new IllegalArgumentException("size must be between " + MNIST_SIZE + " and " + MOST_PIXELS + ", not " + size);
    }
    return size;
  }

  private static int scenesOf(Arguments a) {
    return picturesOf(a, size(a));
  }

  private static int picturesOf(Arguments a, int size) {
    int count = count(a, 1);
    if ((long) count * size * size > MOST_BYTES) {
      throw new IllegalArgumentException(
          "count must be at most " + String.format(Locale.ROOT, "%,d", MOST_BYTES / (size * size)) + " for pictures of " + size + "x" + size + ", not " + count);
    }
    return count;
  }

  private static Origin cells(Arguments a, Places places) {
    int count = count(a, 2);
    double share = a.number("share");
    double apart = a.number("apart");
    if (count > MOST_CELLS) {
      throw new IllegalArgumentException("count must be between 2 and 100,000, not " + count);
    }
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("share must be between 0 and 1, not " + share);
    }
    if (!(apart >= 0 && apart <= MOST_APART)) {
      throw new IllegalArgumentException("apart must be from 0 to " + MOST_APART + ", not " + apart);
    }
    return new Origin.MadeCells(count, share, apart);
  }

  private static int count(Arguments a, int least) {
    int count = a.integer("count");
    if (count < least || count > MOST_POINTS) {
      throw new IllegalArgumentException("count must be between " + least + " and 1,000,000, not " + count);
    }
    return count;
  }

  private static double noise(Arguments a) {
    double noise = a.number("noise");
    if (!(noise >= 0) || Double.isInfinite(noise)) {
      throw new IllegalArgumentException("noise must be at least 0, not " + noise);
    }
    return noise;
  }

  static Optional<Definition> named(String name) {
    return ALL.stream().filter(d -> d.signature.name().equals(name)).findFirst();
  }

  /** How they are called, for the reference. */
  public static List<Signature> signatures() {
    return ALL.stream().map(Definition::signature).toList();
  }
}
