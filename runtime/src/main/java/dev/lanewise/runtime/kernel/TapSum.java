package dev.lanewise.runtime.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * A sum over the taps of a window, the form that a convolution and its input gradient share:
 *
 * <pre>y[m][position] = bias[m] + Σ_c Σ_tap w[m][c][tap] · x[c][position + tap]</pre>
 *
 * <p>Padding clips the window at the edges. So the positions are grouped by the taps they see: inside a group every position
 * has the same terms, any four make a tile, and nothing is padded, copied or multiplied by zero.
 *
 * <p>Weights are packed {@code [tile of outputs][c][tap][outputs of the tile]}.
 */
final class TapSum {
  /** Outputs per tile: 16 accumulators where there are 32 registers, 8 where there are 16. */
  private static final int OUTPUTS = Lanes.LENGTH == 16 ? 4 : 2;

  /**
   * The positions that see the same taps: the terms of their sums, and their places, four at a time as tiles of {@link TapTiles#STEP}, or
   * one at a time as pairs.
   */
  private record Group(int[] inputs, int[] weights, int[] tiles, int[] singles) {}

  /** Where a position lies in x and y, and what it adds to a tap's offset. */
  record Position(int input, int output) {}

  private final int outputs;
  private final int channels;
  private final int taps;
  private final int inPlane;
  private final int outPlane;
  private final List<Group> groups = new ArrayList<>();

  /** A sum for {@code outputs} results over {@code channels} planes of {@code inPlane} floats, giving planes of outPlane. */
  TapSum(int outputs, int channels, int taps, int inPlane, int outPlane) {
    this.outputs = outputs;
    this.channels = channels;
    this.taps = taps;
    this.inPlane = inPlane;
    this.outPlane = outPlane;
  }

  /**
   * Adds positions that see these taps at these offsets. Each four in a row form a tile; one or two that are left go one by one, since a
   * tile would compute them four times over (the corners of a 5x5 input gradient: 233 us a block so, 135 us one by one).
   */
  void add(int[] seen, int[] offsets, List<Position> positions) {
    int[] inputs = new int[channels * seen.length];
    int[] weights = new int[inputs.length];
    for (int c = 0, i = 0; c < channels; c++) {
      for (int t = 0; t < seen.length; t++, i++) {
        inputs[i] = c * inPlane + offsets[t];
        weights[i] = c * taps + seen[t];
      }
    }
    int count = (positions.size() + 1) / 4;
    int[] tiles = new int[count * TapTiles.STEP];
    for (int i = 0; i < count * 4; i++) {
      Position position = positions.get(Math.min(i, positions.size() - 1));
      tiles[i / 4 * TapTiles.STEP + i % 4] = position.input;
      tiles[i / 4 * TapTiles.STEP + 4 + i % 4] = position.output;
    }
    int[] singles = new int[2 * Math.max(0, positions.size() - 4 * count)];
    for (int i = 0; i < singles.length; i += 2) {
      singles[i] = positions.get(4 * count + i / 2).input;
      singles[i + 1] = positions.get(4 * count + i / 2).output;
    }
    groups.add(new Group(inputs, weights, tiles, singles));
  }

  int packedSize() {
    return outputs * channels * taps;
  }

  /** The place of w[m][c][tap] among the packed weights. */
  int packedIndex(int m, int c, int tap) {
    int first = 0;
    int tile = tile(first);
    while (first + tile <= m) {
      first += tile;
      tile = tile(first);
    }
    return first * channels * taps + (c * taps + tap) * tile + m - first;
  }

  private int tile(int first) {
    int left = outputs - first;
    return left >= OUTPUTS ? OUTPUTS : left >= 2 ? 2 : 1;
  }

  /** Computes y; with {@code relu} max(0, ·). */
  void run(float[] x, int xo, float[] packed, int po, float[] bias, int bo, float[] y, int yo, boolean relu) {
    for (int lane = 0; lane < Lanes.BLOCK; lane += Lanes.LENGTH) {
      for (Group group : groups) {
        for (int t = 0; t < group.tiles.length; t += TapTiles.STEP) {
          tile(group, t, x, xo + lane, packed, po, bias, bo, y, yo + lane, relu);
        }
        for (int s = 0; s < group.singles.length; s += 2) {
          int xs = xo + lane + group.singles[s];
          single(group, x, xs, packed, po, bias, bo, y, yo + lane + group.singles[s + 1], relu);
        }
      }
    }
  }

  /** Computes y with max-pooling, where each four positions are one window. */
  void runPooled(float[] x, int xo, float[] packed, int po, float[] bias, int bo, float[] y, int yo, float[] argmax, int ao,
      boolean relu) {
    for (int lane = 0; lane < Lanes.BLOCK; lane += Lanes.LENGTH) {
      for (Group group : groups) {
        for (int t = 0; t < group.tiles.length; t += TapTiles.STEP) {
          pooledTile(group, t, x, xo + lane, packed, po, bias, bo, y, yo + lane, argmax, ao + lane, relu);
        }
      }
    }
  }

  private void tile(Group group, int t, float[] x, int xo, float[] packed, int po, float[] bias, int bo, float[] y, int yo,
      boolean relu) {
    int[] tiles = group.tiles;
    int[] inputs = group.inputs;
    int[] weights = group.weights;
    for (int m = 0, width; m < outputs; m += width) {
      width = tile(m);
      int wo = po + m * channels * taps;
      int b = bo < 0 ? bo : bo + m;
      int yi = yo + m * outPlane;
      switch (width) {
        case 4 -> TapTiles.tile4x4(x, xo, tiles, t, inputs, weights, packed, wo, bias, b, y, yi, outPlane, relu);
        case 2 -> TapTiles.tile2x4(x, xo, tiles, t, inputs, weights, packed, wo, bias, b, y, yi, outPlane, relu);
        default -> TapTiles.tile1x4(x, xo, tiles, t, inputs, weights, packed, wo, bias, b, y, yi, outPlane, relu);
      }
    }
  }

  private void single(Group group, float[] x, int xo, float[] packed, int po, float[] bias, int bo, float[] y, int yo,
      boolean relu) {
    int[] inputs = group.inputs;
    int[] weights = group.weights;
    for (int m = 0, width; m < outputs; m += width) {
      width = tile(m);
      int wo = po + m * channels * taps;
      int b = bo < 0 ? bo : bo + m;
      int yi = yo + m * outPlane;
      switch (width) {
        case 4 -> SingleTapTiles.tile4(x, xo, inputs, weights, packed, wo, bias, b, y, yi, outPlane, relu);
        case 2 -> SingleTapTiles.tile2(x, xo, inputs, weights, packed, wo, bias, b, y, yi, outPlane, relu);
        default -> SingleTapTiles.tile1(x, xo, inputs, weights, packed, wo, bias, b, y, yi, relu);
      }
    }
  }

  private void pooledTile(Group group, int t, float[] x, int xo, float[] packed, int po, float[] bias, int bo, float[] y, int yo,
      float[] argmax, int ao, boolean relu) {
    int[] tiles = group.tiles;
    int[] inputs = group.inputs;
    int[] weights = group.weights;
    for (int m = 0, width; m < outputs; m += width) {
      width = tile(m);
      int wo = po + m * channels * taps;
      int b = bo < 0 ? bo : bo + m;
      int yi = yo + m * outPlane;
      int ai = ao + m * outPlane;
      switch (width) {
        case 4 ->
          PooledTapTiles.tile4x4(x, xo, tiles, t, inputs, weights, packed, wo, bias, b, y, yi, outPlane, argmax, ai, relu);
        case 2 ->
          PooledTapTiles.tile2x4(x, xo, tiles, t, inputs, weights, packed, wo, bias, b, y, yi, outPlane, argmax, ai, relu);
        default ->
          PooledTapTiles.tile1x4(x, xo, tiles, t, inputs, weights, packed, wo, bias, b, y, yi, outPlane, argmax, ai, relu);
      }
    }
  }
}
