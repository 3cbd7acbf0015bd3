package dev.lanewise.runtime.data.sound;

/** Powers as the ear hears them: 10 log10 of the power; librosa's {@code power_to_db}. */
final class Decibels {
  /** What is less than this counts as this. */
  static final double LEAST = 1e-10;

  private Decibels() {}

  /** In place. @param range what is so far below the loudest, or further, is just so far below */
  static void of(double[][] powers, double range) {
    double loudest = Double.NEGATIVE_INFINITY;
    for (double[] row : powers) {
      for (int i = 0; i < row.length; i++) {
        row[i] = 10 * StrictMath.log10(Math.max(LEAST, row[i]));
        loudest = Math.max(loudest, row[i]);
      }
    }
    for (double[] row : powers) {
      for (int i = 0; i < row.length; i++) {
        row[i] = Math.max(row[i], loudest - range);
      }
    }
  }

  /** In place: from 0, silence or {@code range} below the loudest, to 1, the loudest. */
  static void shares(double[][] powers, double range) {
    of(powers, range);
    double loudest = 10 * StrictMath.log10(LEAST);
    for (double[] row : powers) {
      for (double v : row) {
        loudest = Math.max(loudest, v);
      }
    }
    boolean silent = loudest <= 10 * StrictMath.log10(LEAST);
    for (double[] row : powers) {
      for (int i = 0; i < row.length; i++) {
        row[i] = silent ? 0 : 1 + (row[i] - loudest) / range;
      }
    }
  }

  /**
   * The first coefficients of a cosine transform of each piece (type II, orthonormal): X[k] = √(2/n) Σ x[b] cos(πk(2b + 1)/2n), and 1/√2 of that for k = 0.
   *
   * @param bands [band][piece]
   * @return [coefficient][piece]
   */
  static double[][] cosines(double[][] bands, int count) {
    int n = bands.length;
    double[][] coefficients = new double[count][bands[0].length];
    for (int k = 0; k < count; k++) {
      double scale = Math.sqrt((k == 0 ? 1.0 : 2.0) / n);
      for (int b = 0; b < n; b++) {
        double weight = scale * StrictMath.cos(Math.PI * k * (2 * b + 1) / (2.0 * n));
        for (int p = 0; p < bands[b].length; p++) {
          coefficients[k][p] += weight * bands[b][p];
        }
      }
    }
    return coefficients;
  }
}
