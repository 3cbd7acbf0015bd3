package dev.lanewise.runtime.data.sound;

import java.math.BigInteger;

/**
 * The same sound with another number of samples a second. A sample of the result is a sum of those around it, weighted by a sinc that ends softly in
 * Kaiser's window (Smith and Gossett 1984): up to 91 % of what the lower of both rates can hold nothing changes, and what it cannot hold is gone,
 * 90 dB down, instead of coming back as a wrong tone.
 *
 * <pre>{@code new Resampling(44_100, 8_000).of(samples) }</pre>
 */
final class Resampling {
  /** Where the sinc is zero, on either side. */
  private static final int ZEROS = 64;
  private static final double BETA = 9;
  /** Of half the lower rate: the middle of the slope from what stays to what goes. */
  private static final double CUTOFF = 0.955;
  /** Weights that are computed once; of rarer pairs of rates each is computed where it is used. */
  private static final int KEPT = 1 << 20;
  private static final int TERMS = 40;

  private final int up;
  private final int down;
  /** How much slower than the samples the sinc is. */
  private final double scale;
  private final int reach;
  /** Of each place between two samples; null if they are too many. */
  private final double[][] kept;

  Resampling(int from, int to) {
    int common = BigInteger.valueOf(from).gcd(BigInteger.valueOf(to)).intValue();
    this.up = to / common;
    this.down = from / common;
    this.scale = Math.min(1, (double) to / from) * CUTOFF;
    this.reach = (int) Math.ceil(ZEROS / scale);
    if ((long) up * 2 * reach <= KEPT) {
      this.kept = new double[up][];
      for (int phase = 0; phase < up; phase++) {
        kept[phase] = weights(phase);
      }
    } else {
      this.kept = null;
    }
  }

  float[] of(float[] samples) {
    if (up == down) {
      return samples;
    }
    float[] result = new float[(int) Math.ceilDiv((long) samples.length * up, (long) down)];
    for (int i = 0; i < result.length; i++) {
      long place = (long) i * down;
      int before = (int) (place / up);
      int phase = (int) (place % up);
      double[] weights = kept == null ? weights(phase) : kept[phase];
      int first = before - reach + 1;
      double sum = 0;
      for (int k = Math.max(0, -first); k < Math.min(weights.length, samples.length - first); k++) {
        sum += weights[k] * samples[first + k];
      }
      result[i] = (float) sum;
    }
    return result;
  }

  /** Of the samples around a place that lies {@code phase / up} behind one, the first of them {@code reach - 1} before that one. */
  private double[] weights(int phase) {
    double[] weights = new double[2 * reach];
    for (int k = 0; k < weights.length; k++) {
      double distance = k - reach + 1 - (double) phase / up;
      double x = distance * scale;
      double inside = 1 - x * x / ((double) ZEROS * ZEROS);
      double sinc = x == 0 ? 1 : StrictMath.sin(Math.PI * x) / (Math.PI * x);
      weights[k] = inside <= 0 ? 0 : scale * sinc * bessel(BETA * Math.sqrt(inside)) / bessel(BETA);
    }
    return weights;
  }

  /** The modified Bessel function I0 by its series Σ ((x/2)^k / k!)². */
  private static double bessel(double x) {
    double sum = 1;
    double term = 1;
    for (int k = 1; k < TERMS; k++) {
      term *= x / (2 * k);
      sum += term * term;
    }
    return sum;
  }
}
