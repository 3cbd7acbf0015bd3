package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.ParameterSpec;
import dev.lanewise.runtime.spec.Type;
import java.util.List;

/**
 * What a layer or a loss computes: one {@link Operation}, several put together, a {@link Recipe}, or the
 * losses of several outputs, an {@link Objective}; or nothing: a value that is {@link Given}.
 *
 * <p>Inputs come as data first, then parameters in the order of {@link #parameters()}.
 */
public sealed interface Computation permits Operation, Recipe, Objective, Given, Decorator {
  /** The name of the layer, or of the gradient: {@code conv}, {@code conv.dWeight}. */
  String name();

  default List<ParameterSpec> parameters() {
    return List.of();
  }

  /** The types of data inputs and parameters, in order: what a graph's verifier compares with. */
  List<Type> inputs();

  /** The types of the outputs, the main one first. */
  List<Type> outputs();

  /** Multiply-adds for one example. */
  default long multiplyAdds() {
    return 0;
  }

  /** Whether {@link #weight} is anything but 1. */
  default boolean weighs() {
    return false;
  }

  /** What an example counts in the mean of a loss, by its label. */
  default double weight(int label) {
    return 1;
  }
}
