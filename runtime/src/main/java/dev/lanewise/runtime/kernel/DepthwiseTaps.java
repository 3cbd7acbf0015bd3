package dev.lanewise.runtime.kernel;

import static dev.lanewise.runtime.kernel.Lanes.BLOCK;
import static dev.lanewise.runtime.kernel.Lanes.LENGTH;
import static dev.lanewise.runtime.kernel.code.Program.floats;
import static dev.lanewise.runtime.kernel.code.Program.integer;
import static dev.lanewise.runtime.kernel.code.Program.ints;

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
 * dx[c][y][x]  = Σ_ky Σ_kx w[c][K - 1 - ky][K - 1 - kx] · dy'[c][y + ky·dilation][x + kx·dilation]
 * </pre>
 *
 * where dy' has zeros around and, with a stride, between the values of dy. A tile is some neighbours of a row: their sums and a row of
 * weights stay in registers, and each x is loaded once for all the taps of the row that meet it.
 *
 * <p>Layouts: x {@code [C][H][W][16]}, w {@code [C][1][ky][kx]}, y {@code [C][H'][W'][16]}.
 */
public final class DepthwiseTaps {
  /** Sums of a tile; with them a row of weights and a value of x lie in the registers, of which there are 16 or 32. */
  private static final int POSITIONS = 8;

  /** A row of weights that leaves room for the sums. */
  private static final int WIDEST_KERNEL = 7;

  interface Kernel {
    void run(float[] x, int xo, float[] w, int wo, float[] bias, int bo, float[] y, int yo, float[] scratch, int so,
        int[] tiles);
  }

  private final ConvShape shape;
  private final DepthwisePlane plane;
  private final boolean forward;
  private final int positions;
  private final int[] tiles;
  private final Defined<Kernel> defined;

  private DepthwiseTaps(ConvShape shape, boolean forward, boolean bias, Term activation) {
    this.shape = shape;
    this.forward = forward;
    this.plane = forward ? DepthwisePlane.padded(shape) : DepthwisePlane.reversed(shape);
    this.positions = tile(outWidth());
    this.tiles = new int[(outWidth() + positions - 1) / positions];
    for (int t = 0; t < tiles.length; t++) {
      // A row's last tile overlaps the one before it, rather than be a smaller one.
      tiles[t] = Math.min(t * positions, outWidth() - positions);
    }
    this.defined = Generated.define(program(bias, activation), Kernel.class);
  }

  /** As many as possible without an overlap, but no less than half of the most. */
  private static int tile(int width) {
    for (int tile = POSITIONS; tile >= POSITIONS / 2; tile--) {
      if (width % tile == 0) {
        return tile;
      }
    }
    return Math.min(POSITIONS, width);
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
    return shape.inChannels() == shape.outChannels() && shape.kernelWidth() <= WIDEST_KERNEL;
  }

  /** The kernel, and what it was made from. */
  public List<Defined<?>> generated() {
    return List.of(defined);
  }

  /** The floats of working memory that both directions need. */
  public static int scratchSize(ConvShape shape) {
    return Math.max(DepthwisePlane.padded(shape).size(), DepthwisePlane.reversed(shape).size());
  }

  /** Computes y from x, or dx from dy; without bias its array is not touched. */
  public void run(float[] x, int xo, float[] w, int wo, float[] bias, int bo, float[] y, int yo, float[] scratch, int so) {
    defined.kernel().run(x, xo, w, wo, bias, bo, y, yo, scratch, so, tiles);
  }

  private int outHeight() {
    return forward ? shape.outHeight() : shape.height();
  }

  private int outWidth() {
    return forward ? shape.outWidth() : shape.width();
  }

  private int stride() {
    return forward ? shape.stride() : 1;
  }

  private Program program(boolean bias, Term activation) {
    Index channel = Index.of("xo").plus(Index.of("lane")).plus(Index.of("c").times(plane.height() * plane.width() * BLOCK));
    Loop row = new Loop("t", Index.of(0), Index.of(tiles.length), 1, tile(bias, activation));
    List<Statement> body = new ArrayList<>();
    body.add(new SetIndex("channel", channel));
    body.addAll(plane.copy("x", Index.of("channel")));
    body.add(new SetIndex("plane", plane.begin(Index.of("channel"))));
    body.add(new SetIndex("w0", Index.of("wo").plus(Index.of("c").times(shape.taps()))));
    body.add(new Loop("r", Index.of(0), Index.of(outHeight()), 1, List.of(row)));
    List<Statement> all = new ArrayList<>(plane.clear());
    all.add(new Loop("c", Index.of(0), Index.of(shape.inChannels()), 1, body));
    return new Program(
        forward ? "Depthwise" : "DepthwiseInputGradient",
        List.of(floats("x"), integer("xo"), floats("w"), integer("wo"), floats("bias"), integer("bo"), floats("y"),
            integer("yo"), floats("scratch"), integer("so"), ints("tiles")),
        List.of(DepthwisePlane.lanes(all)));
  }

  private List<Statement> tile(boolean bias, Term activation) {
    List<Statement> body = new ArrayList<>();
    Index first = new Index.Element("tiles", Index.of("t"));
    body.add(new SetIndex("s", first));
    for (int p = 0; p < positions; p++) {
      Vector start = bias ? new Broadcast("bias", Index.of("bo").plus(Index.of("c"))) : new Constant(0);
      body.add(new Set("sum" + p, p == 0 ? start : new Vector.Variable("sum0")));
    }
    body.add(new SetIndex("xr", Index.of("plane")
        .plus(Index.of("r").times(stride() * plane.columns() * BLOCK))
        .plus(Index.of("s").times(stride() * BLOCK))));
    body.add(new SetIndex("wr", forward ? Index.of("w0") : Index.of("w0").plus(shape.taps() - 1)));
    body.add(new Loop("ky", Index.of(0), Index.of(shape.kernelHeight()), 1, rowOfTaps()));
    Index at = Index.of("yo").plus(Index.of("lane"))
        .plus(Index.of("c").times(outHeight() * outWidth() * BLOCK))
        .plus(Index.of("r").times(outWidth() * BLOCK))
        .plus(Index.of("s").times(BLOCK));
    body.add(new SetIndex("at", at));
    for (int p = 0; p < positions; p++) {
      TermCode code = new TermCode("sum" + p + "_");
      code.bind("x", new Vector.Variable("sum" + p));
      Vector value = code.value(activation);
      body.addAll(code.statements());
      body.add(new Store("y", Index.of("at").plus(p * BLOCK), value));
    }
    return body;
  }

  /** The values of x in their order; each goes to the sums that it meets, so that a sum grows tap by tap, whatever the tile. */
  private List<Statement> rowOfTaps() {
    TreeMap<Integer, List<int[]>> meetings = new TreeMap<>();
    for (int p = 0; p < positions; p++) {
      for (int kx = 0; kx < shape.kernelWidth(); kx++) {
        meetings.computeIfAbsent(p * stride() + kx * shape.dilation(), k -> new ArrayList<>()).add(new int[] {p, kx});
      }
    }
    List<Statement> body = new ArrayList<>();
    for (int kx = 0; kx < shape.kernelWidth(); kx++) {
      body.add(new Set("weight" + kx, new Broadcast("w", Index.of("wr").plus(forward ? kx : -kx))));
    }
    meetings.forEach((distance, met) -> {
      body.add(new Set("x_", new Load(plane.array("x"), Index.of("xr").plus(distance * BLOCK))));
      for (int[] m : met) {
        Vector sum = new Vector.Variable("sum" + m[0]);
        body.add(new Set("sum" + m[0], new Fma(new Vector.Variable("weight" + m[1]), new Vector.Variable("x_"), sum)));
      }
    });
    body.add(new SetIndex("xr", Index.of("xr").plus(shape.dilation() * plane.columns() * BLOCK)));
    body.add(new SetIndex("wr", Index.of("wr").plus(forward ? shape.kernelWidth() : -shape.kernelWidth())));
    return body;
  }
}
