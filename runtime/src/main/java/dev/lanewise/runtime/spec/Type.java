package dev.lanewise.runtime.spec;

import dev.lanewise.runtime.tensor.Shape;

/** What a value holds: one tensor for each example of the batch, or one that all examples share. */
public record Type(Kind kind, Shape shape) {
  /** Whose a tensor is. */
  public enum Kind {
    /** One for each example: an activation or its gradient. */
    EXAMPLE,
    /** Those of all examples of the batch, which each may read. */
    GATHERED,
    /** One for all: a parameter, or its gradient summed over the batch. */
    SHARED
  }

  public static Type example(Shape shape) {
    return new Type(Kind.EXAMPLE, shape);
  }

  public static Type shared(Shape shape) {
    return new Type(Kind.SHARED, shape);
  }

  /** @param shape of one example's */
  public static Type gathered(Shape shape) {
    return new Type(Kind.GATHERED, shape);
  }

  @Override
  public String toString() {
    return switch (kind) {
      case EXAMPLE -> shape.toString();
      case GATHERED -> "gathered " + shape;
      case SHARED -> "shared " + shape;
    };
  }
}
