package dev.lanewise.dsl.meaning;

import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.runtime.data.Augmentation;
import dev.lanewise.runtime.data.Couples;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.data.corpus.MadePairs;
import dev.lanewise.runtime.data.sound.SoundForm;
import dev.lanewise.runtime.data.source.Cells;
import dev.lanewise.runtime.data.source.Cifar10;
import dev.lanewise.runtime.data.source.MedMnist;
import dev.lanewise.runtime.data.source.Mnist;
import dev.lanewise.runtime.data.source.OfDigits;
import dev.lanewise.runtime.data.source.OpenedData;
import dev.lanewise.runtime.fetch.Downloads;
import dev.lanewise.runtime.tensor.Shape;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A {@code data} statement whose settings are known.
 *
 * @param span of the call that names the source
 * @param ofEachClass how many training examples of each class; empty if that is not said
 * @param test how many training examples are set apart to test on; empty if that is not said
 * @param rebuilds whether every example is its own target
 * @param pairs how many couples of examples are made of them, see {@link Couples}; empty without
 * @param balance whether every class is brought to as many training examples as the largest
 * @param positive what the class is called that is to be found, where it is said: it becomes the second of two
 * @param changes of the training images
 */
public record CheckedData(
    String name, Span span, Origin origin, OptionalInt limit, OptionalInt ofEachClass, OptionalInt test, OptionalInt validation, boolean rebuilds,
    OptionalInt pairs, boolean balance, Optional<String> positive, Normalize normalize, List<Augmentation.Change> changes) {
  public CheckedData {
    changes = List.copyOf(changes);
  }

  /** Whether it is known what is right for the examples to test on. */
  public boolean isAnswered() {
    return !(origin instanceof Origin.Files(var _, OpenedData data)) || data.isAnswered();
  }

  /** Whether there are examples to validate on: set apart, or brought by the data. */
  public boolean validates() {
    return validation.isPresent() || origin.hasValidation();
  }

  /** How many examples there are to train on at most, as far as that is known before they are read; some of a table may be set apart to test on. */
  public OptionalInt trained() {
    OptionalInt all = switch (origin) {
      case Origin.Xor _ -> OptionalInt.of(4);
      case Origin.Sine sine -> OptionalInt.of(sine.count());
      case Origin.Points points -> OptionalInt.of(points.count());
      case Origin.MadeCells cells -> OptionalInt.of(cells.count());
      case Origin.Files(String _, OpenedData data) -> data.table().isPresent() ? OptionalInt.of(data.table().get().rows()) : OptionalInt.empty();
      default -> OptionalInt.empty();
    };
    return limit.isPresent() && (all.isEmpty() || limit.getAsInt() < all.getAsInt()) ? limit : all;
  }

  /** What is to be learned of an example. */
  public Target target() {
    return pairs.isPresent() ? Target.classes(Couples.CLASSES.size()) : rebuilds ? Target.numbers(origin.shape()) : origin.target();
  }

  /** The named parts of an example: the main one, what is to be learned, and others. */
  public List<Field> fields() {
    if (pairs.isPresent()) {
      return Couples.fields(origin.shape());
    }
    List<Field> fields = new ArrayList<>(origin.fields());
    Field learned = fields.get(Dataset.TARGET);
    fields.set(Dataset.TARGET, new Field(learned.name(), target().shape(), target().classes(), learned.padded() && target().isPlaces()));
    return fields;
  }

  /** Whether something names the parts of an example. */
  public boolean hasParts() {
    return pairs.isPresent() || !origin.fields().equals(Dataset.plain(origin.shape(), origin.target()));
  }

  /** Whether a part lies over the image, point by point, and is another one: what is to be rebuilt stays as it was. */
  public boolean liesOver(int field) {
    Shape image = origin.shape();
    Shape own = fields().get(field).shape();
    return field >= Dataset.TARGET && !(rebuilds && field == Dataset.TARGET) && image.isImage() && own.isImage() && own.height() == image.height() && own.width() == image.width();
  }

  /** The part of that name. */
  public Optional<Field> field(String part) {
    return fields().stream().filter(f -> f.name().equals(part)).findFirst();
  }

  /** Files to be fetched into a folder, if they are not there. @param from a folder on the web */
  public record Download(Downloads files, URI from, Path folder) {}

  /** Where examples come from. Shape and target are known before anything is read. */
  public sealed interface Origin {
    Shape shape();

    /** What is to be learned of an example, unless the script says otherwise. */
    Target target();

    /** The named parts of an example: the main one, what is to be learned, and others. */
    default List<Field> fields() {
      return Dataset.plain(shape(), target());
    }

    /** Whether it has a part to test on. */
    default boolean hasTest() {
      return true;
    }

    /** Whether it has a part to validate on. */
    default boolean hasValidation() {
      return false;
    }

    /** How files were read, where that is not plain. */
    default List<String> notes() {
      return List.of();
    }

    /** How sounds are heard; empty if the examples are none. */
    default Optional<SoundForm> sound() {
      return Optional.empty();
    }

    /** What is to be fetched before it can be read. */
    default Optional<Download> download() {
      return Optional.empty();
    }

    /**
     * The four files of MNIST, or of a set that comes in the same form.
     *
     * @param kind how users call it
     * @param set what stands before the files' names; empty if nothing does
     * @param opened empty if the files are not there yet: then they are taken for MNIST's
     */
    record Digits(String kind, Path folder, String set, Optional<Download> download, Optional<Mnist> opened) implements Origin {
      @Override
      public Shape shape() {
        return opened.map(Mnist::shape).orElse(Mnist.SHAPE);
      }

      @Override
      public Target target() {
        return opened.map(Mnist::target).orElse(Target.classes(Mnist.CLASSES));
      }

      @Override
      public List<String> notes() {
        return opened.map(Mnist::notes).orElse(List.of());
      }
    }

    /** Colour images in ten classes. */
    record Cifar(Path folder, Optional<Download> download) implements Origin {
      @Override
      public Shape shape() {
        return Cifar10.SHAPE;
      }

      @Override
      public Target target() {
        return Target.classes(Cifar10.CLASSES.size());
      }
    }

    /** Medical images. */
    record Medical(MedMnist set, Path folder, Optional<Download> download) implements Origin {
      @Override
      public Shape shape() {
        return set.shape();
      }

      @Override
      public Target target() {
        return set.target();
      }

      @Override
      public boolean hasValidation() {
        return true;
      }
    }

    /** Made-up cells. */
    record MadeCells(int count, double share, double apart) implements Origin {
      @Override
      public Shape shape() {
        return Cells.SHAPE;
      }

      @Override
      public Target target() {
        return Target.classes(Cells.CLASSES.size());
      }
    }

    /** Files that have been looked at. @param source as users call it */
    record Files(String source, OpenedData data) implements Origin {
      @Override
      public Shape shape() {
        return data.shape();
      }

      @Override
      public Target target() {
        return data.target();
      }

      @Override
      public List<Field> fields() {
        return data.fields();
      }

      @Override
      public boolean hasTest() {
        return data.hasTest();
      }

      @Override
      public boolean hasValidation() {
        return data.hasValidation();
      }

      @Override
      public Optional<SoundForm> sound() {
        return data.sound();
      }

      @Override
      public List<String> notes() {
        return data.notes();
      }
    }

    /** Points on a curve: what is to be predicted is its height. */
    record Sine(int count, double noise) implements Origin {
      @Override
      public Shape shape() {
        return Shape.of(1);
      }

      @Override
      public Target target() {
        return Target.numbers(Shape.of(1));
      }
    }

    /** Digits on a larger canvas, among clutter; to be learned is their mask. */
    record Clutter(Path folder, int size, int count) implements Origin {
      @Override
      public Shape shape() {
        return Shape.of(1, size, size);
      }

      @Override
      public Target target() {
        return Target.numbers(shape());
      }
    }

    /** Pictures put together of digits, in parts. @param source as users call it */
    record Drawn(String source, Path folder, OfDigits of) implements Origin {
      @Override
      public Shape shape() {
        return of.fields().getFirst().shape();
      }

      @Override
      public Target target() {
        return of.target();
      }

      @Override
      public List<Field> fields() {
        return of.fields();
      }
    }

    /** What users think of items. */
    record Ratings(dev.lanewise.runtime.data.source.Ratings of) implements Origin {
      @Override
      public Shape shape() {
        return of.fields().getFirst().shape();
      }

      @Override
      public Target target() {
        return Target.numbers(Shape.of(1));
      }

      @Override
      public List<Field> fields() {
        return of.fields();
      }
    }

    /** Pairs of texts that a generator makes. @param source as users call it */
    record MadeTexts(String source, MadePairs of) implements Origin {
      @Override
      public Shape shape() {
        return of.fields().getFirst().shape();
      }

      @Override
      public Target target() {
        Field learned = of.fields().get(Dataset.TARGET);
        return Target.classes(learned.shape(), learned.bound());
      }

      @Override
      public List<Field> fields() {
        return of.fields();
      }
    }

    /** Made-up voices. */
    record Tones(dev.lanewise.runtime.data.source.Tones of) implements Origin {
      @Override
      public Optional<SoundForm> sound() {
        return Optional.of(of.form());
      }

      @Override
      public Shape shape() {
        return of.shape();
      }

      @Override
      public Target target() {
        return of.target();
      }
    }

    /** Four points. */
    record Xor() implements Origin {
      @Override
      public Shape shape() {
        return Shape.of(2);
      }

      @Override
      public Target target() {
        return Target.classes(2);
      }
    }

    /** Points in the plane that a generator makes. */
    record Points(Kind kind, int classes, int count, double noise) implements Origin {
      /** What they form. */
      public enum Kind {
        SPIRALS,
        MOONS,
        CIRCLES,
        GAUSSIANS
      }

      @Override
      public Shape shape() {
        return Shape.of(2);
      }

      @Override
      public Target target() {
        return Target.classes(classes);
      }
    }
  }

  /** How values are scaled before a network sees them. */
  public sealed interface Normalize {
    record None() implements Normalize {}

    record Auto() implements Normalize {}

    record By(Normalization normalization) implements Normalize {}
  }
}
