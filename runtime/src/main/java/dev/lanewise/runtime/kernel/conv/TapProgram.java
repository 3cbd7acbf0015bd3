package dev.lanewise.runtime.kernel.conv;

import static dev.lanewise.runtime.kernel.code.Program.floats;
import static dev.lanewise.runtime.kernel.code.Program.integer;
import static dev.lanewise.runtime.kernel.code.Program.ints;
import static dev.lanewise.runtime.kernel.lane.Lanes.BLOCK;
import static dev.lanewise.runtime.kernel.lane.Lanes.LENGTH;

import dev.lanewise.runtime.kernel.code.Index;
import dev.lanewise.runtime.kernel.code.Program;
import dev.lanewise.runtime.kernel.code.Statement;
import dev.lanewise.runtime.kernel.code.Statement.Loop;
import dev.lanewise.runtime.kernel.code.Statement.Set;
import dev.lanewise.runtime.kernel.code.Statement.SetIndex;
import dev.lanewise.runtime.kernel.code.Statement.Store;
import dev.lanewise.runtime.kernel.code.Vector;
import dev.lanewise.runtime.kernel.code.Vector.Broadcast;
import dev.lanewise.runtime.kernel.code.Vector.Constant;
import dev.lanewise.runtime.kernel.code.Vector.Fma;
import dev.lanewise.runtime.kernel.code.Vector.Load;
import dev.lanewise.runtime.kernel.lane.TermCode;
import dev.lanewise.runtime.tensor.Taps;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Writes the kernel of a {@link TapSum}: tiles of a few outputs at a few positions, whose sums stay in registers
 * while channels and taps pass; each weight is broadcast once for all positions, each x loaded once for all outputs.
 *
 * <p>The sizes are constants of the code, so that the compiler knows every bound and distance; or, without them, come
 * from a table.
 */
final class TapProgram {
  /** Of a tile. */
  private static final int MOST_SUMS = 20;

  /** The compiled kernel; {@code places} holds each tile's place in x and y, {@code sizes} a {@link Sizes#table()}. */
  public interface Kernel {
    void run(float[] x, int xo, float[] w, int wo, float[] bias, int bo, float[] y, int yo, float[] argmax, int ao,
        float[] patch, int po, int[] places, int[] sizes);
  }

  /**
   * Counts of the loops, and distances in floats.
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
  record Sizes(int tiles, int heights, int channels, int parts, int partChannels, int rows, int columns, int xStep, int yStep, int inPlane, int outPlane,
      int xRow, int xColumn, int wFirst, int wChannel, int wRow, int wColumn) {
    private static final List<String> NAMES =
        List.of(Sizes.class.getRecordComponents()).stream().map(RecordComponent::getName).toList();

    int[] table() {
      return new int[] {tiles, heights, channels, parts, partChannels, rows, columns, xStep, yStep, inPlane, outPlane, xRow, xColumn, wFirst, wChannel,
        wRow, wColumn};
    }
  }

  /**
   * What a tile reads of x, copied together once for all outputs. Planes of x often lie a power of two apart, so that
   * they share the same few sets of a cache, and every one lies on a page of its own.
   *
   * @param rows of a channel; {@code width} vectors in each
   * @param first the distance of the leftmost from the tile's place, at most 0
   */
  private record Patch(int rows, int width, int first) {}

  private final int height;
  private final int positions;
  private final TapSum.Ending ending;
  private final Sizes sizes;
  private final int inRow;
  private final Patch patch;
  /** Whether the channels are cut in parts: between them, the sums lie where working memory begins. */
  private final boolean cut;

  /**
   * A kernel for tiles of {@code height} outputs.
   *
   * @param sizes that become constants; null for a kernel that reads them
   * @param inRow the floats of a row of x, for windows that are pooled
   * @param patched whether what a tile reads is copied together; needs sizes, and positions along a row
   * @param cut whether there is more than one part of the channels
   */
  TapProgram(int height, int positions, TapSum.Ending ending, Sizes sizes, int inRow, boolean patched, boolean cut) {
    this.height = height;
    this.positions = positions;
    this.ending = ending;
    this.sizes = sizes;
    this.inRow = inRow;
    this.patch = patched ? patch() : null;
    this.cut = cut;
  }

  private Patch patch() {
    int across = ending.pool() ? 2 : positions;
    int steps = (across - 1) * sizes.xStep;
    int taps = (sizes.columns - 1) * sizes.xColumn;
    int first = Math.min(0, steps) + Math.min(0, taps);
    int last = Math.max(0, steps) + Math.max(0, taps);
    int rows = sizes.rows + (ending.pool() ? sizes.xStep / BLOCK : 0);
    return new Patch(rows, (last - first) / BLOCK + 1, first);
  }

  /** The floats that the sums of a tile take between parts. */
  static int sumsSize() {
    return MOST_SUMS * BLOCK;
  }

  /** The floats of a patch, at most: the rows of taps of two windows that are pooled, over the columns of a tile. */
  static int patchSize(int channels, Taps rows, Taps columns) {
    return channels * (rows.count() + rows.stride()) * (columns.span() + 3 * columns.stride()) * BLOCK;
  }

  Program program() {
    List<Statement> body = new ArrayList<>();
    if (sizes == null) {
      for (int i = 0; i < Sizes.NAMES.size(); i++) {
        body.add(new SetIndex(Sizes.NAMES.get(i), new Index.Element("sizes", Index.of(i))));
      }
    }
    Loop heights = new Loop("h", Index.of(0), size("heights"), 1, tile());
    Loop tiles =
        new Loop("t", Index.of(0), size("tiles"), 1, body(
            new SetIndex("x0",
                new Index.Element("places", Index.of("t").times(2)).plus(Index.of("xo")).plus(Index.of("lane"))),
            copy(),
            new SetIndex("y0", new Index.Element("places", Index.of("t").times(2).plus(1)).plus(Index.of("lane"))),
            new SetIndex("w0", Index.of("wo").plus(size("wFirst"))),
            new SetIndex("b0", Index.of("bo")),
            heights));
    body.add(new Loop("lane", Index.of(0), Index.of(BLOCK), LENGTH, List.of(tiles)));
    return new Program(
        (sizes == null ? "Edge" : patch == null ? "" : "Patched") + (cut ? "Parts" : "") + "Taps" + height + "x" + positions,
        List.of(floats("x"), integer("xo"), floats("w"), integer("wo"), floats("bias"), integer("bo"), floats("y"),
            integer("yo"), floats("argmax"), integer("ao"), floats("patch"), integer("po"), ints("places"), ints("sizes")),
        body);
  }

  /** The statements, those that are lists flattened. */
  private static List<Statement> body(Object... parts) {
    List<Statement> body = new ArrayList<>();
    for (Object part : parts) {
      if (part instanceof Statement s) {
        body.add(s);
      } else {
        ((List<?>) part).forEach(s -> body.add((Statement) s));
      }
    }
    return body;
  }

  /** Copies the tile's patch, {@code [channel][row][width][16]}; from then on x0 is the tile's place there. */
  private List<Statement> copy() {
    if (patch == null) {
      return List.of();
    }
    List<Statement> row = new ArrayList<>();
    for (int i = 0; i < patch.width; i++) {
      row.add(new Store("patch", Index.of("to").plus(i * BLOCK), new Load("x", Index.of("xr").plus(patch.first + i * BLOCK))));
    }
    row.add(advance("xr", Index.of(ending.pool() ? inRow : sizes.xRow)));
    row.add(advance("to", Index.of(patch.width * BLOCK)));
    Loop channels = new Loop("c", Index.of(0), Index.of(sizes.channels), 1, List.of(
        new SetIndex("xr", Index.of("xc")),
        new Loop("ky", Index.of(0), Index.of(patch.rows), 1, row),
        advance("xc", Index.of(sizes.inPlane))));
    return List.of(
        new SetIndex("xc", Index.of("x0")),
        new SetIndex("to", Index.of("po").plus(Index.of("lane")).plus(cut ? sumsSize() : 0)),
        channels,
        new SetIndex("x0", Index.of("po").plus(Index.of("lane")).plus((cut ? sumsSize() : 0) - patch.first)));
  }

  private Index size(String name) {
    return sizes == null ? Index.of(name) : Index.of(sizes.table()[Sizes.NAMES.indexOf(name)]);
  }

  private static Statement advance(String name, Index by) {
    return new SetIndex(name, Index.of(name).plus(by));
  }

  /** All outputs of a tile at all its positions. */
  private List<Statement> tile() {
    List<Statement> body = new ArrayList<>();
    for (int o = 0; o < height; o++) {
      Vector start = ending.bias() ? new Broadcast("bias", Index.of("b0").plus(o)) : new Constant(0);
      for (int p = 0; p < positions; p++) {
        body.add(new Set(sum(o, p), p == 0 ? start : new Vector.Variable(sum(o, 0))));
      }
      if (cut) {
        body.addAll(sums(o, (sum, kept) -> new Store("patch", kept, new Vector.Variable(sum))));
      }
    }
    body.addAll(taps());
    if (cut) {
      for (int o = 0; o < height; o++) {
        body.addAll(sums(o, (sum, kept) -> new Set(sum, new Load("patch", kept))));
      }
    }
    Index at = Index.of("y0");
    for (int o = 0; o < height; o++) {
      body.add(new SetIndex("out", at));
      body.addAll(ending.pool() ? pooled(o) : stored(o));
      at = Index.of("out").plus(size("outPlane"));
    }
    body.add(new SetIndex("y0", at));
    body.add(advance("w0", sizes == null ? Index.of("weights") : Index.of(sizes.wChannel * sizes.channels)));
    body.add(advance("b0", Index.of(height)));
    return body;
  }

  /** A statement for each position's sum of an output, and the place where it is kept between parts. */
  private List<Statement> sums(int o, BiFunction<String, Index, Statement> statement) {
    List<Statement> body = new ArrayList<>();
    for (int p = 0; p < positions; p++) {
      body.add(statement.apply(sum(o, p), Index.of("po").plus(Index.of("lane")).plus((o * positions + p) * BLOCK)));
    }
    return body;
  }

  /** Some channels, added up by themselves and then to what is kept. */
  private Statement parts(List<Statement> channel) {
    List<Statement> body = new ArrayList<>();
    for (int o = 0; o < height; o++) {
      body.addAll(sums(o, (sum, _) -> new Set(sum, new Constant(0))));
    }
    body.add(nest("c", size("partChannels"), channel));
    for (int o = 0; o < height; o++) {
      body.addAll(sums(o, (sum, kept) ->
          new Store("patch", kept, new Vector.Binary(Vector.Operator.ADD, new Load("patch", kept), new Vector.Variable(sum)))));
    }
    return nest("part", size("parts"), body);
  }

  private List<Statement> taps() {
    List<Statement> tap = new ArrayList<>();
    Index at = Index.of("xk");
    for (int p = 0; p < positions; p++) {
      Index place = ending.pool() ? at.plus(p / 2 * pooledRow()).plus(size("xStep").times(p % 2)) : at;
      tap.add(new Set("x_" + p, new Load(patch == null ? "x" : "patch", place)));
      if (!ending.pool() && p + 1 < positions) {
        at = at.plus(size("xStep"));
      }
    }
    for (int o = 0; o < height; o++) {
      tap.add(new Set("weight", new Broadcast("w", Index.of("wk").plus(o))));
      for (int p = 0; p < positions; p++) {
        Vector sum = new Vector.Variable(sum(o, p));
        tap.add(new Set(sum(o, p), new Fma(new Vector.Variable("weight"), new Vector.Variable("x_" + p), sum)));
      }
    }
    tap.add(advance("xk", size("xColumn")));
    tap.add(advance("wk", size("wColumn")));
    Statement columns = nest("kx", size("columns"), tap);
    Statement rows = nest("ky", size("rows"), List.of(
        new SetIndex("xk", Index.of("xr")),
        new SetIndex("wk", Index.of("wr")),
        columns,
        advance("xr", patch == null ? size("xRow") : Index.of(patch.width * BLOCK)),
        advance("wr", size("wRow"))));
    List<Statement> channel = List.of(
        new SetIndex("xr", Index.of("xc")),
        new SetIndex("wr", Index.of("wc")),
        rows,
        advance("xc", patch == null ? size("inPlane") : Index.of(patch.rows * patch.width * BLOCK)),
        advance("wc", size("wChannel")));
    Statement channels = cut ? parts(channel) : nest("c", size("channels"), channel);
    List<Statement> all = new ArrayList<>(List.of(
        new SetIndex("xc", Index.of("x0")),
        new SetIndex("wc", Index.of("w0")),
        channels));
    if (sizes == null) {
      // After the last channel, wc is where the next tile's first tap lies.
      all.add(new SetIndex("weights", Index.of("wc").plus(new Index.Product(Index.of("w0"), -1))));
    }
    return all;
  }

  /** A loop around the taps. There is a tap at least where the bounds are not constants. */
  private Statement nest(String name, Index to, List<Statement> body) {
    return sizes == null
        ? new Statement.Repeat(name, Index.of(0), to, 1, body)
        : new Loop(name, Index.of(0), to, 1, body);
  }

  /** The distance in x between the two rows of a window. */
  private int pooledRow() {
    return sizes.xStep / BLOCK * (patch == null ? inRow : patch.width * BLOCK);
  }

  private List<Statement> stored(int o) {
    List<Statement> body = new ArrayList<>();
    Index at = Index.of("yo").plus(Index.of("out"));
    for (int p = 0; p < positions; p++) {
      body.add(new Store("y", at, activated(body, sum(o, p))));
      at = at.plus(size("yStep"));
    }
    return body;
  }

  /** Appends what applies the activation to a sum. */
  private Vector activated(List<Statement> body, String sum) {
    TermCode code = new TermCode(sum + "_");
    code.bind("x", new Vector.Variable(sum));
    Vector value = code.value(ending.activation());
    body.addAll(code.statements());
    return value;
  }

  private List<Statement> pooled(int o) {
    Index out = Index.of("out");
    List<Statement> body = new ArrayList<>(
        PooledWindow.largest(List.of(sum(o, 0), sum(o, 1), sum(o, 2), sum(o, 3)), "argmax", Index.of("ao").plus(out)));
    body.add(new Store("y", Index.of("yo").plus(out), activated(body, sum(o, 0))));
    return body;
  }

  private static String sum(int o, int p) {
    return "sum" + o + "_" + p;
  }
}
