package dev.lanewise.runtime.score;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What a model makes of examples.
 *
 * <pre>{@code engine.predict(model, data.test(), loss).predicted(7)   // the class of the eighth example }</pre>
 *
 * @param outputs numbers that the network gives for an example
 * @param values those numbers, example by example
 * @param losses of the examples
 * @param threshold from which output on the network says yes: 0.5, or 0 where outputs are scores
 */
public record Predictions(int outputs, float[] values, float[] losses, float threshold) {
  /** Of how many examples an output is NaN: they have no class. */
  public int unclear() {
    return (int) IntStream.range(0, losses.length).filter(this::isUnclear).count();
  }

  private boolean isUnclear(int example) {
    return IntStream.range(example * outputs, (example + 1) * outputs).anyMatch(i -> Float.isNaN(values[i]));
  }

  /** The class with the highest output; of a single output, whether it says yes. @return -1 if an output is NaN */
  public int predicted(int example) {
    int at = example * outputs;
    if (isUnclear(example)) {
      return -1;
    }
    if (outputs == 1) {
      return values[at] > threshold ? 1 : 0;
    }
    int best = 0;
    for (int i = 1; i < outputs; i++) {
      best = values[at + i] > values[at + best] ? i : best;
    }
    return best;
  }

  /** The class with the highest score at each of so many places; of a single channel, whether it says yes. */
  public float[] places(int example, int places) {
    float[] said = new float[places];
    int from = example * outputs;
    for (int p = 0; p < places; p++) {
      int best = outputs == places && values[from + p] > threshold ? 1 : 0;
      for (int c = 1; c < outputs / places; c++) {
        best = values[from + c * places + p] > values[from + best * places + p] ? c : best;
      }
      said[p] = best;
    }
    return said;
  }

  /** An output as the probability of yes. */
  public double sure(int at) {
    return threshold == 0 ? 1 / (1 + Math.exp(-values[at])) : Math.clamp(values[at], 0, 1);
  }

  /**
   * The outputs as probabilities of the classes: as they are if they are at least 0 and add up to 1, their softmax otherwise. A single
   * output v, limited to 0 to 1, or its sigmoid if it is a score, stands for the two classes 1 - v and v.
   */
  public double[] probabilities(int example) {
    double[] own = new double[outputs];
    Arrays.setAll(own, i -> values[example * outputs + i]);
    if (outputs == 1) {
      double one = sure(example * outputs);
      return new double[] {1 - one, one};
    }
    if (Arrays.stream(own).allMatch(v -> v >= 0) && Math.abs(Arrays.stream(own).sum() - 1) < 1e-4) {
      return own;
    }
    double most = Arrays.stream(own).max().orElseThrow();
    double[] powers = Arrays.stream(own).map(v -> Math.exp(v - most)).toArray();
    double sum = Arrays.stream(powers).sum();
    return Arrays.stream(powers).map(p -> p / sum).toArray();
  }
}
