package dev.lanewise.runtime.kernel.conv;

import dev.lanewise.runtime.tensor.Taps;
import java.util.ArrayList;
import java.util.List;

/**
 * One axis of a depthwise convolution: result i reads in[i·step + k·dilation - before] at tap k, where that lies inside.
 *
 * @param in how many values there are, {@code out} how many results
 */
record DepthwiseRow(int in, int out, int taps, int step, int dilation, int before) {
  /** Sums of a tile; with them a row of weights and a value of x lie in the registers, of which there are 16 or 32. */
  private static final int MOST = 8;

  static DepthwiseRow rows(ConvShape s) {
    return along(s.height(), s.rows());
  }

  static DepthwiseRow columns(ConvShape s) {
    return along(s.width(), s.columns());
  }

  private static DepthwiseRow along(int in, Taps kernel) {
    return new DepthwiseRow(in, kernel.out(in), kernel.count(), kernel.stride(), kernel.dilation(), kernel.padding());
  }

  /** From dy to dx; with a stride, from the plane in which dy has been spread, where everything lies inside. */
  static DepthwiseRow rowsBack(ConvShape s) {
    return back(s.height(), s.rows(), s.isDense());
  }

  /** The same for columns. */
  static DepthwiseRow columnsBack(ConvShape s) {
    return back(s.width(), s.columns(), s.isDense());
  }

  private static DepthwiseRow back(int in, Taps kernel, boolean dense) {
    int reach = kernel.span() - 1;
    return dense
        ? new DepthwiseRow(kernel.out(in), in, kernel.count(), 1, kernel.dilation(), reach - kernel.padding())
        : new DepthwiseRow(in + reach, in, kernel.count(), 1, kernel.dilation(), 0);
  }

  /** Whether a tap of a result lies inside. */
  boolean sees(int result, int tap) {
    int at = result * step + tap * dilation - before;
    return at >= 0 && at < in;
  }

  /** Results of a tile: as many as possible without an overlap, but no less than half of the most. */
  int tile() {
    for (int tile = MOST; tile >= MOST / 2; tile--) {
      if (out % tile == 0) {
        return tile;
      }
    }
    return Math.min(MOST, out);
  }

  /** Where the tiles begin; a row's last one overlaps the one before it, rather than be a smaller one. */
  List<Integer> tiles() {
    List<Integer> tiles = new ArrayList<>();
    for (int at = 0; at < out; at += tile()) {
      tiles.add(Math.min(at, out - tile()));
    }
    return tiles;
  }

  /** Whether all results of a tile see all taps. */
  boolean isInside(int tile) {
    return sees(tile, 0) && sees(tile + tile() - 1, taps - 1);
  }

  /** Multiply-adds of a row of taps, of all tiles that are not inside. */
  long atEdges() {
    return tiles().stream().filter(t -> !isInside(t)).count() * tile() * taps;
  }
}
