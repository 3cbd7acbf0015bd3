package dev.lanewise.runtime.data.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FourierTest {
  private static double[] numbers(int n, long seed) {
    return new Random(seed).doubles(n, -1, 1).toArray();
  }

  private static double squares(double[] re, double[] im) {
    return DoubleStream.of(re).map(v -> v * v).sum() + DoubleStream.of(im).map(v -> v * v).sum();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 12, 16, 31, 64, 100, 127, 200, 251, 256})
  void itIsTheSumThatDefinesIt(int n) {
    double[] re = numbers(n, n);
    double[] im = numbers(n, 2L * n);
    double[] x = re.clone();
    double[] y = im.clone();
    new Fourier(n).transform(re, im);
    for (int k = 0; k < n; k++) {
      double sumRe = 0;
      double sumIm = 0;
      for (int i = 0; i < n; i++) {
        double angle = -2 * Math.PI * ((long) i * k % n) / n;
        sumRe += x[i] * Math.cos(angle) - y[i] * Math.sin(angle);
        sumIm += y[i] * Math.cos(angle) + x[i] * Math.sin(angle);
      }
      assertThat(re[k]).as("%d of %d", k, n).isCloseTo(sumRe, within(1e-11 * n));
      assertThat(im[k]).as("%d of %d", k, n).isCloseTo(sumIm, within(1e-11 * n));
    }
  }

  /** Parseval: Σ |X|² = n Σ |x|². */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 48, 255, 256, 257, 1_000, 1_024, 4_099})
  void powersAreKept(int n) {
    double[] re = numbers(n, n);
    double[] im = numbers(n, 2L * n);
    double before = squares(re, im);
    new Fourier(n).transform(re, im);
    assertThat(squares(re, im) / n).isCloseTo(before, within(1e-9 * before));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 6, 32, 101, 360})
  void sumsBecomeSums(int n) {
    double[][] a = {numbers(n, 1), numbers(n, 2)};
    double[][] b = {numbers(n, 3), numbers(n, 4)};
    double[] re = new double[n];
    double[] im = new double[n];
    for (int i = 0; i < n; i++) {
      re[i] = 2 * a[0][i] - 3 * b[0][i];
      im[i] = 2 * a[1][i] - 3 * b[1][i];
    }
    Fourier fourier = new Fourier(n);
    fourier.transform(a[0], a[1]);
    fourier.transform(b[0], b[1]);
    fourier.transform(re, im);
    for (int k = 0; k < n; k++) {
      assertThat(re[k]).isCloseTo(2 * a[0][k] - 3 * b[0][k], within(1e-10 * n));
      assertThat(im[k]).isCloseTo(2 * a[1][k] - 3 * b[1][k], within(1e-10 * n));
    }
  }
}
