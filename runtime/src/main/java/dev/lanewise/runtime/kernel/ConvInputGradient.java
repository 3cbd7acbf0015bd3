package dev.lanewise.runtime.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The gradient of a convolution by its input:
 *
 * <pre>dx[c][y][x] = Σ_o Σ_ky Σ_kx w[o][c][ky][kx] · dy[o][(y + padding - ky) / stride][(x + padding - kx) /
 * stride]</pre>
 *
 * over the taps for which both divisions are exact and fall inside dy. Layouts: dy {@code [O][H'][W'][16]}, dx
 * {@code [C][H][W][16]}. Pixels whose coordinates leave the same remainder see the same taps.
 */
public final class ConvInputGradient {
  private final ConvShape shape;
  private final TapSum sum;

  /** Tables for the shape. */
  public ConvInputGradient(ConvShape shape) {
    this.shape = shape;
    this.sum = new TapSum(shape.inChannels(), shape.outChannels(), shape.taps(),
        shape.outHeight() * shape.outWidth() * Lanes.BLOCK, shape.height() * shape.width() * Lanes.BLOCK);
    Map<List<Integer>, List<Integer>> rows = reach(shape.height(), shape.outHeight(), shape.kernelHeight());
    Map<List<Integer>, List<Integer>> columns = reach(shape.width(), shape.outWidth(), shape.kernelWidth());
    rows.forEach((kys, ys) -> columns.forEach((kxs, xs) -> addGroup(kys, ys, kxs, xs)));
  }

  /** The number of floats of the packed weights. */
  public int packedSize() {
    return sum.packedSize();
  }

  /** Packs weights {@code [O][C][ky][kx]} into the order in which {@link #run} reads them. */
  public void pack(float[] weight, int wo, float[] packed, int po) {
    for (int o = 0, i = wo; o < shape.outChannels(); o++) {
      for (int c = 0; c < shape.inChannels(); c++) {
        for (int tap = 0; tap < shape.taps(); tap++) {
          packed[po + sum.packedIndex(c, o, tap)] = weight[i++];
        }
      }
    }
  }

  /** Computes dx from dy. */
  public void run(float[] dy, int dyo, float[] packed, int po, float[] dx, int dxo) {
    sum.run(dy, dyo, packed, po, packed, -1, dx, dxo, false);
  }

  /** Coordinates along one axis, by the taps through which a result is reached. */
  private Map<List<Integer>, List<Integer>> reach(int in, int out, int kernel) {
    Map<List<Integer>, List<Integer>> byTaps = new LinkedHashMap<>();
    for (int at = 0; at < in; at++) {
      List<Integer> seen = new ArrayList<>();
      for (int k = 0; k < kernel; k++) {
        int scaled = at + shape.padding() - k;
        if (scaled >= 0 && scaled % shape.stride() == 0 && scaled / shape.stride() < out) {
          seen.add(k);
        }
      }
      byTaps.computeIfAbsent(seen, key -> new ArrayList<>()).add(at);
    }
    return byTaps;
  }

  private void addGroup(List<Integer> kys, List<Integer> ys, List<Integer> kxs, List<Integer> xs) {
    int[] seen = new int[kys.size() * kxs.size()];
    int[] offsets = new int[seen.length];
    int t = 0;
    for (int ky : kys) {
      for (int kx : kxs) {
        seen[t] = ky * shape.kernelWidth() + kx;
        offsets[t++] = -(ky / shape.stride() * shape.outWidth() + kx / shape.stride()) * Lanes.BLOCK;
      }
    }
    // With y + padding = stride·q + r, every tap seen has ky = stride·j + r, so that the row of dy is q - j.
    List<TapSum.Position> positions = new ArrayList<>();
    for (int y : ys) {
      for (int x : xs) {
        int row = (y + shape.padding()) / shape.stride();
        int column = (x + shape.padding()) / shape.stride();
        positions.add(new TapSum.Position(
            (row * shape.outWidth() + column) * Lanes.BLOCK, (y * shape.width() + x) * Lanes.BLOCK));
      }
    }
    sum.add(seen, offsets, positions);
  }
}
