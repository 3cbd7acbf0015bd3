package dev.lanewise.runtime.kernel.conv;

import static dev.lanewise.runtime.kernel.lane.Lanes.BLOCK;
import static dev.lanewise.runtime.kernel.lane.Lanes.LENGTH;

import dev.lanewise.runtime.kernel.code.Bytecode.Defined;
import dev.lanewise.runtime.kernel.code.Program;
import dev.lanewise.runtime.kernel.lane.Generated;
import dev.lanewise.runtime.kernel.lane.Parts;
import dev.lanewise.runtime.symbolic.Term;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A sum over the taps of a window, the form that a convolution and its input gradient share:
 *
 * <pre>y[m][position] = bias[m] + Σ_c Σ_tap w[m][c][tap] · x[c][position + tap]</pre>
 *
 * <p>Padding clips the window at the edges. So the positions are grouped by the taps they see: inside a group every
 * position has the same terms and lies at a constant distance from the next, and nothing is padded, copied or
 * multiplied by zero.
 *
 * <p>The largest group, and others with much to do, get a kernel of their own with all sizes as constants, see {@link
 * TapProgram}; the rest, the edges of the image, share one that reads its sizes from a table.
 *
 * <p>Many terms are added up in {@link Parts} of the channels.
 *
 * <p>Weights are packed {@code [tile of outputs][c][tap][outputs of the tile]}.
 */
final class TapSum {
  /** Positions of a tile; fewer where there are 16 registers instead of 32. */
  private static final int POSITIONS = LENGTH == 16 ? 4 : 2;

  /** Multiply-adds for one example from which on a kernel of its own repays the time to compile it. */
  private static final long WORTH_A_KERNEL = 1 << 18;

  /** Channels of a part from which on it pays to copy together what a tile reads. */
  private static final int WORTH_A_PATCH = 32;

  /** Multiply-adds for one example from which on a sum is worth the work of several workers. */
  private static final long SHARED = 1 << 18;

  private static final int MOST_PARTS = 16;
  /** Tiles of a part: two read what is copied together for them. */
  private static final int LEAST_TILES = 2;

  /** Along one axis: how many positions, where they lie in x and y, and the taps they see. */
  record Axis(int count, int in, int inStep, int out, int outStep, int tap, int tapStep, int taps, int inPerTap) {}

  /** Planes of x and y, and the kernel's window. */
  record Planes(int channels, int outputs, int inWidth, int inSize, int outWidth, int outSize, int kernelWidth, int taps) {}

  /** What is done to the sums: the bias they begin with, 2x2 pooling, and a function of x; x itself for none. */
  record Ending(boolean bias, boolean pool, Term activation) {}

  private record Group(Axis rows, Axis columns) {
    int positions() {
      return rows.count * columns.count;
    }
  }

  /** A kernel, the outputs it computes, and the tables it reads. */
  private record Run(Defined<TapProgram.Kernel> defined, int firstOutput, int[] tiles, int[] sizes) {}

  private final Planes planes;
  private final Ending ending;
  private final int tile;
  private final List<Group> groups = new ArrayList<>();
  private List<Run> runs = List.of();
  private int parts = 1;
  /** The same by some of the outputs each; made when it is first asked for. */
  private volatile List<List<Run>> ofParts = List.of();

  TapSum(Planes planes, Ending ending) {
    this.planes = planes;
    this.ending = ending;
    this.tile = tile(planes.outputs, ending.pool);
  }

  /** How many outputs share a tile: up to 20 sums in 32 registers, 12 in 16, and if possible nothing left over. */
  private static int tile(int outputs, boolean pool) {
    int most = LENGTH == 16 ? 5 : pool ? 3 : 5;
    for (int tile = most; tile > 2; tile--) {
      if (outputs % tile == 0) {
        return tile;
      }
    }
    return Math.min(outputs, Math.min(most, 4));
  }

  /**
   * How many positions share a tile: as many as take the least time for a row, where the last tile overlaps the one before it.
   *
   * @param most sums of a tile
   */
  private static int positions(int row, int height, int most) {
    if (row < POSITIONS || LENGTH < 16) {
      return Math.min(row, POSITIONS);
    }
    int best = POSITIONS;
    for (int next = POSITIONS + 1; next <= TapProgram.MOST_POSITIONS && next * height <= most; next++) {
      best = time(row, height, next) < time(row, height, best) ? next : best;
    }
    return best;
  }

  /** Of a row, for each tap: two sums are added to in a cycle, and to the same one again after four. */
  private static int time(int row, int height, int positions) {
    return (row + positions - 1) / positions * Math.max(8, height * positions);
  }

  void add(Axis rows, Axis columns) {
    groups.add(new Group(rows, columns));
  }

  /** Chooses and makes the kernels, once all positions have been added. */
  TapSum prepared() {
    List<Group> bySize = groups.stream().sorted(Comparator.comparingInt(Group::positions).reversed()).toList();
    int full = planes.outputs / tile * tile;
    List<Run> made = new ArrayList<>();
    for (Group group : bySize) {
      made.add(run(group, 0, full, isOwn(group, bySize)));
      if (full < planes.outputs) {
        made.add(run(group, full, planes.outputs - full, isOwn(group, bySize)));
      }
    }
    runs = List.copyOf(made);
    parts = full < planes.outputs || groups.stream().mapToLong(this::work).sum() < SHARED ? 1 : parts(planes.outputs / tile);
    return this;
  }

  /** The same kernels for all parts. */
  private synchronized List<List<Run>> ofParts() {
    if (ofParts.isEmpty()) {
      int outputs = planes.outputs / parts;
      List<Group> bySize = groups.stream().sorted(Comparator.comparingInt(Group::positions).reversed()).toList();
      List<Run> first = bySize.stream().map(g -> run(g, 0, outputs, isOwn(g, bySize))).toList();
      ofParts = IntStream.range(0, parts).mapToObj(p -> first.stream().map(r -> new Run(r.defined, p * outputs, r.tiles, r.sizes)).toList()).toList();
    }
    return ofParts;
  }

  private boolean isOwn(Group group, List<Group> bySize) {
    return group == bySize.getFirst() || work(group) > WORTH_A_KERNEL || work(group) == 0;
  }

  /** As many as leave each some whole tiles. */
  private static int parts(int tiles) {
    return IntStream.iterate(MOST_PARTS, p -> p - 1).filter(p -> p == 1 || tiles % p == 0 && tiles / p >= LEAST_TILES).findFirst().orElseThrow();
  }

  /** In how many parts it can be computed, side by side. */
  int parts() {
    return parts;
  }

  /** Multiply-adds of a group, for one example. */
  private long work(Group group) {
    return (long) group.positions() * planes.outputs * planes.channels * group.rows.taps * group.columns.taps;
  }

  private Run run(Group group, int firstOutput, int outputs, boolean own) {
    Axis rows = group.rows;
    Axis columns = group.columns;
    boolean across = ending.pool || columns.count >= rows.count;
    int longer = Math.max(rows.count, columns.count);
    int height = Math.min(tile, outputs);
    // Two taps in a row are too few for a loop.
    int sums = own && columns.taps < 3 ? TapProgram.MOST_UNROLLED : TapProgram.MOST_SUMS;
    int positions = ending.pool ? 4 : positions(longer, height, sums);
    int inner = across ? columns.inStep : rows.inStep * planes.inWidth;
    int innerOut = across ? columns.outStep : rows.outStep * planes.outWidth;
    int[] tiles = ending.pool ? windows(rows, columns) : tiles(rows, columns, across, positions);
    int part = Parts.ofChannels(planes.channels, planes.taps);
    TapSizes sizes =
        new TapSizes(
            tiles.length / 2,
            outputs / height,
            planes.channels,
            planes.channels / part,
            part,
            rows.taps,
            columns.taps,
            inner * BLOCK,
            innerOut * BLOCK,
            planes.inSize * BLOCK,
            planes.outSize * BLOCK,
            rows.inPerTap * planes.inWidth * BLOCK,
            columns.inPerTap * BLOCK,
            (rows.tap * planes.kernelWidth + columns.tap) * height,
            planes.taps * height,
            rows.tapStep * planes.kernelWidth * height,
            columns.tapStep * height);
    for (int i = 0; own && i < tiles.length; i += 2) {
      tiles[i] += sizes.low();
    }
    boolean patched = own && across && outputs > height && part >= WORTH_A_PATCH;
    Program program =
        new TapProgram(height, positions, ending, own ? sizes : null, planes.inWidth * BLOCK, patched, part < planes.channels).program();
    return new Run(
        Generated.define(program, TapProgram.Kernel.class), firstOutput, tiles, sizes.table());
  }

  /** Where each tile begins in x and y. A row's last tile overlaps the one before it, rather than be a smaller one. */
  private int[] tiles(Axis rows, Axis columns, boolean across, int positions) {
    Axis outer = across ? rows : columns;
    Axis inner = across ? columns : rows;
    int perRow = (inner.count + positions - 1) / positions;
    int[] tiles = new int[2 * outer.count * perRow];
    for (int o = 0, i = 0; o < outer.count; o++) {
      for (int t = 0; t < perRow; t++) {
        int p = Math.min(t * positions, inner.count - positions);
        tiles[i++] = place(rows, columns, across ? o : p, across ? p : o);
        tiles[i++] = ((rows.out + (across ? o : p) * rows.outStep) * planes.outWidth
            + columns.out + (across ? p : o) * columns.outStep) * BLOCK;
      }
    }
    return tiles;
  }

  /** Where each 2x2 window begins in x, and its maximum lies in y. */
  private int[] windows(Axis rows, Axis columns) {
    int[] tiles = new int[2 * (rows.count / 2) * (columns.count / 2)];
    for (int r = 0, i = 0; r < rows.count / 2; r++) {
      for (int c = 0; c < columns.count / 2; c++) {
        tiles[i++] = place(rows, columns, 2 * r, 2 * c);
        tiles[i++] = (r * planes.outWidth + c) * BLOCK;
      }
    }
    return tiles;
  }

  private int place(Axis rows, Axis columns, int r, int c) {
    return ((rows.in + r * rows.inStep) * planes.inWidth + columns.in + c * columns.inStep) * BLOCK;
  }

  /** The kernels, and what they were made from. */
  List<Defined<?>> generated() {
    return runs.stream().<Defined<?>>map(Run::defined).distinct().toList();
  }

  int packedSize() {
    return planes.outputs * planes.channels * planes.taps;
  }

  /** The place of w[m][c][tap] among the packed weights. */
  int packedIndex(int m, int c, int tap) {
    int full = planes.outputs / tile * tile;
    int width = m < full ? tile : planes.outputs - full;
    int first = m < full ? m / tile * tile : full;
    return first * planes.channels * planes.taps + (c * planes.taps + tap) * width + m - first;
  }

  /** The floats of working memory that {@link #run} needs. */
  static int scratchSize(int channels, int outputs, ConvShape shape) {
    int part = Parts.ofChannels(channels, shape.taps());
    int patch = part < WORTH_A_PATCH ? 0 : TapProgram.patchSize(part, shape.rows(), shape.columns());
    return patch + (part < channels ? TapProgram.sumsSize(outputs) : 0);
  }

  /** Computes y, and with pooling argmax. */
  void run(float[] x, int xo, float[] packed, int po, float[] bias, int bo, float[] y, int yo, float[] argmax, int ao,
      float[] scratch, int so) {
    run(runs, x, xo, packed, po, bias, bo, y, yo, argmax, ao, scratch, so);
  }

  /** Computes some outputs: the same sums in the same order. */
  void run(int part, float[] x, int xo, float[] packed, int po, float[] bias, int bo, float[] y, int yo, float[] argmax, int ao,
      float[] scratch, int so) {
    List<List<Run>> made = ofParts;
    run((made.isEmpty() ? ofParts() : made).get(part), x, xo, packed, po, bias, bo, y, yo, argmax, ao, scratch, so);
  }

  private void run(List<Run> all, float[] x, int xo, float[] packed, int po, float[] bias, int bo, float[] y, int yo, float[] argmax, int ao,
      float[] scratch, int so) {
    for (int i = 0; i < all.size(); i++) {
      Run r = all.get(i);
      int weights = po + r.firstOutput * planes.channels * planes.taps;
      int plane = r.firstOutput * planes.outSize * BLOCK;
      r.defined.kernel().run(x, xo, packed, weights, bias, bo + r.firstOutput, y, yo + plane, argmax, ao + plane, scratch, so,
          r.tiles, r.sizes);
    }
  }
}
