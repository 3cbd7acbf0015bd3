package dev.lanewise.runtime.train;

import dev.lanewise.runtime.data.Noised;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.optimize.Optimizer;

/**
 * Two networks that are trained against each other, see {@link dev.lanewise.runtime.differentiate.Adversaries}.
 *
 * @param generator makes examples of noise
 * @param critic tells them from those of the data
 * @param loss of the critic's output and a label, 1 for what is of the data
 * @param settings of both; the optimiser and the average are those of the generator
 * @param optimizer of the critic
 * @param steps of the critic to each of the generator
 * @param noise what the generator makes examples of
 */
public record Duel(Model generator, Model critic, Computation loss, TrainSettings settings, Optimizer optimizer, int steps, Noised.Source noise) {
  public Duel {
    if (steps < 1) {
      throw new IllegalArgumentException("the critic needs at least one step, not " + steps);
    }
  }
}
