package dev.lanewise.runtime.decode;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How the next token is chosen by its score.
 *
 * <pre>{@code p = softmax(scores / temperature), of the top k, and of these as many as make up the share topP }</pre>
 *
 * @param temperature 0 takes the likeliest; below 1 what is likely is taken more often, above 1 less often
 * @param top so many of the likeliest alone; 0 for all
 * @param topP the likeliest ones that together have this share (nucleus sampling, Holtzman et al. 2020)
 */
public record Choice(double temperature, int top, double topP) {
  /** @throws IllegalArgumentException if a number is out of its range */
  public Choice {
    if (!(temperature >= 0 && temperature <= 100)) {
      throw new IllegalArgumentException("temperature must be between 0 and 100, not " + temperature);
    }
    if (top < 0) {
      throw new IllegalArgumentException("top must be at least 0, not " + top);
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException("top_p must be above 0 and at most 1, not " + topP);
    }
  }

  /**
   * @param scores negative infinity for tokens that cannot be
   * @param uniform from 0 to 1
   */
  public int of(float[] scores, double uniform) {
    int[] order = IntStream.range(0, scores.length).filter(i -> scores[i] > Float.NEGATIVE_INFINITY).boxed()
        .sorted(Comparator.<Integer>comparingDouble(i -> -scores[i]).thenComparing(i -> i)).mapToInt(i -> i).toArray();
    if (temperature == 0) {
      return order[0];
    }
    int kept = top == 0 ? order.length : Math.min(top, order.length);
    double[] shares = new double[kept];
    double sum = 0;
    for (int i = 0; i < kept; i++) {
      shares[i] = Math.exp(((double) scores[order[i]] - scores[order[0]]) / temperature);
      sum += shares[i];
    }
    double within = 0;
    int count = 0;
    while (count < kept && (count == 0 || within < topP * sum)) {
      within += shares[count++];
    }
    double left = uniform * within;
    for (int i = 0; i < count; i++) {
      left -= shares[i];
      if (left < 0) {
        return order[i];
      }
    }
    return order[count - 1];
  }
}
