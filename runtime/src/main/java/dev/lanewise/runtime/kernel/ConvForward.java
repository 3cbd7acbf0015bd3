package dev.lanewise.runtime.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * Convolution, optionally with ReLU and 2x2 max-pooling in the same pass:
 *
 * <pre>y[o][oy][ox] = bias[o] + Σ_c Σ_ky Σ_kx w[o][c][ky][kx] · x[c][oy·stride + ky - padding][ox·stride + kx -
 * padding]</pre>
 *
 * <p>Layouts: x {@code [C][H][W][16]}, w as PyTorch's {@code [O][C][ky][kx]}, packed once per step, y {@code
 * [O][H'][W'][16]}.
 */
public final class ConvForward {
  private final ConvShape shape;
  private final TapSum sum;
  private final boolean relu;
  private final boolean pool;

  /** A convolution, with {@code pool} then the maximum of 2x2 windows, two apart; with {@code relu} then max(0, ·). */
  public ConvForward(ConvShape shape, boolean relu, boolean pool) {
    if (pool && !canPool(shape)) {
      throw new IllegalArgumentException("a convolution with padding cannot pool its result: " + shape);
    }
    this.shape = shape;
    this.relu = relu;
    this.pool = pool;
    int outPlane = pool ? (shape.outHeight() / 2) * (shape.outWidth() / 2) : shape.outHeight() * shape.outWidth();
    this.sum = new TapSum(shape.outChannels(), shape.inChannels(), shape.taps(),
        shape.height() * shape.width() * Lanes.BLOCK, outPlane * Lanes.BLOCK);
    if (pool) {
      addWindows();
    } else {
      addPositions();
    }
  }

  /** Whether max-pooling can be part of the convolution: only where all positions see all taps. */
  public static boolean canPool(ConvShape shape) {
    return shape.padding() == 0;
  }

  /** The number of floats of the packed weights. */
  public int packedSize() {
    return sum.packedSize();
  }

  /** Packs weights {@code [O][C][ky][kx]} into the order in which {@link #run} reads them. */
  public void pack(float[] weight, int wo, float[] packed, int po) {
    for (int m = 0, i = wo; m < shape.outChannels(); m++) {
      for (int c = 0; c < shape.inChannels(); c++) {
        for (int tap = 0; tap < shape.taps(); tap++) {
          packed[po + sum.packedIndex(m, c, tap)] = weight[i++];
        }
      }
    }
  }

  /** Computes y from x; {@code bo} is -1 without bias; argmax gets the winning position 0..3 of each pooled window. */
  public void run(float[] x, int xo, float[] packed, int po, float[] bias, int bo, float[] y, int yo, float[] argmax,
      int ao) {
    if (pool) {
      sum.runPooled(x, xo, packed, po, bias, bo, y, yo, argmax, ao, relu);
    } else {
      sum.run(x, xo, packed, po, bias, bo, y, yo, relu);
    }
  }

  private void addWindows() {
    int width = shape.width();
    List<TapSum.Position> positions = new ArrayList<>();
    for (int py = 0; py < shape.outHeight() / 2; py++) {
      for (int px = 0; px < shape.outWidth() / 2; px++) {
        for (int i = 0; i < 4; i++) {
          int row = (2 * py + i / 2) * shape.stride();
          int column = (2 * px + i % 2) * shape.stride();
          int output = py * (shape.outWidth() / 2) + px;
          positions.add(new TapSum.Position((row * width + column) * Lanes.BLOCK, output * Lanes.BLOCK));
        }
      }
    }
    int[] seen = new int[shape.taps()];
    int[] offsets = new int[shape.taps()];
    for (int tap = 0; tap < seen.length; tap++) {
      seen[tap] = tap;
      offsets[tap] = (tap / shape.kernelWidth() * width + tap % shape.kernelWidth()) * Lanes.BLOCK;
    }
    sum.add(seen, offsets, positions);
  }

  private void addPositions() {
    SeenTaps.rows(shape).forEach(
        (kys, ys) -> SeenTaps.columns(shape).forEach((kxs, xs) -> addGroup(kys, ys, kxs, xs)));
  }

  private void addGroup(List<Integer> kys, List<Integer> ys, List<Integer> kxs, List<Integer> xs) {
    int[] seen = new int[kys.size() * kxs.size()];
    int[] offsets = new int[seen.length];
    int t = 0;
    for (int ky : kys) {
      for (int kx : kxs) {
        seen[t] = ky * shape.kernelWidth() + kx;
        offsets[t++] = (ky * shape.width() + kx) * Lanes.BLOCK;
      }
    }
    List<TapSum.Position> positions = new ArrayList<>();
    for (int y : ys) {
      for (int x : xs) {
        int row = y * shape.stride() - shape.padding();
        int column = x * shape.stride() - shape.padding();
        positions.add(new TapSum.Position(
            (row * shape.width() + column) * Lanes.BLOCK, (y * shape.outWidth() + x) * Lanes.BLOCK));
      }
    }
    sum.add(seen, offsets, positions);
  }
}
