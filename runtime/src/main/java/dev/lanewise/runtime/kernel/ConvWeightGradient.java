package dev.lanewise.runtime.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * The gradient of a convolution by its weights, one sum per lane:
 *
 * <pre>sums[o][c][ky][kx] += Σ_oy Σ_ox dy[o][oy][ox] · x[c][oy·stride + ky·dilation - padding][ox·stride + kx·dilation -
 * padding]</pre>
 *
 * <p>Layouts: x {@code [C][H][W][16]}, dy {@code [O][H'][W'][16]}, sums {@code [O·C·ky·kx][16]}; {@link LaneSums}
 * adds the lanes.
 *
 * <p>Positions that see the same taps form a group. It is taken in stretches, short enough for dy to stay in the
 * first-level cache while the taps of all channels pass over it; the taps of one channel follow each other, and so find
 * their x there.
 *
 * <p>Of 118 GFLOP/s, the peak at 512 bits, 5x5 of 1 to 10 channels reaches 74 %, of 10 to 20 79 %, 3x3 of 64 to 64
 * 55 to 67 %: its sums are larger than the second-level cache.
 */
public final class ConvWeightGradient {
  private static final int OUTPUTS = Lanes.LENGTH == 16 ? 4 : 2;
  private static final int TAPS = 5;
  /** Positions per stretch: 4 outputs of 64 bytes each make 16 KB. */
  private static final int STRETCH = 64;
  /** The same where the sums outgrow the second-level cache, and fewer passes over them count for more. */
  private static final int LONG_STRETCH = 128;
  private static final int MANY_SUMS = 1 << 17;

  /** Taps, two numbers each (offset in x, offset in sums), and the positions that see them (offsets in x and in dy). */
  private record Group(int[] taps, int[] inputs, int[] outputs) {}

  private final ConvShape shape;
  private final int row;
  private final int plane;
  private final int stretch;
  private final List<Group> groups = new ArrayList<>();

  /** Tables for the shape. */
  public ConvWeightGradient(ConvShape shape) {
    this.shape = shape;
    this.row = shape.inChannels() * shape.taps() * Lanes.BLOCK;
    this.plane = shape.outHeight() * shape.outWidth() * Lanes.BLOCK;
    this.stretch = shape.outChannels() * row > MANY_SUMS ? LONG_STRETCH : STRETCH;
    SeenTaps.rows(shape).forEach(
        (kys, ys) -> SeenTaps.columns(shape).forEach((kxs, xs) -> groups.add(group(kys, ys, kxs, xs))));
  }

  private Group group(List<Integer> kys, List<Integer> ys, List<Integer> kxs, List<Integer> xs) {
    int[] taps = new int[2 * shape.inChannels() * kys.size() * kxs.size()];
    int i = 0;
    for (int c = 0; c < shape.inChannels(); c++) {
      for (int ky : kys) {
        for (int kx : kxs) {
          taps[i++] = ((c * shape.height() + ky * shape.dilation()) * shape.width() + kx * shape.dilation()) * Lanes.BLOCK;
          taps[i++] = (c * shape.taps() + ky * shape.kernelWidth() + kx) * Lanes.BLOCK;
        }
      }
    }
    int[] inputs = new int[ys.size() * xs.size()];
    int[] outputs = new int[inputs.length];
    i = 0;
    for (int y : ys) {
      for (int x : xs) {
        int top = y * shape.stride() - shape.rowPadding();
        int left = x * shape.stride() - shape.padding();
        inputs[i] = (top * shape.width() + left) * Lanes.BLOCK;
        outputs[i++] = (y * shape.outWidth() + x) * Lanes.BLOCK;
      }
    }
    return new Group(taps, inputs, outputs);
  }

  /** Adds the gradient of this block to the sums. */
  public void run(float[] x, int xo, float[] dy, int dyo, float[] sums, int so) {
    for (int lane = 0; lane < Lanes.BLOCK; lane += Lanes.LENGTH) {
      for (Group group : groups) {
        int positions = group.inputs.length;
        int stretches = Math.max(1, (positions + stretch / 2) / stretch);
        for (int i = 0; i < stretches; i++) {
          int from = i * positions / stretches;
          int to = (i + 1) * positions / stretches;
          run(group, x, xo + lane, dy, dyo + lane, from, to, sums, so + lane);
        }
      }
    }
  }

  private void run(Group group, float[] x, int xo, float[] dy, int dyo, int from, int to, float[] sums, int so) {
    int taps = group.taps.length / 2;
    for (int o = 0; o < shape.outChannels(); ) {
      int left = shape.outChannels() - o;
      int height = left >= OUTPUTS ? OUTPUTS : left >= 2 ? 2 : 1;
      int di = dyo + o * plane;
      int si = so + o * row;
      int t = 0;
      for (; t + TAPS <= taps; t += TAPS) {
        five(height, group, x, xo, t, dy, di, from, to, sums, si);
      }
      for (; t < taps; t++) {
        one(height, group, x, xo, t, dy, di, from, to, sums, si);
      }
      o += height;
    }
  }

  private void five(int height, Group group, float[] x, int xo, int t, float[] dy, int dyo, int from, int to,
      float[] sums, int so) {
    int[] taps = group.taps;
    int[] in = group.inputs;
    int[] out = group.outputs;
    switch (height) {
      case 4 -> WeightGradientTiles.tile4x5(x, xo, taps, t, dy, dyo, plane, in, out, from, to, sums, so, row);
      case 2 -> WeightGradientTiles.tile2x5(x, xo, taps, t, dy, dyo, plane, in, out, from, to, sums, so, row);
      default -> WeightGradientTiles.tile1x5(x, xo, taps, t, dy, dyo, plane, in, out, from, to, sums, so, row);
    }
  }

  private void one(int height, Group group, float[] x, int xo, int t, float[] dy, int dyo, int from, int to,
      float[] sums, int so) {
    int[] taps = group.taps;
    int[] in = group.inputs;
    int[] out = group.outputs;
    switch (height) {
      case 4 -> WeightGradientTiles.tile4x1(x, xo, taps, t, dy, dyo, plane, in, out, from, to, sums, so, row);
      case 2 -> WeightGradientTiles.tile2x1(x, xo, taps, t, dy, dyo, plane, in, out, from, to, sums, so, row);
      default -> WeightGradientTiles.tile1x1(x, xo, taps, t, dy, dyo, plane, in, out, from, to, sums, so, row);
    }
  }
}
