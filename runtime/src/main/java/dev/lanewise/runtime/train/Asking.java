package dev.lanewise.runtime.train;

import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.execute.BatchRunner;
import dev.lanewise.runtime.execute.Scores;
import java.util.stream.IntStream;

/** A network that has been made ready to be asked again and again, about a few examples each time. */
public final class Asking {
  private final Model model;
  private final BatchRunner runner;
  private final Scores scores;
  private final int most;
  private final int size;
  private final Runnable each;

  /** @param model whose parameters the runner has @param size numbers of an output @param each runs after every batch */
  Asking(Model model, BatchRunner runner, int most, int size, Runnable each) {
    this.model = model;
    this.runner = runner;
    this.scores = runner.scores();
    this.most = most;
    this.size = size;
    this.each = each;
    scores.keepOutputs();
    runner.pack();
  }

  /** From now on it is asked with the values that a model of the same parameters has at this moment: those of one that is trained, between two batches. */
  public void take(Model now) {
    if (now.graph().parameters().equals(model.graph().parameters())) {
      System.arraycopy(now.parameters(), 0, model.parameters(), 0, model.parameters().length);
    } else {
      model.assign(now.tensors());
    }
    runner.pack();
  }

  /**
   * For whoever asks in another way for a while.
   *
   * @throws StoppedException if it is told to stop
   */
  public void check() {
    each.run();
  }

  /** How many examples it can be asked about at once. */
  public int most() {
    return most;
  }

  /**
   * What the network makes of some examples, in evaluation mode.
   *
   * @throws StoppedException if it is told to stop
   */
  public float[][] of(Dataset examples) {
    float[][] outputs = new float[examples.size()][size];
    int[] order = IntStream.range(0, examples.size()).toArray();
    for (int from = 0; from < order.length; from += most) {
      int count = Math.min(most, order.length - from);
      runner.run(examples, order, from, count, from);
      for (int i = 0; i < count; i++) {
        scores.outputs(i, outputs[from + i], 0);
      }
      each.run();
    }
    return outputs;
  }
}
