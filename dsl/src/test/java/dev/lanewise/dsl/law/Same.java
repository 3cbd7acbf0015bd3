package dev.lanewise.dsl.law;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How numbers that should not have changed are compared. */
final class Same {
  private Same() {}

  /** The same numbers; a zero may have either sign. Of names that are in both, and there must be some. */
  static void bits(String what, Map<String, float[]> expected, Map<String, float[]> actual) {
    int met = 0;
    for (Map.Entry<String, float[]> e : expected.entrySet()) {
      float[] other = actual.get(e.getKey());
      for (int i = 0; other != null && i < other.length; i++, met++) {
        if (e.getValue()[i] != other[i] && !(Float.isNaN(other[i]) && Float.isNaN(e.getValue()[i]))) {
          throw new AssertionError(what + ": " + e.getKey() + "[" + i + "] is " + other[i] + ", not " + e.getValue()[i]);
        }
      }
    }
    if (met == 0 && !expected.isEmpty()) {
      throw new AssertionError(what + ": nothing to compare");
    }
  }

  /**
   * Nearly the same: each tensor's largest difference, relative to the tensor's largest value; but a tensor that is small beside the
   * others, because what it sums up cancels, is measured by a part of theirs. Empty, or what differs most.
   */
  static Optional<Difference> most(Map<String, double[]> expected, Map<String, double[]> actual) {
    double all = expected.values().stream().mapToDouble(Same::most).max().orElse(0);
    Difference most = null;
    for (Map.Entry<String, double[]> e : expected.entrySet()) {
      double[] other = actual.get(e.getKey());
      double scale = Math.max(most(e.getValue()), all / 30) + 1e-12;
      for (int i = 0; i < other.length; i++) {
        double error = Math.abs(other[i] - e.getValue()[i]) / scale;
        if (most == null || !(error <= most.error)) {
          most = new Difference(e.getKey(), i, e.getValue()[i], other[i], Double.isNaN(error) ? Double.POSITIVE_INFINITY : error);
        }
      }
    }
    return Optional.ofNullable(most);
  }

  /** @param error relative to the size of the tensor */
  record Difference(String name, int at, double expected, double actual, double error) {
    @Override
    public String toString() {
      return "%s[%d] is %s, not %s: a difference of %.2g of its size".formatted(name, at, actual, expected, error);
    }
  }

  static double most(double[] values) {
    double most = 0;
    for (double v : values) {
      most = Math.max(most, Math.abs(v));
    }
    return most;
  }

  static Map<String, double[]> doubles(Map<String, float[]> values) {
    Map<String, double[]> doubles = new LinkedHashMap<>();
    values.forEach((k, v) -> doubles.put(k, Exact.exact(v)));
    return doubles;
  }
}
