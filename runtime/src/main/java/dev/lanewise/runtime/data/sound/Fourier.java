package dev.lanewise.runtime.data.sound;

/**
 * The discrete Fourier transform X[k] = Σ x[i] e^(-2πi·ik/n) of n complex numbers, for any n, in n log n steps: halves are transformed and put together
 * where n is a power of two (Cooley and Tukey 1965); any other n becomes a convolution, which takes transforms of powers of two (Bluestein 1970).
 *
 * <pre>{@code
 * double[] re = {1, 2, 3}, im = {0, 0, 0};
 * new Fourier(3).transform(re, im);     // re = 6, -1.5, -1.5
 * }</pre>
 */
final class Fourier {
  private final int n;
  /** e^(-2πi·k/n) for k below n/2; of other n than powers of two e^(-πi·k²/n) for k below n. */
  private final double[] cos;
  private final double[] sin;
  /** Where n is no power of two: of a longer transform, and of the other factor of the convolution. */
  private final Fourier longer;
  private final double[] chirpRe;
  private final double[] chirpIm;

  Fourier(int n) {
    this.n = n;
    boolean power = Integer.bitCount(n) == 1;
    int count = power ? Math.max(1, n / 2) : n;
    this.cos = new double[count];
    this.sin = new double[count];
    for (int k = 0; k < count; k++) {
      // k² is taken modulo 2n: the angle of a large number would be inexact.
      double angle = power ? -2 * Math.PI * k / n : -Math.PI * ((long) k * k % (2L * n)) / n;
      cos[k] = StrictMath.cos(angle);
      sin[k] = StrictMath.sin(angle);
    }
    this.longer = power ? null : new Fourier(Integer.highestOneBit(2 * n - 1) * 2);
    this.chirpRe = power ? null : new double[longer.n];
    this.chirpIm = power ? null : new double[longer.n];
    if (!power) {
      for (int k = 0; k < n; k++) {
        chirpRe[k] = cos[k];
        chirpIm[k] = -sin[k];
        chirpRe[(longer.n - k) % longer.n] = cos[k];
        chirpIm[(longer.n - k) % longer.n] = -sin[k];
      }
      longer.transform(chirpRe, chirpIm);
    }
  }

  /** In place. @param re n real parts @param im n imaginary parts */
  void transform(double[] re, double[] im) {
    if (longer == null) {
      halves(re, im);
    } else {
      chirped(re, im);
    }
  }

  /** In the order of their bits read backwards; then pairs, fours, eights … are put together. */
  private void halves(double[] re, double[] im) {
    for (int i = 0; i < n; i++) {
      int j = n == 1 ? 0 : Integer.reverse(i) >>> Integer.numberOfLeadingZeros(n) + 1;
      if (i < j) {
        swap(re, i, j);
        swap(im, i, j);
      }
    }
    for (int half = 1; half < n; half *= 2) {
      int step = n / (2 * half);
      for (int begin = 0; begin < n; begin += 2 * half) {
        for (int k = 0; k < half; k++) {
          int even = begin + k;
          int odd = even + half;
          double c = cos[k * step];
          double s = sin[k * step];
          double turnedRe = c * re[odd] - s * im[odd];
          double turnedIm = c * im[odd] + s * re[odd];
          re[odd] = re[even] - turnedRe;
          im[odd] = im[even] - turnedIm;
          re[even] += turnedRe;
          im[even] += turnedIm;
        }
      }
    }
  }

  private static void swap(double[] of, int i, int j) {
    double swapped = of[i];
    of[i] = of[j];
    of[j] = swapped;
  }

  /** By 2ik = i² + k² - (k - i)²: X[k] = w[k] Σ (x[i] w[i]) / w[k - i] with w[k] = e^(-πi·k²/n), a convolution. */
  private void chirped(double[] re, double[] im) {
    double[] a = new double[longer.n];
    double[] b = new double[longer.n];
    for (int i = 0; i < n; i++) {
      a[i] = cos[i] * re[i] - sin[i] * im[i];
      b[i] = cos[i] * im[i] + sin[i] * re[i];
    }
    longer.transform(a, b);
    for (int i = 0; i < longer.n; i++) {
      double product = a[i] * chirpRe[i] - b[i] * chirpIm[i];
      // Conjugated: the transform of the conjugate is the way back, conjugated.
      b[i] = -(a[i] * chirpIm[i] + b[i] * chirpRe[i]);
      a[i] = product;
    }
    longer.transform(a, b);
    for (int k = 0; k < n; k++) {
      double backRe = a[k] / longer.n;
      double backIm = -b[k] / longer.n;
      re[k] = cos[k] * backRe - sin[k] * backIm;
      im[k] = cos[k] * backIm + sin[k] * backRe;
    }
  }
}
