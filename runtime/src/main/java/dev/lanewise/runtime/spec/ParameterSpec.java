package dev.lanewise.runtime.spec;

import dev.lanewise.runtime.tensor.Shape;

/**
 * A parameter that a computation needs, in PyTorch's layout.
 *
 * @param name {@code weight} or {@code bias}
 * @param trainable false for what training keeps account of without descending, such as running means
 * @param matrices how many matrices of equal size lie in it, one below the other, as those of queries, keys and values do; 1 for what is one, or none
 */
public record ParameterSpec(String name, Shape shape, Initializer initializer, boolean trainable, int matrices) {
  public ParameterSpec {
    if (matrices < 1 || shape.dim(0) % matrices != 0) {
      throw new IllegalArgumentException(name + " of " + shape + " is not " + matrices + " matrices");
    }
  }

  /** What is one matrix, or none. */
  public ParameterSpec(String name, Shape shape, Initializer initializer, boolean trainable) {
    this(name, shape, initializer, trainable, 1);
  }

  /** One that is trained. */
  public static ParameterSpec of(String name, Shape shape, Initializer initializer) {
    return new ParameterSpec(name, shape, initializer, true);
  }

  /** The same, by another name. */
  public ParameterSpec named(String other) {
    return new ParameterSpec(other, shape, initializer, trainable, matrices);
  }

  /** The same, as so many matrices, one below the other. */
  public ParameterSpec stacked(int count) {
    return new ParameterSpec(name, shape, initializer, trainable, count);
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
