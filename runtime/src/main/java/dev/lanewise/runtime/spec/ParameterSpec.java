package dev.lanewise.runtime.spec;

import dev.lanewise.runtime.tensor.Shape;

/**
 * A parameter that a computation needs, in PyTorch's layout.
 *
 * @param name {@code weight} or {@code bias}
 * @param trainable false for what training keeps account of without descending, such as running means
 */
public record ParameterSpec(String name, Shape shape, Initializer initializer, boolean trainable) {

  /** One that is trained. */
  public static ParameterSpec of(String name, Shape shape, Initializer initializer) {
    return new ParameterSpec(name, shape, initializer, true);
  }

  /** Whether it is what it is for good, and comes with the network, not with its values. */
  public boolean isConstant() {
    return !trainable && initializer instanceof Initializer.Given;
  }

  /**
   * PyTorch's default for linear and convolutional layers, weights and biases alike: kaiming_uniform with a = sqrt(5), which is
   * U(-1/sqrt(fanIn), 1/sqrt(fanIn)).
   */
  public static ParameterSpec fanIn(String name, int fanIn, Shape shape) {
    return of(name, shape, new Initializer.Uniform(1 / Math.sqrt(fanIn)));
  }
}
