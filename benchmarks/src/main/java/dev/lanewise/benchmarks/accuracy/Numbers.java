package dev.lanewise.benchmarks.accuracy;

import java.util.Locale;

/** Numbers as people read them. */
final class Numbers {
  private Numbers() {}

  /** Some digits, more of small ones. */
  static String of(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.isNaN(value) ? "NaN" : "∞";
    }
    if (value == 0) {
      return "0";
    }
    double size = Math.abs(value);
    return String.format(Locale.ROOT, size >= 1e5 || size < 1e-3 ? "%.1e" : size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2g", value);
  }

  /** Mean and standard deviation (n - 1). */
  record Spread(double mean, double deviation, int count) {
    static Spread of(double[] values) {
      double sum = 0;
      for (double v : values) {
        sum += v;
      }
      double mean = sum / values.length;
      double squares = 0;
      for (double v : values) {
        squares += (v - mean) * (v - mean);
      }
      return new Spread(mean, Math.sqrt(squares / (values.length - 1)), values.length);
    }

    /** The standard error of the mean, squared. */
    double variance() {
      return deviation * deviation / count;
    }
  }
}
