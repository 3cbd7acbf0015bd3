package dev.lanewise.dsl.check;

import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.runtime.data.Augmentation;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A {@code data} statement whose settings are known.
 *
 * @param span of the call that names the source
 * @param changes of the training images
 */
public record CheckedData(
    String name, Span span, Origin origin, OptionalInt limit, OptionalInt validation, Normalize normalize,
    List<Augmentation.Change> changes) {
  public CheckedData {
    changes = List.copyOf(changes);
  }

  /** Where examples come from. Shape and classes are known before anything is read. */
  public sealed interface Origin {
    Shape shape();

    int classes();

    /** The four files of MNIST, or of a set that comes in the same form. @param kind also the folder's usual name */
    record Digits(String kind, Optional<String> folder) implements Origin {
      @Override
      public Shape shape() {
        return Shape.of(1, 28, 28);
      }

      @Override
      public int classes() {
        return 10;
      }
    }

    /** Four points. */
    record Xor() implements Origin {
      @Override
      public Shape shape() {
        return Shape.of(2);
      }

      @Override
      public int classes() {
        return 2;
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
    }
  }

  /** How values are scaled before a network sees them. */
  public sealed interface Normalize {
    record None() implements Normalize {}

    record Auto() implements Normalize {}

    record By(float mean, float std) implements Normalize {}
  }
}
