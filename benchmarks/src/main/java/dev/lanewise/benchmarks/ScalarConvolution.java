package dev.lanewise.benchmarks;

import dev.lanewise.runtime.kernel.conv.ConvShape;
import java.util.Arrays;

/** The textbook's convolution and its gradients, one image after the other: {@code [n][C][H][W]}. */
final class ScalarConvolution {
  private ScalarConvolution() {}

  /** y = w * x. */
  static void forward(ConvShape s, int images, float[] x, float[] w, float[] y) {
    int yi = 0;
    for (int n = 0; n < images; n++) {
      for (int o = 0; o < s.outChannels(); o++) {
        for (int oy = 0; oy < s.outHeight(); oy++) {
          for (int ox = 0; ox < s.outWidth(); ox++) {
            y[yi++] = window(s, n, o, oy, ox, x, w);
          }
        }
      }
    }
  }

  private static float window(ConvShape s, int n, int o, int oy, int ox, float[] x, float[] w) {
    float sum = 0;
    for (int c = 0; c < s.inChannels(); c++) {
      for (int ky = 0; ky < s.kernelHeight(); ky++) {
        int row = oy * s.rows().stride() + ky * s.rows().dilation() - s.rows().padding();
        for (int kx = 0; kx < s.kernelWidth(); kx++) {
          int column = ox * s.columns().stride() + kx * s.columns().dilation() - s.columns().padding();
          if (row >= 0 && row < s.height() && column >= 0 && column < s.width()) {
            sum += x[input(s, n, c, row, column)] * w[weight(s, o, c, ky, kx)];
          }
        }
      }
    }
    return sum;
  }

  /** dx: every dy goes back through the weights of its window. */
  static void inputGradient(ConvShape s, int images, float[] dy, float[] w, float[] dx) {
    Arrays.fill(dx, 0);
    int i = 0;
    for (int n = 0; n < images; n++) {
      for (int o = 0; o < s.outChannels(); o++) {
        for (int oy = 0; oy < s.outHeight(); oy++) {
          for (int ox = 0; ox < s.outWidth(); ox++) {
            spread(s, n, o, oy, ox, dy[i++], w, dx);
          }
        }
      }
    }
  }

  private static void spread(ConvShape s, int n, int o, int oy, int ox, float d, float[] w, float[] dx) {
    for (int c = 0; c < s.inChannels(); c++) {
      for (int ky = 0; ky < s.kernelHeight(); ky++) {
        int row = oy * s.rows().stride() + ky * s.rows().dilation() - s.rows().padding();
        for (int kx = 0; kx < s.kernelWidth(); kx++) {
          int column = ox * s.columns().stride() + kx * s.columns().dilation() - s.columns().padding();
          if (row >= 0 && row < s.height() && column >= 0 && column < s.width()) {
            dx[input(s, n, c, row, column)] += d * w[weight(s, o, c, ky, kx)];
          }
        }
      }
    }
  }

  /** dw, summed over the images. */
  static void weightGradient(ConvShape s, int images, float[] x, float[] dy, float[] dw) {
    Arrays.fill(dw, 0);
    int i = 0;
    for (int n = 0; n < images; n++) {
      for (int o = 0; o < s.outChannels(); o++) {
        for (int oy = 0; oy < s.outHeight(); oy++) {
          for (int ox = 0; ox < s.outWidth(); ox++) {
            gather(s, n, o, oy, ox, dy[i++], x, dw);
          }
        }
      }
    }
  }

  private static void gather(ConvShape s, int n, int o, int oy, int ox, float d, float[] x, float[] dw) {
    for (int c = 0; c < s.inChannels(); c++) {
      for (int ky = 0; ky < s.kernelHeight(); ky++) {
        int row = oy * s.rows().stride() + ky * s.rows().dilation() - s.rows().padding();
        for (int kx = 0; kx < s.kernelWidth(); kx++) {
          int column = ox * s.columns().stride() + kx * s.columns().dilation() - s.columns().padding();
          if (row >= 0 && row < s.height() && column >= 0 && column < s.width()) {
            dw[weight(s, o, c, ky, kx)] += d * x[input(s, n, c, row, column)];
          }
        }
      }
    }
  }

  private static int input(ConvShape s, int n, int c, int row, int column) {
    return ((n * s.inChannels() + c) * s.height() + row) * s.width() + column;
  }

  private static int weight(ConvShape s, int o, int c, int ky, int kx) {
    return ((o * s.inChannels() + c) * s.kernelHeight() + ky) * s.kernelWidth() + kx;
  }
}
