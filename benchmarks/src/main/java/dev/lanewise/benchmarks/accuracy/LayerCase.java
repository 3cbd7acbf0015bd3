package dev.lanewise.benchmarks.accuracy;

import dev.lanewise.runtime.operation.Computation;

/**
 * A layer or loss, how it is called, and the same as an expression of PyTorch.
 *
 * @param name in the language
 * @param call as the table shows it
 * @param isLoss whether it computes a loss, of an output and a label
 * @param numbers what its inputs are drawn from
 * @param examples of the batch, a multiple of 16
 * @param torch reads x, or x0, x1 … of several, the parameters by their names, label and mask
 */
record LayerCase(String name, String call, Computation computation, boolean isLoss, Drawn numbers, int examples, String torch) {
  /** What the inputs are drawn from. */
  record Drawn(boolean uniform, double from, double to) {
    static final Drawn NORMAL = normal(0, 1);

    static Drawn normal(double mean, double deviation) {
      return new Drawn(false, mean, deviation);
    }

    static Drawn uniform(double from, double to) {
      return new Drawn(true, from, to);
    }
  }
}
