package dev.lanewise.runtime.data.sound;

/**
 * The power of each frequency in each piece of a sound: |Σ window[i] x[i] e^(-2πi·ik/n)|². Pieces of n samples lie around every hop-th sample, from the
 * first on; beyond the ends there is silence. The window is Hann's, as it is for periods: sin²(πi/n). librosa's {@code stft} does the same.
 */
final class Spectrogram {
  private final int n;
  private final int hop;
  private final double[] window;
  private final Fourier fourier;

  /** @param n samples of a piece @param hop samples from one piece to the next */
  Spectrogram(int n, int hop) {
    this.n = n;
    this.hop = hop;
    this.fourier = new Fourier(n);
    this.window = new double[n];
    for (int i = 0; i < n; i++) {
      window[i] = 0.5 - 0.5 * StrictMath.cos(2 * Math.PI * i / n);
    }
  }

  /** How many frequencies are told apart, from 0 to half the rate. */
  static int frequencies(int n) {
    return n / 2 + 1;
  }

  /** The last one still has as many samples behind its middle as before it, if there are so many and silence behind the end. */
  static int pieces(int samples, int n, int hop) {
    return 1 + (samples - n % 2) / hop;
  }

  /** [piece][frequency]. */
  double[][] of(float[] samples) {
    double[][] powers = new double[pieces(samples.length, n, hop)][frequencies(n)];
    double[] re = new double[n];
    double[] im = new double[n];
    for (int p = 0; p < powers.length; p++) {
      int first = p * hop - n / 2;
      for (int i = 0; i < n; i++) {
        int at = first + i;
        re[i] = at < 0 || at >= samples.length ? 0 : window[i] * samples[at];
        im[i] = 0;
      }
      fourier.transform(re, im);
      for (int k = 0; k < powers[p].length; k++) {
        powers[p][k] = re[k] * re[k] + im[k] * im[k];
      }
    }
    return powers;
  }
}
