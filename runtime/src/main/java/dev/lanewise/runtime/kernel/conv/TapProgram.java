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
  /** Of a tile: with the values of x that they are made of, and a weight, they must fit into 32 registers. */
  static final int MOST_SUMS = 20;
  static final int MOST_POSITIONS = 8;

  /** Of a tile with many positions whose taps the compiler may unroll along a row; beside more there are no registers for so many values of x. */
  static final int MOST_UNROLLED = 16;
  private static final int MANY_POSITIONS = 5;

  /** Terms of a part from which on it pays to keep the sums of all outputs. */
  private static final int LONG_PART = 96;

  /** Where the sums begin that are kept from part to part. */
  private static final Statement FIRST_KEPT = new SetIndex("k0", Index.of("po").plus(Index.of("lane")));

  /** The compiled kernel; {@code places} holds each tile's place in x and y, {@code sizes} a {@link TapSizes#table()}. */
  public interface Kernel {
    void run(float[] x, int xo, float[] w, int wo, float[] bias, int bo, float[] y, int yo, float[] argmax, int ao,
        float[] patch, int po, int[] places, int[] sizes);
  }

  /**
   * What a tile reads of x, copied together once for all outputs. Planes of x often lie a power of two apart, so that
   * they share the same few sets of a cache, and every one lies on a page of its own.
   *
   * @param rows of a channel; {@code width} vectors in each
   */
  private record Patch(int rows, int width) {}

  private final int height;
  private final int positions;
  private final TapSum.Ending ending;
  private final TapSizes sizes;
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
  TapProgram(int height, int positions, TapSum.Ending ending, TapSizes sizes, int inRow, boolean patched, boolean cut) {
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
    int width = (across - 1) * sizes.xStep() + (sizes.columns() - 1) * Math.abs(sizes.xColumn()) + BLOCK;
    int rows = sizes.rows() + (ending.pool() ? sizes.xStep() / BLOCK : 0);
    return new Patch(rows, width / BLOCK);
  }

  /** The floats that the sums of all outputs take between parts, at most. */
  static int sumsSize(int outputs) {
    return outputs * MOST_POSITIONS * BLOCK;
  }

  /** The floats of a patch, at most: the rows of taps of two windows that are pooled, over the columns of a tile. */
  static int patchSize(int channels, Taps rows, Taps columns) {
    return channels * (rows.count() + rows.stride()) * (columns.span() + (MOST_POSITIONS - 1) * columns.stride()) * BLOCK;
  }

  Program program() {
    List<Statement> body = new ArrayList<>();
    for (int i = 0; i < TapSizes.NAMES.size(); i++) {
      if (sizes == null || isWide() && TapSizes.NAMES.get(i).equals("columns")) {
        body.add(new SetIndex(TapSizes.NAMES.get(i), new Index.Element("sizes", Index.of(i))));
      }
    }
    boolean walks = isPartByPart() || patch != null;
    Index place = new Index.Element("places", Index.of("t").times(2)).plus(Index.of("xo")).plus(Index.of("lane"));
    List<Statement> tile = body(
        new SetIndex(walks ? "from" : "x0", place),
        walks && !isPartByPart() ? part() : List.of(),
        new SetIndex("y0", new Index.Element("places", Index.of("t").times(2).plus(1)).plus(Index.of("lane"))),
        new SetIndex("w0", Index.of("wo").plus(size("wFirst"))),
        new SetIndex("b0", Index.of("bo")),
        isPartByPart() ? partByPart() : heights(tile()));
    Loop tiles = new Loop("t", Index.of(0), size("tiles"), 1, tile);
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

  private Loop heights(List<Statement> body) {
    return new Loop("h", Index.of(0), size("heights"), 1, body);
  }

  /**
   * A part of the channels for all outputs, then the next part: what a tile reads of so few channels stays in the first-level cache until the
   * last output has read it. The sums of all outputs are kept from part to part.
   */
  private List<Statement> partByPart() {
    List<Statement> start = new ArrayList<>();
    List<Statement> add = new ArrayList<>();
    List<Statement> end = new ArrayList<>();
    for (int o = 0; o < height; o++) {
      Vector from = start(o);
      start.addAll(sums(o, (_, kept) -> new Store("patch", kept, from)));
      add.addAll(sums(o, (sum, _) -> new Set(sum, new Constant(0))));
      end.addAll(sums(o, (sum, kept) -> new Set(sum, new Load("patch", kept))));
    }
    add.addAll(begin());
    add.add(nest("c", Index.of(sizes.partChannels()), channel()));
    for (int o = 0; o < height; o++) {
      add.addAll(sums(o, this::added));
    }
    Statement next = advance("k0", Index.of(height * positions * BLOCK));
    start.addAll(List.of(next, advance("b0", Index.of(height))));
    add.addAll(List.of(next, advance("w0", Index.of(sizes.wChannel() * sizes.channels()))));
    end.addAll(results());
    end.add(next);
    Loop parts = new Loop("part", Index.of(0), Index.of(sizes.parts()), 1, body(
        part(),
        new SetIndex("w0", Index.of("wp")),
        FIRST_KEPT,
        heights(add),
        advance("wp", Index.of(sizes.partChannels() * sizes.wChannel()))));
    return List.of(FIRST_KEPT, heights(start), new SetIndex("wp", Index.of("w0")), parts, FIRST_KEPT, heights(end));
  }

  private Vector start(int o) {
    return ending.bias() ? new Broadcast("bias", Index.of("b0").plus(o)) : new Constant(0);
  }

  /** What is kept, and a part's sum. */
  private Statement added(String sum, Index kept) {
    return new Store("patch", kept, new Vector.Binary(Vector.Operator.ADD, new Load("patch", kept), new Vector.Variable(sum)));
  }

  /**
   * Lets x0 be where the tile finds a part of the channels, and {@code from} where it will find the next part. With a patch, that is copied
   * first, {@code [channel][row][width][16]}.
   */
  private List<Statement> part() {
    if (patch == null) {
      return List.of(new SetIndex("x0", Index.of("from")), advance("from", Index.of(sizes.partChannels() * sizes.inPlane())));
    }
    List<Statement> row = new ArrayList<>();
    for (int i = 0; i < patch.width; i++) {
      row.add(new Store("patch", Index.of("to").plus(i * BLOCK), new Load("x", Index.of("xr").plus(i * BLOCK))));
    }
    row.add(advance("xr", Index.of(ending.pool() ? inRow : sizes.xRow())));
    row.add(advance("to", Index.of(patch.width * BLOCK)));
    Loop channels = new Loop("c", Index.of(0), Index.of(sizes.partChannels()), 1, List.of(
        new SetIndex("xr", Index.of("from")),
        new Loop("ky", Index.of(0), Index.of(patch.rows), 1, row),
        advance("from", Index.of(sizes.inPlane()))));
    Index begin = Index.of("po").plus(Index.of("lane")).plus(cut ? sizes.heights() * height * positions * BLOCK : 0);
    return List.of(new SetIndex("to", begin), channels, new SetIndex("x0", begin));
  }

  /**
   * How far the first tap of a row lies behind the leftmost. A tile's place is that of its leftmost, and all others are said by their distance
   * from it: of places before a place the compiler does not see when two taps read the same, and keeps too much in registers.
   */
  private int beforeFirst() {
    return sizes == null ? 0 : -sizes.low();
  }

  /** Whether a part of the channels passes all outputs before the next part does. */
  private boolean isPartByPart() {
    return cut && sizes != null && (patch != null || sizes.partChannels() * sizes.rows() * sizes.columns() >= LONG_PART);
  }

  /** Whether the taps of a row are to stay a loop: their number is read from the table then, so that the compiler does not know it. */
  private boolean isWide() {
    return sizes != null && positions >= MANY_POSITIONS && height * positions > MOST_UNROLLED;
  }

  private Index size(String name) {
    return sizes == null ? Index.of(name) : Index.of(sizes.table()[TapSizes.NAMES.indexOf(name)]);
  }

  private static Statement advance(String name, Index by) {
    return new SetIndex(name, Index.of(name).plus(by));
  }

  /** All outputs of a tile at all its positions. */
  private List<Statement> tile() {
    List<Statement> body = new ArrayList<>();
    if (cut) {
      body.add(FIRST_KEPT);
    }
    for (int o = 0; o < height; o++) {
      for (int p = 0; p < positions; p++) {
        body.add(new Set(sum(o, p), p == 0 ? start(o) : new Vector.Variable(sum(o, 0))));
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
    body.addAll(results());
    body.add(advance("w0", sizes == null ? Index.of("weights") : Index.of(sizes.wChannel() * sizes.channels())));
    body.add(advance("b0", Index.of(height)));
    return body;
  }

  /** What becomes of the sums; from then on y0 is the next output's place. */
  private List<Statement> results() {
    List<Statement> body = new ArrayList<>();
    Index at = Index.of("y0");
    for (int o = 0; o < height; o++) {
      body.add(new SetIndex("out", at));
      body.addAll(ending.pool() ? pooled(o) : stored(o));
      at = Index.of("out").plus(size("outPlane"));
    }
    body.add(new SetIndex("y0", at));
    return body;
  }

  /** A statement for each position's sum of an output, and the place where it is kept between parts. */
  private List<Statement> sums(int o, BiFunction<String, Index, Statement> statement) {
    List<Statement> body = new ArrayList<>();
    for (int p = 0; p < positions; p++) {
      body.add(statement.apply(sum(o, p), Index.of("k0").plus((o * positions + p) * BLOCK)));
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
      body.addAll(sums(o, this::added));
    }
    return nest("part", size("parts"), body);
  }

  /** All taps of all channels. */
  private List<Statement> taps() {
    List<Statement> all = new ArrayList<>(begin());
    all.add(cut ? parts(channel()) : nest("c", size("channels"), channel()));
    if (sizes == null) {
      // After the last channel, wc is where the next tile's first tap lies.
      all.add(new SetIndex("weights", Index.of("wc").plus(new Index.Product(Index.of("w0"), -1))));
    }
    return all;
  }

  /** Where the first channel lies. */
  private static List<Statement> begin() {
    return List.of(new SetIndex("xc", Index.of("x0")), new SetIndex("wc", Index.of("w0")));
  }

  /** All taps of a channel. */
  private List<Statement> channel() {
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
    Statement columns = isWide() && sizes.columns() > 0
        ? new Statement.Repeat("kx", Index.of(0), Index.of("columns"), 1, tap)
        : nest("kx", size("columns"), tap);
    Statement rows = nest("ky", size("rows"), List.of(
        new SetIndex("xk", Index.of("xr").plus(beforeFirst())),
        new SetIndex("wk", Index.of("wr")),
        columns,
        advance("xr", patch == null ? size("xRow") : Index.of(patch.width * BLOCK)),
        advance("wr", size("wRow"))));
    return List.of(
        new SetIndex("xr", Index.of("xc")),
        new SetIndex("wr", Index.of("wc")),
        rows,
        advance("xc", patch == null ? size("inPlane") : Index.of(patch.rows * patch.width * BLOCK)),
        advance("wc", size("wChannel")));
  }

  /** A loop around the taps. There is a tap at least where the bounds are not constants. */
  private Statement nest(String name, Index to, List<Statement> body) {
    return sizes == null
        ? new Statement.Repeat(name, Index.of(0), to, 1, body)
        : new Loop(name, Index.of(0), to, 1, body);
  }

  /** The distance in x between the two rows of a window. */
  private int pooledRow() {
    return sizes.xStep() / BLOCK * (patch == null ? inRow : patch.width * BLOCK);
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
