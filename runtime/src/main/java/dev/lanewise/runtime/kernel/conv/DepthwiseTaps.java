package dev.lanewise.runtime.kernel.conv;

import static dev.lanewise.runtime.kernel.code.Program.floats;
import static dev.lanewise.runtime.kernel.code.Program.integer;
import static dev.lanewise.runtime.kernel.code.Program.ints;
import static dev.lanewise.runtime.kernel.lane.Lanes.BLOCK;

import dev.lanewise.runtime.kernel.code.Bytecode.Defined;
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
import dev.lanewise.runtime.kernel.lane.Generated;
import dev.lanewise.runtime.kernel.lane.TermCode;
import dev.lanewise.runtime.symbolic.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A depthwise convolution, each channel by its own kernel, optionally with an activation in the same pass; and its gradient by
 * the input, which is one too, of dy by the kernel turned round:
 *
 * <pre>
 * y[c][oy][ox] = bias[c] + Σ_ky Σ_kx w[c][ky][kx] · x[c][oy·stride + ky·dilation - padding][ox·stride + kx·dilation - padding]
 * dx[c][y][x]  = Σ_ky Σ_kx w[c][K - 1 - ky][K - 1 - kx] · dy[c][y + ky·dilation - before][x + kx·dilation - before]
 * </pre>
 *
 * where before is (K - 1)·dilation - padding. With a stride, zeros lie between the values of dy: they are copied into a plane of zeros first.
 *
 * <p>A tile is some neighbours of a row: their sums and a row of weights stay in registers, and each x is loaded once for all the taps
 * of the row that meet it. Tiles at the edges have code of their own, without the taps that see nothing.
 *
 * <p>Processor time for 16 examples, beside the general kernel run once for each channel, AVX-512: 3x3 over 32 channels of 14x14 28 us (36),
 * its gradient 17 (43); 5x5 over 64 of 32x32 467 (920) and 471 (1,068); 3x3 over 64 of 32x32 396 (417), where memory is the limit.
 *
 * <p>Layouts: x {@code [C][H][W][16]}, w {@code [C][1][ky][kx]}, y {@code [C][H'][W'][16]}.
 */
public final class DepthwiseTaps {
  /** A row of weights that leaves room for the sums of a tile. */
  private static final int WIDEST_KERNEL = 7;

  /** Multiply-adds of all the tiles with code of their own: a longer method would never be compiled. */
  private static final int MOST_AT_EDGES = 320;

  public interface Kernel {
    void run(float[] x, int xo, float[] w, int wo, float[] bias, int bo, float[] y, int yo, float[] scratch, int so,
        int[] places);
  }

  private final ConvShape shape;
  private final boolean forward;
  private final DepthwisePlane spread;
  private final DepthwiseRow rows;
  private final DepthwiseRow row;
  private final List<Integer> inner = new ArrayList<>();
  private final List<Integer> edges = new ArrayList<>();
  private final int[] places;
  private final Defined<Kernel> defined;

  private DepthwiseTaps(ConvShape shape, boolean forward, boolean bias, Term activation) {
    this.shape = shape;
    this.forward = forward;
    this.spread = forward || shape.isDense() ? null : DepthwisePlane.reversed(shape);
    this.rows = forward ? DepthwiseRow.rows(shape) : DepthwiseRow.rowsBack(shape);
    this.row = forward ? DepthwiseRow.columns(shape) : DepthwiseRow.columnsBack(shape);
    row.tiles().forEach(t -> (row.isInside(t) ? inner : edges).add(t));
    this.places = places();
    this.defined = Generated.define(program(bias, activation), Kernel.class);
  }

  /** For each row of the result its first row of taps and the end of them; then where the tiles inside begin. */
  private int[] places() {
    int[] all = new int[2 * rows.out() + inner.size()];
    for (int r = 0; r < rows.out(); r++) {
      int from = 0;
      while (from < rows.taps() && !rows.sees(r, from)) {
        from++;
      }
      int to = from;
      while (to < rows.taps() && rows.sees(r, to)) {
        to++;
      }
      all[2 * r] = from;
      all[2 * r + 1] = to;
    }
    for (int t = 0; t < inner.size(); t++) {
      all[2 * rows.out() + t] = inner.get(t);
    }
    return all;
  }

  /** The convolution. @param activation a function of x, applied last; x itself for none */
  public static DepthwiseTaps forward(ConvShape shape, boolean bias, Term activation) {
    return new DepthwiseTaps(shape, true, bias, activation);
  }

  /** Its gradient by the input. */
  public static DepthwiseTaps inputGradient(ConvShape shape) {
    return new DepthwiseTaps(shape, false, false, Term.variable("x"));
  }

  /** Whether this kernel knows the shape. */
  public static boolean fits(ConvShape shape) {
    return shape.inChannels() == shape.outChannels()
        && shape.kernelWidth() <= WIDEST_KERNEL
        && DepthwiseRow.columns(shape).atEdges() <= MOST_AT_EDGES
        && DepthwiseRow.columnsBack(shape).atEdges() <= MOST_AT_EDGES;
  }

  /** The kernel, and what it was made from. */
  public List<Defined<?>> generated() {
    return List.of(defined);
  }

  /** The floats of working memory that the gradient needs; the convolution itself needs none. */
  public static int scratchSize(ConvShape shape) {
    return shape.isDense() ? 0 : DepthwisePlane.reversed(shape).size();
  }

  /** Computes y from x, or dx from dy; without bias its array is not touched. */
  public void run(float[] x, int xo, float[] w, int wo, float[] bias, int bo, float[] y, int yo, float[] scratch, int so) {
    defined.kernel().run(x, xo, w, wo, bias, bo, y, yo, scratch, so, places);
  }

  private Program program(boolean bias, Term activation) {
    int plane = spread == null ? rows.in() * row.in() : spread.height() * spread.width();
    List<Statement> channel = new ArrayList<>();
    channel.add(new SetIndex("channel",
        Index.of("xo").plus(Index.of("lane")).plus(Index.of("c").times(plane * BLOCK))));
    if (spread != null) {
      channel.addAll(spread.copy("x", Index.of("channel")));
      channel.add(new SetIndex("channel", spread.begin(Index.of("channel"))));
    }
    channel.add(new SetIndex("w0", Index.of("wo").plus(Index.of("c").times(shape.taps())).plus(forward ? 0 : shape.taps() - 1)));
    channel.add(new SetIndex("y0",
        Index.of("yo").plus(Index.of("lane")).plus(Index.of("c").times(rows.out() * row.out() * BLOCK))));
    channel.add(new Loop("r", Index.of(0), Index.of(rows.out()), 1, row(bias, activation)));
    List<Statement> all = new ArrayList<>(spread == null ? List.of() : spread.clear());
    all.add(new Loop("c", Index.of(0), Index.of(shape.inChannels()), 1, channel));
    return new Program(
        forward ? "Depthwise" : "DepthwiseInputGradient",
        List.of(floats("x"), integer("xo"), floats("w"), integer("wo"), floats("bias"), integer("bo"), floats("y"),
            integer("yo"), floats("scratch"), integer("so"), ints("places")),
        List.of(DepthwisePlane.lanes(all)));
  }

  /** A row of the result: the tiles at its edges, then those inside. */
  private List<Statement> row(boolean bias, Term activation) {
    int line = row.in() * BLOCK;
    List<Statement> body = new ArrayList<>();
    body.add(new SetIndex("first", new Index.Element("places", Index.of("r").times(2))));
    body.add(new SetIndex("end", new Index.Element("places", Index.of("r").times(2).plus(1))));
    body.add(new SetIndex("x0", Index.of("channel")
        .plus(Index.of("r").times(rows.step() * line))
        .plus(Index.of("first").times(rows.dilation() * line))
        .plus(-rows.before() * line - row.before() * BLOCK)));
    body.add(new SetIndex("w1", Index.of("w0").plus(Index.of("first").times(direction() * row.taps()))));
    edges.forEach(t -> body.addAll(tile(Index.of(t), t, bias, activation)));
    if (!inner.isEmpty()) {
      List<Statement> inside = new ArrayList<>();
      inside.add(new SetIndex("s", new Index.Element("places", Index.of("t").plus(2 * rows.out()))));
      inside.addAll(tile(Index.of("s"), inner.getFirst(), bias, activation));
      body.add(new Loop("t", Index.of(0), Index.of(inner.size()), 1, inside));
    }
    body.add(new SetIndex("y0", Index.of("y0").plus(row.out() * BLOCK)));
    return body;
  }

  private int direction() {
    return forward ? 1 : -1;
  }

  /** @param like a place of the row whose tile sees the same taps */
  private List<Statement> tile(Index s, int like, boolean bias, Term activation) {
    List<Statement> body = new ArrayList<>();
    Vector start = bias ? new Broadcast("bias", Index.of("bo").plus(Index.of("c"))) : new Constant(0);
    for (int p = 0; p < row.tile(); p++) {
      body.add(new Set("sum" + p, p == 0 ? start : new Vector.Variable("sum0")));
    }
    body.add(new SetIndex("xr", Index.of("x0").plus(s.times(row.step() * BLOCK))));
    body.add(new SetIndex("wr", Index.of("w1")));
    body.add(new Loop("ky", Index.of("first"), Index.of("end"), 1, rowOfTaps(like)));
    body.add(new SetIndex("at", Index.of("y0").plus(s.times(BLOCK))));
    for (int p = 0; p < row.tile(); p++) {
      TermCode code = new TermCode("sum" + p + "_");
      code.bind("x", new Vector.Variable("sum" + p));
      Vector value = code.value(activation);
      body.addAll(code.statements());
      body.add(new Store("y", Index.of("at").plus(p * BLOCK), value));
    }
    return body;
  }

  /** The values of x in their order; each goes to the sums that it meets, so that a sum grows tap by tap, whatever the tile. */
  private List<Statement> rowOfTaps(int like) {
    TreeMap<Integer, List<int[]>> meetings = new TreeMap<>();
    for (int p = 0; p < row.tile(); p++) {
      for (int kx = 0; kx < row.taps(); kx++) {
        if (row.sees(like + p, kx)) {
          meetings.computeIfAbsent(p * row.step() + kx * row.dilation(), k -> new ArrayList<>()).add(new int[] {p, kx});
        }
      }
    }
    List<Statement> body = new ArrayList<>();
    for (int kx = 0; kx < row.taps(); kx++) {
      body.add(new Set("weight" + kx, new Broadcast("w", Index.of("wr").plus(direction() * kx))));
    }
    String from = spread == null ? "x" : spread.array("x");
    meetings.forEach((distance, met) -> {
      body.add(new Set("x_", new Load(from, Index.of("xr").plus(distance * BLOCK))));
      for (int[] m : met) {
        Vector sum = new Vector.Variable("sum" + m[0]);
        body.add(new Set("sum" + m[0], new Fma(new Vector.Variable("weight" + m[1]), new Vector.Variable("x_"), sum)));
      }
    });
    body.add(new SetIndex("xr", Index.of("xr").plus(rows.dilation() * row.in() * BLOCK)));
    body.add(new SetIndex("wr", Index.of("wr").plus(direction() * row.taps())));
    return body;
  }
}
