package dev.lanewise.runtime.kernel.conv;

import static dev.lanewise.runtime.kernel.lane.Lanes.BLOCK;
import static dev.lanewise.runtime.kernel.lane.Lanes.LENGTH;

import dev.lanewise.runtime.kernel.code.Index;
import dev.lanewise.runtime.kernel.code.Statement;
import dev.lanewise.runtime.kernel.code.Statement.Loop;
import dev.lanewise.runtime.kernel.code.Statement.SetIndex;
import dev.lanewise.runtime.kernel.code.Statement.Store;
import dev.lanewise.runtime.kernel.code.Vector.Constant;
import dev.lanewise.runtime.kernel.code.Vector.Load;
import java.util.List;

/**
 * One channel, copied into a plane of zeros, so that every position of a window sees all of its taps and none need be told
 * apart from others. The zeros are written once for all channels; only what is copied changes.
 *
 * @param height of the channel, {@code width} its columns
 * @param above rows of zeros above it, {@code left} columns; negative where the channel reaches beyond the plane
 * @param down between neighbouring rows in the plane, {@code across} between columns: zeros lie between them
 * @param rows of the plane, {@code columns} its width
 */
record DepthwisePlane(int height, int width, int above, int left, int down, int across, int rows, int columns) {

  /** x with the padding of a convolution. */
  static DepthwisePlane padded(ConvShape s) {
    return new DepthwisePlane(s.height(), s.width(), s.rows().padding(), s.columns().padding(), 1, 1,
        s.height() + 2 * s.rows().padding(), s.width() + 2 * s.columns().padding());
  }

  /** dy so that the kernel, turned round, gives dx: the values lie a stride apart. */
  static DepthwisePlane reversed(ConvShape s) {
    int reachDown = s.rows().span() - 1;
    int reachRight = s.columns().span() - 1;
    return new DepthwisePlane(s.outHeight(), s.outWidth(), reachDown - s.rows().padding(), reachRight - s.columns().padding(),
        s.rows().stride(), s.columns().stride(), s.height() + reachDown, s.width() + reachRight);
  }

  /** Whether the channel is the plane, and nothing need be copied. */
  boolean isWhole() {
    return above == 0 && left == 0 && rows == height && columns == width && down == 1 && across == 1;
  }

  /** The floats of working memory. */
  int size() {
    return isWhole() ? 0 : rows * columns * BLOCK;
  }

  /** The array in which the plane lies. */
  String array(String channel) {
    return isWhole() ? channel : "scratch";
  }

  /** Where the plane begins, for lanes from {@code lane} on. */
  Index begin(Index channelAt) {
    return isWhole() ? channelAt : Index.of("so").plus(Index.of("lane"));
  }

  /** Clears the plane. */
  List<Statement> clear() {
    Index at = Index.of("so").plus(Index.of("lane")).plus(Index.of("z"));
    return isWhole()
        ? List.of()
        : List.of(new Loop("z", Index.of(0), Index.of(size()), BLOCK, List.of(new Store("scratch", at, new Constant(0)))));
  }

  /** Copies a channel that begins at a place of an array into the plane. */
  List<Statement> copy(String array, Index channelAt) {
    if (isWhole()) {
      return List.of();
    }
    int firstRow = first(above, down);
    int firstColumn = first(left, across);
    int endRow = end(above, down, height, rows);
    int endColumn = end(left, across, width, columns);
    return List.of(
        new SetIndex("source", channelAt.plus((firstRow * width + firstColumn) * BLOCK)),
        new SetIndex("target", Index.of("so").plus(Index.of("lane"))
            .plus(((above + firstRow * down) * columns + left + firstColumn * across) * BLOCK)),
        new Loop("row", Index.of(firstRow), Index.of(endRow), 1, List.of(
            new Loop("column", Index.of(0), Index.of(endColumn - firstColumn), 1, List.of(
                new Store("scratch", Index.of("target").plus(Index.of("column").times(across * BLOCK)),
                    new Load(array, Index.of("source").plus(Index.of("column").times(BLOCK)))))),
            new SetIndex("source", Index.of("source").plus(width * BLOCK)),
            new SetIndex("target", Index.of("target").plus(down * columns * BLOCK)))));
  }

  /** The first of the values that does not lie before the plane. */
  private static int first(int before, int step) {
    return before >= 0 ? 0 : (-before + step - 1) / step;
  }

  /** The first of the values that lies behind the plane. */
  private static int end(int before, int step, int count, int room) {
    return Math.clamp((room - before + step - 1) / step, first(before, step), Math.max(count, first(before, step)));
  }

  /** Programs run for as many lanes as a vector has, until the block is done. */
  static Loop lanes(List<Statement> body) {
    return new Loop("lane", Index.of(0), Index.of(BLOCK), LENGTH, body);
  }
}
