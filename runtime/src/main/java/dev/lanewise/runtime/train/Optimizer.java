package dev.lanewise.runtime.train;

import dev.lanewise.runtime.symbolic.Update;

/**
 * How parameters follow their gradients.
 *
 * <pre>{@code optimizer = sgd(0.01, momentum = 0.5) }</pre>
 *
 * @param lr the learning rate, before any {@link Schedule}
 * @param update what a step does to each parameter
 * @param scalars the numbers that the update reads by name
 */
public record Optimizer(String name, double lr, Update update, Scalars scalars) {
  /** The values of {@link Update#scalars} at a step. */
  @FunctionalInterface
  public interface Scalars {
    /**
     * @param lr of this step
     * @param step from 1 on
     */
    float[] at(double lr, int step);
  }
}
