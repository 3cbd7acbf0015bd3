package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.tensor.Shape;

/**
 * A parameter that an operation needs, in PyTorch's layout.
 *
 * @param name {@code weight} or {@code bias}
 * @param bound the initial values are uniform in [-bound, bound]
 */
public record ParameterSpec(String name, Shape shape, double bound) {

  /**
   * PyTorch's default for linear and convolutional layers, weights and biases alike: kaiming_uniform with a = sqrt(5), which is
   * U(-1/sqrt(fanIn), 1/sqrt(fanIn)).
   */
  static ParameterSpec fanIn(String name, int fanIn, int... dims) {
    return new ParameterSpec(name, Shape.of(dims), 1 / Math.sqrt(fanIn));
  }
}
