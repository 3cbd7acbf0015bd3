package dev.lanewise.dsl.check;

import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.runtime.tensor.Shape;
import java.util.Optional;
import dev.lanewise.runtime.data.Augmentation;
import java.util.List;
import java.util.OptionalInt;

/** A {@code data} statement whose settings are known. @param span of the call that names the source */
public record CheckedData(
    String name, Span span, Origin origin, Optional<String> folder, OptionalInt limit, OptionalInt validation, Normalize normalize,
    List<Augmentation.Change> changes) {

  /** Where examples come from, and their shape. */
  public enum Origin {
    MNIST("mnist", Shape.of(1, 28, 28), 10),
    XOR("xor", Shape.of(2), 2);

    private final String call;
    private final Shape shape;
    private final int classes;

    Origin(String call, Shape shape, int classes) {
      this.call = call;
      this.shape = shape;
      this.classes = classes;
    }

    public String call() {
      return call;
    }

    public Shape shape() {
      return shape;
    }

    public int classes() {
      return classes;
    }
  }

  /** How values are scaled before a network sees them. */
  public sealed interface Normalize {
    record None() implements Normalize {}

    record Auto() implements Normalize {}

    record By(float mean, float std) implements Normalize {}
  }
}
