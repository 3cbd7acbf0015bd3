package dev.lanewise.runtime.explain;

import java.util.ArrayList;
import java.util.List;

/**
 * What each number of an example adds to the score (Sundararajan, Taly and Yan 2017, equation 1): (x - x') times the mean of dScore / dx on the straight way from a baseline
 * x' to x. Together that is Score(x) - Score(x'): completeness, the paper's proposition 1. The mean is over the middles of so many steps of one length.
 *
 * @param attributions a number for each of the example
 * @param score of the example
 * @param before of the baseline
 * @param steps on the way
 */
public record IntegratedGradients(double[] attributions, double score, double before, int steps) {
  /** Enough is when so much of the difference is missing, or less. */
  public static final double CLOSE = 1e-3;

  private static final int FIRST_STEPS = 64;
  private static final int MOST_STEPS = 8_192;
  /** At once. */
  private static final int CHUNK = 64;

  /** @param steps of the way, at least 1 */
  public static IntegratedGradients of(ScoreFunction function, float[] x, float[] baseline, int steps) {
    double[] values = function.values(new float[][] {x, baseline});
    return new IntegratedGradients(attributions(function, x, baseline, steps), values[0], values[1], steps);
  }

  /** With twice as many steps again and again, until it is complete, or there are thousands. */
  public static IntegratedGradients complete(ScoreFunction function, float[] x, float[] baseline) {
    IntegratedGradients found = of(function, x, baseline, FIRST_STEPS);
    while (!found.isComplete() && found.steps < MOST_STEPS) {
      found = new IntegratedGradients(attributions(function, x, baseline, 2 * found.steps), found.score, found.before, 2 * found.steps);
    }
    return found;
  }

  private static double[] attributions(ScoreFunction function, float[] x, float[] baseline, int steps) {
    double[] sums = new double[x.length];
    for (int from = 0; from < steps; from += CHUNK) {
      List<float[]> points = new ArrayList<>();
      for (int k = from; k < Math.min(steps, from + CHUNK); k++) {
        points.add(between(baseline, x, (k + 0.5) / steps));
      }
      for (float[] gradient : function.gradients(points.toArray(float[][]::new))) {
        for (int i = 0; i < sums.length; i++) {
          sums[i] += gradient[i];
        }
      }
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] *= ((double) x[i] - baseline[i]) / steps;
    }
    return sums;
  }

  private static float[] between(float[] from, float[] to, double share) {
    float[] point = new float[from.length];
    for (int i = 0; i < point.length; i++) {
      point[i] = (float) (from[i] + share * ((double) to[i] - from[i]));
    }
    return point;
  }

  /** The sum of all attributions. */
  public double sum() {
    double sum = 0;
    for (double a : attributions) {
      sum += a;
    }
    return sum;
  }

  /** Which share of the difference of scores they lack, or have too much; of hardly any difference how much that is. */
  public double gap() {
    return Math.abs(sum() - (score - before)) / Math.max(1, Math.abs(score - before));
  }

  public boolean isComplete() {
    return gap() < CLOSE;
  }

  /** A number for each place: of several channels their sum. */
  public double[] map(int channels) {
    int places = attributions.length / channels;
    double[] map = new double[places];
    for (int i = 0; i < attributions.length; i++) {
      map[i % places] += attributions[i];
    }
    return map;
  }
}
