package dev.lanewise.runtime.train;

import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.execute.BatchRunner;
import java.util.Arrays;
import java.util.stream.IntStream;

/** A network that has been made ready to be asked again and again how a loss changes with its examples. */
public final class InputGradients {
  private final BatchRunner runner;
  private final int most;
  private final int size;
  private final Runnable each;

  /** @param size numbers of an example @param each runs after every batch */
  InputGradients(BatchRunner runner, int most, int size, Runnable each) {
    this.runner = runner;
    this.most = most;
    this.size = size;
    this.each = each;
  }

  /**
   * A row for each example, with the parameters that the model has now. See {@link Engine#inputGradients}.
   *
   * @throws StoppedException if it is told to stop
   */
  public float[][] of(Dataset examples) {
    runner.pack();
    float[][] all = new float[examples.size()][];
    int[] order = IntStream.range(0, examples.size()).toArray();
    for (int from = 0; from < order.length; from += most) {
      int count = Math.min(most, order.length - from);
      runner.run(examples, order, from, count, from);
      for (int i = 0; i < count; i++) {
        all[from + i] = Arrays.copyOfRange(runner.inputGradients(), i * size, (i + 1) * size);
      }
      each.run();
    }
    return all;
  }
}
