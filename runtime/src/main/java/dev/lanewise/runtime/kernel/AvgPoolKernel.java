package dev.lanewise.runtime.kernel;

import static dev.lanewise.runtime.kernel.Lanes.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Average pooling: y[c][oy][ox] = Σ_ky Σ_kx x[c][oy·stride + ky - padding][ox·stride + kx - padding] / size², and its
 * gradient. Padding counts as zeros, as in PyTorch.
 *
 * <p>Layouts: x {@code [C][H][W][16]}, y {@code [C][H'][W'][16]}.
 */
public final class AvgPoolKernel {
  private AvgPoolKernel() {}

  /** Computes y. */
  public static void forward(PoolShape s, float[] in, int xo, float[] out, int yo) {
    int outHeight = s.outHeight();
    int outWidth = s.outWidth();
    for (int lane = 0; lane < Lanes.BLOCK; lane += Lanes.LENGTH) {
      for (int c = 0; c < s.channels(); c++) {
        int plane = xo + c * s.height() * s.width() * Lanes.BLOCK + lane;
        int i = c * outHeight * outWidth * Lanes.BLOCK + lane;
        for (int y = 0; y < outHeight; y++) {
          for (int x = 0; x < outWidth; x++, i += Lanes.BLOCK) {
            window(s, in, plane, y, x, out, yo + i);
          }
        }
      }
    }
  }

  private static void window(PoolShape s, float[] in, int plane, int y, int x, float[] out, int yi) {
    int top = y * s.stride() - s.padding();
    int left = x * s.stride() - s.padding();
    int bottom = Math.min(top + s.size(), s.height());
    int right = Math.min(left + s.size(), s.width());
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int row = Math.max(top, 0); row < bottom; row++) {
      for (int column = Math.max(left, 0); column < right; column++) {
        sum = FloatVector.fromArray(SPECIES, in, plane + (row * s.width() + column) * Lanes.BLOCK).add(sum);
      }
    }
    sum.mul(1f / (s.size() * s.size())).intoArray(out, yi);
  }

  /** Computes dx: each dy is shared by its window. */
  public static void gradient(PoolShape s, float[] dy, int dyo, float[] dx, int dxo) {
    Arrays.fill(dx, dxo, dxo + s.channels() * s.height() * s.width() * Lanes.BLOCK, 0f);
    int outHeight = s.outHeight();
    int outWidth = s.outWidth();
    for (int lane = 0; lane < Lanes.BLOCK; lane += Lanes.LENGTH) {
      for (int c = 0; c < s.channels(); c++) {
        int plane = dxo + c * s.height() * s.width() * Lanes.BLOCK + lane;
        int i = c * outHeight * outWidth * Lanes.BLOCK + lane;
        for (int y = 0; y < outHeight; y++) {
          for (int x = 0; x < outWidth; x++, i += Lanes.BLOCK) {
            spread(s, dy, dyo + i, dx, plane, y, x);
          }
        }
      }
    }
  }

  private static void spread(PoolShape s, float[] dy, int di, float[] dx, int plane, int y, int x) {
    int top = y * s.stride() - s.padding();
    int left = x * s.stride() - s.padding();
    int bottom = Math.min(top + s.size(), s.height());
    int right = Math.min(left + s.size(), s.width());
    FloatVector d = FloatVector.fromArray(SPECIES, dy, di).mul(1f / (s.size() * s.size()));
    for (int row = Math.max(top, 0); row < bottom; row++) {
      for (int column = Math.max(left, 0); column < right; column++) {
        int at = plane + (row * s.width() + column) * Lanes.BLOCK;
        FloatVector.fromArray(SPECIES, dx, at).add(d).intoArray(dx, at);
      }
    }
  }
}
