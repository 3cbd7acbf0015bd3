package dev.lanewise.runtime.federate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against published figures, and the formulas of the papers where these have a closed form. */
class AccountantTest {
  /** Of the tests of Google's dp_accounting (rdp_privacy_accountant_test.py, test_compute_rdp_poisson_sampled_gaussian) and of TensorFlow Privacy (rdp_accountant_test.py, test_compute_rdp_scalar). */
  @ParameterizedTest
  @CsvSource({
    "0.01, 2.5, 50, 2.5, 1.08548710e-03", "0.01, 2.5, 50, 5, 2.18075656e-03", "0.01, 2.5, 50, 50, 2.38460375e-02", "0.01, 2.5, 50, 100, 1.67416308e+02",
    "0.1, 2, 10, 5, 0.07737"
  })
  void divergencesAreThosePublished(double q, double sigma, int rounds, double order, double published) {
    assertThat(rounds * Accountant.divergence(q, sigma, order)).isCloseTo(published, within(1e-4 * published));
  }

  /** At 1.5 the first of these tests has 6.70579741e-04, a bound: it adds up the series for broken orders without its signs. The second one, 0.00065, has them. */
  @Test
  void brokenOrdersHaveTheirSigns() {
    assertThat(50 * Accountant.divergence(0.01, 2.5, 1.5)).isCloseTo(0.00065, within(1e-6));
  }

  /** Of TensorFlow Privacy's compute_dp_sgd_privacy_test.py, Test0 and Test1: examples, batch, noise, epochs, delta; best at orders 19 and 13. */
  @ParameterizedTest
  @CsvSource({"60000, 150, 1.3, 15, 1e-5, 0.7242234026109595", "100000, 100, 1.0, 30, 1e-7, 1.4154988495444845"})
  void epsilonsAreThosePublished(int examples, int batch, double noise, int epochs, double delta, double published) {
    int steps = (int) Math.ceil((double) epochs * examples / batch);
    assertThat(Accountant.epsilon((double) batch / examples, noise, steps, delta)).isCloseTo(published, within(1e-7));
  }

  /** The noise for exactly (1, 1e-6), also of dp_accounting (test_compute_epsilon_delta_gaussian), which tries orders a thousandth apart. */
  @Test
  void noiseWithoutSampling() {
    assertThat(Accountant.epsilon(1, 4.530877117, 1, 1e-6)).isBetween(1 - 1e-6, 1.001);
  }

  /** The sum over the binomial distribution, for whole orders (Mironov et al. 2019, section 3.3); alpha / 2 sigma² where everybody takes part. */
  @ParameterizedTest
  @CsvSource({"1e-4, 1, 2", "0.01, 1.1, 20", "0.1, 0.5, 8", "0.1, 4, 256", "0.9, 0.7, 32", "1, 1.3, 17"})
  void theIntegralIsTheSum(double q, double sigma, int order) {
    double[] logs = IntStream.rangeClosed(0, order).mapToDouble(k -> logChoose(order, k) + (k < order ? (order - k) * Math.log1p(-q) : 0) + k * Math.log(q) + (k * k - k) / (2 * sigma * sigma)).toArray();
    double most = IntStream.rangeClosed(0, order).mapToDouble(k -> logs[k]).max().orElseThrow();
    double sum = IntStream.rangeClosed(0, order).mapToDouble(k -> Math.exp(logs[k] - most)).sum();
    double expected = q == 1 ? order / (2 * sigma * sigma) : (most + Math.log(sum)) / (order - 1);
    assertThat(Accountant.divergence(q, sigma, order)).isCloseTo(expected, within(1e-9 * Math.max(1, expected)));
  }

  private static double logChoose(int n, int k) {
    return IntStream.rangeClosed(1, k).mapToDouble(i -> Math.log(n - k + i) - Math.log(i)).sum();
  }

  /** More rounds, more clients or less noise give more away; without noise nothing is hidden. */
  @Test
  void whatGivesMoreAway() {
    double some = Accountant.epsilon(0.1, 1, 50, 1e-5);
    assertThat(Accountant.epsilon(0.1, 1, 51, 1e-5)).isGreaterThan(some);
    assertThat(Accountant.epsilon(0.2, 1, 50, 1e-5)).isGreaterThan(some);
    assertThat(Accountant.epsilon(0.1, 0.9, 50, 1e-5)).isGreaterThan(some);
    assertThat(Accountant.epsilon(0.1, 1, 50, 1e-6)).isGreaterThan(some);
    assertThat(Accountant.epsilon(0.1, 1, 0, 1e-5)).isZero();
    assertThat(new Privacy(1, 0, 1e-5).spent(0.1, 1).epsilon()).isInfinite();
  }
}
