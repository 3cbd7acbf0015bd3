package dev.lanewise.benchmarks.accuracy;

import java.util.Map;
import java.util.function.Predicate;

/**
 * How far a tensor is from the truth, in units of 2^-24 times its largest value: what rounding that value alone would make of it at
 * most.
 *
 * @param largest error of an element
 * @param mean error
 */
record Deviation(double largest, double mean) {
  private static final double ROUNDING = 0x1p-24;

  static Deviation of(double[] truth, double[] computed) {
    double scale = 0;
    double largest = 0;
    double sum = 0;
    for (int i = 0; i < truth.length; i++) {
      double error = Double.isNaN(computed[i]) ? Double.POSITIVE_INFINITY : Math.abs(computed[i] - truth[i]);
      scale = Math.max(scale, Math.abs(truth[i]));
      largest = Math.max(largest, error);
      sum += error;
    }
    double unit = largest == 0 ? 1 : scale * ROUNDING;
    return new Deviation(largest / unit, sum / truth.length / unit);
  }

  /** The worst of some tensors, as a cell of a table. */
  static String worst(Map<String, double[]> truth, Map<String, double[]> computed, Predicate<String> names) {
    Deviation worst = null;
    for (String name : truth.keySet()) {
      if (names.test(name)) {
        Deviation d = of(truth.get(name), computed.get(name));
        worst = worst == null || d.largest > worst.largest ? d : worst;
      }
    }
    return worst == null ? "–" : worst.largest == 0 ? "0" : Numbers.of(worst.largest) + " / " + Numbers.of(worst.mean);
  }
}
