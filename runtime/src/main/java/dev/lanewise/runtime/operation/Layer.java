package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.tensor.Shape;

/** A layer or loss as users call it: its signature, and the operation that a call means for an input of a given shape. */
public record Layer(Signature signature, Binder binder) {
  /** Makes the operation; throws {@link ShapeException} if the shape does not fit. */
  @FunctionalInterface
  public interface Binder {
    Operation bind(Arguments arguments, Shape in);
  }

  public String name() {
    return signature.name();
  }
}
