package dev.lanewise.runtime.kernel.conv;

import java.lang.reflect.RecordComponent;
import java.util.List;

/**
 * The sizes of a {@link TapProgram}: counts of its loops, and distances in floats.
 *
 * @param tiles of positions
 * @param heights tiles of outputs
 * @param parts of the channels, each of {@code partChannels}: see {@link dev.lanewise.runtime.kernel.lane.Parts}
 * @param xStep between neighbouring positions of a tile, in x; {@code yStep} in y
 * @param inPlane between channels of x; {@code outPlane} between outputs of y
 * @param xRow between rows of taps, in x; {@code xColumn} between columns
 * @param wFirst of the first tap among the weights of a channel
 * @param wChannel between channels, among the weights; {@code wRow} and {@code wColumn} between taps
 */
record TapSizes(int tiles, int heights, int channels, int parts, int partChannels, int rows, int columns, int xStep, int yStep, int inPlane, int outPlane,
    int xRow, int xColumn, int wFirst, int wChannel, int wRow, int wColumn) {
  static final List<String> NAMES =
      List.of(TapSizes.class.getRecordComponents()).stream().map(RecordComponent::getName).toList();

  int[] table() {
    return new int[] {tiles, heights, channels, parts, partChannels, rows, columns, xStep, yStep, inPlane, outPlane, xRow, xColumn, wFirst, wChannel,
      wRow, wColumn};
  }

  /** The distance of a row's leftmost tap from its first, at most 0: the gradient by the input walks from right to left. */
  int low() {
    return Math.min(0, (columns - 1) * xColumn);
  }
}
