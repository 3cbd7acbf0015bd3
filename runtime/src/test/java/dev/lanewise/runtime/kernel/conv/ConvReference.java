package dev.lanewise.runtime.kernel.conv;

/** The textbook's convolution and its gradients, in double, on the layout of the kernels. */
public final class ConvReference {
  /** One multiply-add of the convolution: the places of its result, weight and input. */
  private interface Term {
    void at(int y, int w, int x);
  }

  private ConvReference() {}

  public static double[] forward(ConvShape s, float[] x, int xo, float[] w, float[] bias) {
    double[] y = new double[s.outChannels() * s.outHeight() * s.outWidth() * 16];
    for (int i = 0; i < y.length && bias != null; i++) {
      y[i] = bias[i / 16 / (s.outHeight() * s.outWidth())];
    }
    forEach(s, (yi, wi, xi) -> y[yi] += (double) w[wi] * x[xo + xi]);
    return y;
  }

  static double[] inputGradient(ConvShape s, float[] dy, int dyo, float[] w) {
    double[] dx = new double[s.inChannels() * s.height() * s.width() * 16];
    forEach(s, (yi, wi, xi) -> dx[xi] += (double) w[wi] * dy[dyo + yi]);
    return dx;
  }

  static double[] weightGradient(ConvShape s, float[] x, int xo, float[] dy, int dyo) {
    double[] sums = new double[s.outChannels() * s.inChannels() * s.kernelHeight() * s.kernelWidth() * 16];
    forEach(s, (yi, wi, xi) -> sums[wi * 16 + yi % 16] += (double) dy[dyo + yi] * x[xo + xi]);
    return sums;
  }

  private static void forEach(ConvShape s, Term term) {
    for (int o = 0; o < s.outChannels(); o++) {
      for (int oy = 0; oy < s.outHeight(); oy++) {
        for (int ox = 0; ox < s.outWidth(); ox++) {
          for (int c = 0; c < s.inChannels(); c++) {
            for (int ky = 0; ky < s.kernelHeight(); ky++) {
              for (int kx = 0; kx < s.kernelWidth(); kx++) {
                int row = oy * s.rows().stride() + ky * s.rows().dilation() - s.rows().padding();
                int column = ox * s.columns().stride() + kx * s.columns().dilation() - s.columns().padding();
                if (row >= 0 && row < s.height() && column >= 0 && column < s.width()) {
                  for (int n = 0; n < 16; n++) {
                    term.at(((o * s.outHeight() + oy) * s.outWidth() + ox) * 16 + n,
                        ((o * s.inChannels() + c) * s.kernelHeight() + ky) * s.kernelWidth() + kx,
                        ((c * s.height() + row) * s.width() + column) * 16 + n);
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}
