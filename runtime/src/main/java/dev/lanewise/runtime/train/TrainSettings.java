package dev.lanewise.runtime.train;

import dev.lanewise.runtime.operation.Operation;

/**
 * How to train.
 *
 * @param loss bound to the shape of the network's output
 */
public record TrainSettings(int epochs, int batch, boolean shuffle, long seed, Operation loss, Optimizer optimizer) {
  public TrainSettings {
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs must be at least 1, not " + epochs);
    }
    if (batch < 1) {
      throw new IllegalArgumentException("batch must be at least 1, not " + batch);
    }
  }
}
