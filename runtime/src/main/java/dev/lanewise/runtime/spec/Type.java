package dev.lanewise.runtime.spec;

import dev.lanewise.runtime.tensor.Shape;

/** What a value holds: one tensor for each example of the batch, or one that all examples share. */
public record Type(Kind kind, Shape shape) {
  /** Whose a tensor is. */
  public enum Kind {
    /** One for each example: an activation or its gradient. */
    EXAMPLE,
    /** One for all: a parameter, or its gradient summed over the batch. */
    SHARED
  }

  public static Type example(Shape shape) {
    return new Type(Kind.EXAMPLE, shape);
  }

  public static Type shared(Shape shape) {
    return new Type(Kind.SHARED, shape);
  }

  @Override
  public String toString() {
    return kind == Kind.EXAMPLE ? shape.toString() : "shared " + shape;
  }
}
