package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.spec.Initialization;
import dev.lanewise.runtime.spec.ShapeException;
import dev.lanewise.runtime.spec.ShapeException.Problem;
import dev.lanewise.runtime.tensor.Shape;

/**
 * A layer or loss as users call it: its signature, and what a call computes for an input of a given shape.
 *
 * @param takesWhole whether it takes whole numbers below a bound, not numbers
 */
public record Layer(Signature signature, boolean takesWhole, WholeBinder binder) {
  /** Makes the computation; throws {@link ShapeException} if the shape does not fit. */
  @FunctionalInterface
  public interface Binder {
    Computation bind(Arguments arguments, Shape in);
  }

  /** The same for an input of whole numbers below a bound. */
  @FunctionalInterface
  public interface WholeBinder {
    Computation bind(Arguments arguments, Shape in, int bound);
  }

  /** One that takes numbers. */
  public Layer(Signature signature, Binder binder) {
    this(signature, false, (arguments, in, _) -> binder.bind(arguments, in));
  }

  public String name() {
    return signature.name();
  }

  /** The same for an input of numbers. */
  public Computation bind(Arguments arguments, Shape in) {
    return bind(arguments, in, 0);
  }

  /**
   * What a call computes; with {@link Initialization#ARGUMENT}, its weight begins as that says.
   *
   * @param bound of the whole numbers that it takes; 0 if it takes numbers
   * @throws ShapeException if the input does not fit
   */
  public Computation bind(Arguments arguments, Shape in, int bound) {
    if (takesWhole != bound > 0) {
      throw takesWhole
          ? new ShapeException(Problem.WHOLE, name() + " takes whole numbers below a bound, but gets " + in, "write `input 1 of 100`, or leave this out")
          : ofWhole(name(), in, bound);
    }
    Computation computation = binder.bind(arguments, in, bound);
    return arguments.values().get("init") instanceof Initialization i && i.kind() != Initialization.Kind.DEFAULT
        ? new Initialized(computation, i)
        : computation;
  }

  /** What is said of something that computes with numbers where there are whole numbers below a bound. */
  public static ShapeException ofWhole(String name, Shape in, int bound) {
    return new ShapeException(
        Problem.WHOLE, name + " takes numbers, but gets " + in + " of " + bound + ": whole numbers, such as a class or a user", "write `embed(8)` or `onehot` before it");
  }
}
