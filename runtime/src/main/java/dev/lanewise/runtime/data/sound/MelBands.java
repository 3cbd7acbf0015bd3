package dev.lanewise.runtime.data.sound;

/**
 * Bands of frequencies that are equally wide to the ear: triangles over the frequencies of a spectrum, each from the middle of the band below to that of
 * the one above, with area 1 (Slaney 1998). The mel scale is Slaney's, straight up to 1,000 Hz and logarithmic above, or HTK's, 2595 log10(1 + f/700).
 * librosa's {@code filters.mel} does the same.
 */
final class MelBands {
  private static final double STEP = 200.0 / 3;
  private static final double STRAIGHT = 1_000;
  private static final double LOG_STEP = StrictMath.log(6.4) / 27;
  private static final double HTK_FACTOR = 2_595;
  private static final double HTK_FREQUENCY = 700;

  /** [band][frequency]. */
  private final double[][] weights;
  /** Of each band, the first frequency that counts, and the one behind the last. */
  private final int[] first;
  private final int[] end;

  /** @param n samples that the spectrum is of @param low where the lowest band begins, in Hz @param high where the highest ends */
  MelBands(int bands, int rate, int n, double low, double high, boolean htk) {
    double[] edges = edges(bands, low, high, htk);
    this.weights = new double[bands][Spectrogram.frequencies(n)];
    this.first = new int[bands];
    this.end = new int[bands];
    for (int b = 0; b < bands; b++) {
      double area = 2 / (edges[b + 2] - edges[b]);
      first[b] = weights[b].length;
      for (int k = 0; k < weights[b].length; k++) {
        double f = (double) k * rate / n;
        double up = (f - edges[b]) / (edges[b + 1] - edges[b]);
        double down = (edges[b + 2] - f) / (edges[b + 2] - edges[b + 1]);
        weights[b][k] = area * Math.max(0, Math.min(up, down));
        if (weights[b][k] > 0) {
          first[b] = Math.min(first[b], k);
          end[b] = k + 1;
        }
      }
    }
  }

  /** Where bands begin, have their middles, and end, in Hz: that of band b is at b + 1. */
  static double[] edges(int bands, double low, double high, boolean htk) {
    double from = mel(low, htk);
    double to = mel(high, htk);
    double[] edges = new double[bands + 2];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = hertz(from + (to - from) * i / (bands + 1), htk);
    }
    return edges;
  }

  static double mel(double hertz, boolean htk) {
    if (htk) {
      return HTK_FACTOR * StrictMath.log10(1 + hertz / HTK_FREQUENCY);
    }
    return hertz < STRAIGHT ? hertz / STEP : STRAIGHT / STEP + StrictMath.log(hertz / STRAIGHT) / LOG_STEP;
  }

  static double hertz(double mel, boolean htk) {
    if (htk) {
      return HTK_FREQUENCY * (StrictMath.pow(10, mel / HTK_FACTOR) - 1);
    }
    return mel < STRAIGHT / STEP ? mel * STEP : STRAIGHT * StrictMath.exp(LOG_STEP * (mel - STRAIGHT / STEP));
  }

  /** The first band without any frequency of the spectrum in it; -1 if there is none. */
  int empty() {
    for (int b = 0; b < first.length; b++) {
      if (first[b] >= end[b]) {
        return b;
      }
    }
    return -1;
  }

  /** [band][piece] of [piece][frequency]. */
  double[][] of(double[][] powers) {
    double[][] bands = new double[weights.length][powers.length];
    for (int b = 0; b < bands.length; b++) {
      for (int p = 0; p < powers.length; p++) {
        double sum = 0;
        for (int k = first[b]; k < end[b]; k++) {
          sum += weights[b][k] * powers[p][k];
        }
        bands[b][p] = sum;
      }
    }
    return bands;
  }
}
