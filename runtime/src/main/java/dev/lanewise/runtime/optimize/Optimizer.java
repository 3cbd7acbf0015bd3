package dev.lanewise.runtime.optimize;

import dev.lanewise.runtime.symbolic.Update;

/**
 * How parameters follow their gradients.
 *
 * <pre>{@code optimizer = sgd(0.01, momentum = 0.5) }</pre>
 *
 * @param lr the learning rate, before any {@link Schedule}
 * @param update what a step does to each parameter
 * @param scalars the numbers that the update reads by name
 * @param matrices steps of their own of a network's hidden matrices; null for none
 * @param lazy whether the rows of a table that a batch does not touch stay as they are, with what is kept for them
 */
public record Optimizer(String name, double lr, Update update, Scalars scalars, Muon.Settings matrices, boolean lazy) {
  public Optimizer(String name, double lr, Update update, Scalars scalars) {
    this(name, lr, update, scalars, null, false);
  }

  /** The values of {@link Update#scalars} at the first step. */
  public float[] firstScalars() {
    float[] values = new float[update.scalars().size()];
    scalars.at(lr, 1, values);
    return values;
  }

  /** The same with another learning rate. */
  public Optimizer withRate(double rate) {
    return new Optimizer(name, rate, update, scalars, matrices, lazy);
  }

  /** The values of {@link Update#scalars} at a step. */
  @FunctionalInterface
  public interface Scalars {
    /**
     * @param lr of this step
     * @param step from 1 on
     * @param values where they go
     */
    void at(double lr, int step, float[] values);
  }
}
