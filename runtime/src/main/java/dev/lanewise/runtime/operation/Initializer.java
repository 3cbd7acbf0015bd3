package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.random.Draws;
import java.util.random.RandomGenerator;

/** The first values of a parameter. */
public sealed interface Initializer {
  /** One value after the other. */
  double next(RandomGenerator random);

  /** Uniform in [-bound, bound]. */
  record Uniform(double bound) implements Initializer {
    @Override
    public double next(RandomGenerator random) {
      return (2 * random.nextDouble() - 1) * bound;
    }
  }

  /** Normal with mean 0. */
  record Normal(double deviation) implements Initializer {
    @Override
    public double next(RandomGenerator random) {
      return Draws.normal(random.nextDouble(), random.nextDouble()) * deviation;
    }
  }

  /** All the same. */
  record Constant(double value) implements Initializer {
    @Override
    public double next(RandomGenerator random) {
      return value;
    }
  }
}
