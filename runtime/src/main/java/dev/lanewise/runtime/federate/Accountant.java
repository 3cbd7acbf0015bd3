package dev.lanewise.runtime.federate;

import java.util.stream.DoubleStream;

/**
 * How much of its clients a training gives away: Rényi differential privacy of the sampled Gaussian mechanism (Mironov, Talwar and Zhang 2019), where each client takes part by itself with probability q and noise of deviation sigma is added to a sum
 * that any client changes by a norm of 1 at most. Neighbours are two sets of clients of which one has a client more. Rounds add up; at the end (epsilon, delta) is the least that any order gives (Canonne, Kamath and Steinke 2020, proposition 12).
 *
 * <pre>{@code Accountant.epsilon(0.01, 1.1, 1_000, 1e-5) }</pre>
 */
public final class Accountant {
  /** Orders at which the divergence is taken: any would do, the best one gives the least. */
  private static final double[] ORDERS = DoubleStream.concat(
      DoubleStream.iterate(11, a -> a <= 109, a -> a + 1).map(a -> a / 10),
      DoubleStream.concat(DoubleStream.iterate(11, a -> a < 64, a -> a + 1), DoubleStream.of(64, 80, 96, 128, 192, 256, 384, 512))).toArray();
  /** Deviations beyond the ends of the integral, and how many pieces each is cut into: the sum of so smooth a bell is right to the last digits. */
  private static final int BEYOND = 14, PIECES = 32;

  private Accountant() {}

  /**
   * @param q the probability with which a client takes part in a round
   * @param sigma the deviation of the noise; 0 for none
   * @param delta how likely the guarantee may fail
   * @return infinite if nothing is guaranteed
   */
  public static double epsilon(double q, double sigma, int rounds, double delta) {
    if (rounds == 0 || q == 0) {
      return 0;
    }
    if (sigma == 0) {
      return Double.POSITIVE_INFINITY;
    }
    return DoubleStream.of(ORDERS).map(order -> epsilon(order, rounds * divergence(q, sigma, order), delta)).min().orElseThrow();
  }

  /** Of a divergence of one order: never below 0. */
  static double epsilon(double order, double divergence, double delta) {
    return Math.max(0, divergence + StrictMath.log1p(-1 / order) - StrictMath.log(delta * order) / (order - 1));
  }

  /**
   * The Rényi divergence of one round: log(A) / (order - 1), where A is the mean of ((1 - q) + q exp((2z - 1) / 2 sigma²))^order over normal z of deviation sigma (Mironov et al. 2019, section 3.2).
   *
   * @param order above 1
   */
  static double divergence(double q, double sigma, double order) {
    double step = sigma / PIECES, from = -BEYOND * sigma, end = order + BEYOND * sigma, peak = 0;
    int pieces = (int) Math.ceil((end - from) / step);
    double[] logs = new double[pieces + 1];
    for (int i = 0; i <= pieces; i++) {
      double z = from + i * step;
      logs[i] = order * log(q, (2 * z - 1) / (2 * sigma * sigma)) - z * z / (2 * sigma * sigma);
      peak = i == 0 ? logs[i] : Math.max(peak, logs[i]);
    }
    double sum = 0;
    for (double log : logs) {
      sum += StrictMath.exp(log - peak);
    }
    double a = peak + StrictMath.log(sum) - StrictMath.log(PIECES * StrictMath.sqrt(2 * Math.PI));
    return Math.max(0, a) / (order - 1);
  }

  /** log((1 - q) + q exp(x)). */
  private static double log(double q, double x) {
    return x > 0 ? x + StrictMath.log1p((1 - q) * StrictMath.expm1(-x)) : StrictMath.log1p(q * StrictMath.expm1(x));
  }
}
