package dev.lanewise.runtime.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The gradient of a convolution by its weights, one sum per lane:
 *
 * <pre>sums[o][c][ky][kx] += Σ_oy Σ_ox dy[o][oy][ox] · x[c][oy·stride + ky - padding][ox·stride + kx - padding]</pre>
 *
 * <p>Layouts: x {@code [C][H][W][16]}, dy {@code [O][H'][W'][16]}, sums {@code [O·C·ky·kx][16]}; {@link LaneSums} adds the lanes.
 *
 * <p>Taps that meet the image at the same positions form a group. A stretch of positions is short enough for its dy to stay in
 * the first-level cache while all the taps pass over it.
 */
public final class ConvWeightGradient {
  private static final int OUTPUTS = Lanes.LENGTH == 16 ? 4 : 2;
  private static final int TAPS = 5;
  /** Positions per stretch: 4 outputs of 64 bytes each make 16 KB. */
  private static final int STRETCH = 64;

  /** Taps, two numbers each (offset in x, offset in sums), and the positions they meet (offsets in x and in dy). */
  private record Group(int[] taps, int[] inputs, int[] outputs) {}

  /** The positions [from, to) along one axis at which a tap lies inside the image. */
  private record Range(int from, int to) {}

  private final ConvShape shape;
  private final int row;
  private final int plane;
  private final List<Group> groups = new ArrayList<>();

  /** Tables for the shape. */
  public ConvWeightGradient(ConvShape shape) {
    this.shape = shape;
    this.row = shape.inChannels() * shape.taps() * Lanes.BLOCK;
    this.plane = shape.outHeight() * shape.outWidth() * Lanes.BLOCK;
    Map<List<Range>, List<Integer>> byRange = new LinkedHashMap<>();
    for (int tap = 0; tap < shape.inChannels() * shape.taps(); tap++) {
      int ky = tap % shape.taps() / shape.kernelWidth();
      Range rows = range(ky, shape.height(), shape.outHeight());
      Range columns = range(tap % shape.kernelWidth(), shape.width(), shape.outWidth());
      byRange.computeIfAbsent(List.of(rows, columns), key -> new ArrayList<>()).add(tap);
    }
    byRange.forEach((ranges, taps) -> groups.add(group(taps, ranges.get(0), ranges.get(1))));
  }

  private Range range(int k, int in, int out) {
    int from = 0;
    while (from < out && from * shape.stride() + k - shape.padding() < 0) {
      from++;
    }
    int to = out;
    while (to > from && (to - 1) * shape.stride() + k - shape.padding() >= in) {
      to--;
    }
    return new Range(from, to);
  }

  private Group group(List<Integer> seen, Range rows, Range columns) {
    int[] taps = new int[2 * seen.size()];
    for (int i = 0; i < seen.size(); i++) {
      int tap = seen.get(i);
      int c = tap / shape.taps();
      int y = tap % shape.taps() / shape.kernelWidth() - shape.padding();
      int x = tap % shape.kernelWidth() - shape.padding();
      taps[2 * i] = ((c * shape.height() + y) * shape.width() + x) * Lanes.BLOCK;
      taps[2 * i + 1] = tap * Lanes.BLOCK;
    }
    int width = columns.to - columns.from;
    int[] inputs = new int[(rows.to - rows.from) * width];
    int[] outputs = new int[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      int y = rows.from + i / width;
      int x = columns.from + i % width;
      inputs[i] = (y * shape.width() + x) * shape.stride() * Lanes.BLOCK;
      outputs[i] = (y * shape.outWidth() + x) * Lanes.BLOCK;
    }
    return new Group(taps, inputs, outputs);
  }

  /** Adds the gradient of this block to the sums. */
  public void run(float[] x, int xo, float[] dy, int dyo, float[] sums, int so) {
    for (int lane = 0; lane < Lanes.BLOCK; lane += Lanes.LENGTH) {
      for (Group group : groups) {
        for (int from = 0; from < group.inputs.length; from += STRETCH) {
          int to = Math.min(from + STRETCH, group.inputs.length);
          run(group, x, xo + lane, dy, dyo + lane, from, to, sums, so + lane);
        }
      }
    }
  }

  private void run(Group group, float[] x, int xo, float[] dy, int dyo, int from, int to, float[] sums, int so) {
    for (int o = 0; o < shape.outChannels(); ) {
      int left = shape.outChannels() - o;
      int height = left >= OUTPUTS ? OUTPUTS : left >= 2 ? 2 : 1;
      int taps = group.taps.length / 2;
      int t = 0;
      for (; t + TAPS <= taps; t += TAPS) {
        five(height, x, xo, group.taps, t, dy, dyo + o * plane, group.inputs, group.outputs, from, to, sums, so + o * row);
      }
      for (; t < taps; t++) {
        one(height, x, xo, group.taps, t, dy, dyo + o * plane, group.inputs, group.outputs, from, to, sums, so + o * row);
      }
      o += height;
    }
  }

  private void five(int height, float[] x, int xo, int[] taps, int t, float[] dy, int dyo, int[] inputs, int[] outputs, int from,
      int to, float[] sums, int so) {
    switch (height) {
      case 4 -> WeightGradientTiles.tile4x5(x, xo, taps, t, dy, dyo, plane, inputs, outputs, from, to, sums, so, row);
      case 2 -> WeightGradientTiles.tile2x5(x, xo, taps, t, dy, dyo, plane, inputs, outputs, from, to, sums, so, row);
      default -> WeightGradientTiles.tile1x5(x, xo, taps, t, dy, dyo, plane, inputs, outputs, from, to, sums, so, row);
    }
  }

  private void one(int height, float[] x, int xo, int[] taps, int t, float[] dy, int dyo, int[] inputs, int[] outputs, int from,
      int to, float[] sums, int so) {
    switch (height) {
      case 4 -> WeightGradientTiles.tile4x1(x, xo, taps, t, dy, dyo, plane, inputs, outputs, from, to, sums, so, row);
      case 2 -> WeightGradientTiles.tile2x1(x, xo, taps, t, dy, dyo, plane, inputs, outputs, from, to, sums, so, row);
      default -> WeightGradientTiles.tile1x1(x, xo, taps, t, dy, dyo, plane, inputs, outputs, from, to, sums, so, row);
    }
  }
}
