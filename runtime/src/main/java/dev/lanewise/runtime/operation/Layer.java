package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.spec.Initialization;
import dev.lanewise.runtime.tensor.Shape;

/** A layer or loss as users call it: its signature, and what a call computes for an input of a given shape. */
public record Layer(Signature signature, Binder binder) {
  /** Makes the computation; throws {@link dev.lanewise.runtime.spec.ShapeException} if the shape does not fit. */
  @FunctionalInterface
  public interface Binder {
    Computation bind(Arguments arguments, Shape in);
  }

  public String name() {
    return signature.name();
  }

  /**
   * What a call computes; with {@link Initialization#ARGUMENT}, its weight begins as that says.
   *
   * @throws dev.lanewise.runtime.spec.ShapeException if the shape does not fit
   */
  public Computation bind(Arguments arguments, Shape in) {
    Computation computation = binder.bind(arguments, in);
    return arguments.values().get("init") instanceof Initialization i && i.kind() != Initialization.Kind.DEFAULT
        ? new Initialized(computation, i)
        : computation;
  }
}
