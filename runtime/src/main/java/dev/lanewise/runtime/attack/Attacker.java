package dev.lanewise.runtime.attack;

import dev.lanewise.runtime.data.Held;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.execute.BatchRunner;
import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.tensor.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Attacks a network. Numbers are those that the network is shown: what an eps, a step, and the range of pixels are there, the normalisation of each channel
 * says. An example's changes do not depend on the others of its batch.
 */
public final class Attacker {
  private final Attack attack;
  private final BatchRunner runner;
  private final int most;
  // Of each channel, as the network is shown it.
  private final float[] eps;
  private final float[] step;
  private final float[] low;
  private final float[] high;
  private final int plane;

  /**
   * @param runner of a plan with the gradient of the input, whose parameters are packed
   * @param most the largest batch that it takes
   */
  public Attacker(Attack attack, BatchRunner runner, int most, Shape image, Normalization scale) {
    this.attack = attack;
    this.runner = runner;
    this.most = most;
    this.plane = image.size() / image.channels();
    int channels = image.channels();
    this.eps = new float[channels];
    this.step = new float[channels];
    this.low = new float[channels];
    this.high = new float[channels];
    for (int c = 0; c < channels; c++) {
      eps[c] = (float) (attack.eps() / scale.std()[c]);
      step[c] = (float) (attack.step() / scale.std()[c]);
      low[c] = (0 - scale.mean()[c]) / scale.std()[c];
      high[c] = (1 - scale.mean()[c]) / scale.std()[c];
    }
  }

  /** Whose parameters have changed are packed anew. */
  public void pack() {
    runner.pack();
  }

  /**
   * Changes examples, so that the network gives them another class than theirs.
   *
   * @param key of all that is drawn, by the places of the examples
   * @param first the place of the first of them
   * @param each runs after every step
   */
  public void away(Held examples, long key, int first, Runnable each) {
    change(examples, false, key, first, each);
  }

  /** So that the network gives them the class that they have here. */
  public void toward(Held examples, long key, int first, Runnable each) {
    change(examples, true, key, first, each);
  }

  private void change(Held examples, boolean toward, long key, int first, Runnable each) {
    int size = examples.shape().size();
    float[] clean = examples.values().clone();
    double[] worst = new double[examples.size()];
    Arrays.fill(worst, Double.NEGATIVE_INFINITY);
    int[] left = IntStream.range(0, examples.size()).toArray();
    for (int restart = 0; restart < attack.restarts() && left.length > 0; restart++) {
      long own = Draws.mix(key, restart);
      Held tried = examples.some(left);
      float[] images = rows(clean, left, size);
      System.arraycopy(images, 0, tried.values(), 0, images.length);
      if (attack.random()) {
        for (int i = 0; i < left.length; i++) {
          begin(tried.values(), images, i * size, Draws.mix(own, first + left[i]));
        }
      }
      for (int s = 0; s < attack.steps(); s++) {
        run(tried, 0, (from, count) -> move(tried.values(), images, from * size, count * size, toward));
        each.run();
      }
      left = attack.restarts() == 1 ? taken(examples, tried, left) : judged(examples, tried, left, worst, toward);
    }
  }

  private interface Batch {
    void on(int from, int count);
  }

  private void run(Held tried, int begin, Batch after) {
    int[] order = IntStream.range(0, tried.size()).toArray();
    for (int from = begin; from < order.length; from += most) {
      int count = Math.min(most, order.length - from);
      runner.run(tried, order, from, count, from);
      after.on(from, count);
    }
  }

  private static float[] rows(float[] all, int[] which, int size) {
    float[] rows = new float[which.length * size];
    for (int i = 0; i < which.length; i++) {
      System.arraycopy(all, which[i] * size, rows, i * size, size);
    }
    return rows;
  }

  /** Uniform within eps of the image. */
  private void begin(float[] x, float[] image, int at, long key) {
    for (int c = 0; c < eps.length; c++) {
      for (int i = 0; i < plane; i++) {
        int k = c * plane + i;
        x[at + k] = within(image[at + k] + eps[c] * (2 * Draws.uniform(key, k) - 1), image[at + k], c);
      }
    }
  }

  /** A step of the examples of a batch, whose gradients are those of the runner. */
  private void move(float[] x, float[] image, int begin, int count, boolean toward) {
    float[] gradient = runner.inputGradients();
    int size = eps.length * plane;
    for (int at = 0; at < count; at += plane) {
      int c = at % size / plane;
      float ahead = toward ? -step[c] : step[c];
      for (int k = at; k < at + plane; k++) {
        float g = gradient[k];
        float by = g > 0 ? ahead : g < 0 ? -ahead : 0;
        x[begin + k] = within(x[begin + k] + by, image[begin + k], c);
      }
    }
  }

  private float within(float value, float image, int c) {
    float near = Math.max(image - eps[c], Math.min(image + eps[c], value));
    return Math.max(low[c], Math.min(high[c], near));
  }

  /** All of them, whatever came of it. @return none that are to be tried again */
  private static int[] taken(Held examples, Held tried, int[] which) {
    for (int i = 0; i < which.length; i++) {
      take(examples, tried, i, which[i]);
    }
    return new int[0];
  }

  private static void take(Held examples, Held tried, int from, int to) {
    int size = examples.shape().size();
    System.arraycopy(tried.values(), from * size, examples.values(), to * size, size);
  }

  /** Those that are worse than before. @return the places of those that do not fool the network */
  private int[] judged(Held examples, Held tried, int[] which, double[] worst, boolean toward) {
    boolean[] fools = new boolean[which.length];
    double[] harm = new double[which.length];
    run(tried, 0, (from, count) -> {
      float[] losses = new float[count];
      runner.scores().losses(losses, 0);
      for (int i = 0; i < count; i++) {
        harm[from + i] = toward ? -losses[i] : losses[i];
      }
      runner.scores().answers((i, label, predicted, _) -> fools[from + i] = toward == (predicted == label));
    });
    for (int i = 0; i < which.length; i++) {
      if (fools[i] || harm[i] > worst[which[i]]) {
        worst[which[i]] = harm[i];
        take(examples, tried, i, which[i]);
      }
    }
    return IntStream.range(0, which.length).filter(i -> !fools[i]).map(i -> which[i]).toArray();
  }
}
