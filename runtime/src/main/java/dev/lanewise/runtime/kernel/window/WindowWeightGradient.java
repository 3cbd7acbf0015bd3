package dev.lanewise.runtime.kernel.window;

import static dev.lanewise.runtime.kernel.code.Program.floats;
import static dev.lanewise.runtime.kernel.code.Program.integer;
import static dev.lanewise.runtime.kernel.lane.Lanes.BLOCK;

import dev.lanewise.runtime.kernel.code.Bytecode.Defined;
import dev.lanewise.runtime.kernel.code.Condition;
import dev.lanewise.runtime.kernel.code.Condition.Compare;
import dev.lanewise.runtime.kernel.code.Index;
import dev.lanewise.runtime.kernel.code.Program;
import dev.lanewise.runtime.kernel.code.Statement;
import dev.lanewise.runtime.kernel.code.Statement.Loop;
import dev.lanewise.runtime.kernel.code.Statement.Set;
import dev.lanewise.runtime.kernel.code.Statement.SetCondition;
import dev.lanewise.runtime.kernel.code.Statement.SetIndex;
import dev.lanewise.runtime.kernel.code.Statement.Store;
import dev.lanewise.runtime.kernel.code.Vector;
import dev.lanewise.runtime.kernel.code.Vector.Binary;
import dev.lanewise.runtime.kernel.code.Vector.Blend;
import dev.lanewise.runtime.kernel.code.Vector.Constant;
import dev.lanewise.runtime.kernel.code.Vector.Fma;
import dev.lanewise.runtime.kernel.code.Vector.Load;
import dev.lanewise.runtime.kernel.code.Vector.Operator;
import dev.lanewise.runtime.kernel.conv.ConvShape;
import dev.lanewise.runtime.kernel.lane.Generated;
import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.symbolic.Relation;
import java.util.ArrayList;
import java.util.List;

/**
 * The gradient of a convolution by its weights, one sum per lane, where 2x2 max pooling follows and the channels are
 * too few to be lanes:
 *
 * <pre>sums[o][c][ky][kx] += Σ_windows dy[o][window] · x[c][winner(o, window) + (ky, kx)]</pre>
 *
 * <p>Every lane's winner is another. So the two rows that may hold it are loaded, from them each lane's row is taken,
 * and from two neighbours in that row each lane's column: 11 blends and 5 multiply-adds for a row of five taps, where
 * the dense kernel needs 20 multiply-adds.
 *
 * <p>Layouts: x {@code [C][H][W][16]}, dy and argmax {@code [O][H/2][W/2][16]} of the pooled result, sums {@code
 * [O·C·ky·kx][16]}, which
 * {@link dev.lanewise.runtime.kernel.lane.LaneSums} adds up.
 */
public final class WindowWeightGradient {
  /** Taps whose sums stay in registers, but for a few that do not fit beside what is chosen from. */
  private static final int MOST_TAPS = Lanes.LENGTH == 16 ? 25 : 6;

  private static final int WIDEST_KERNEL = 8;

  public interface Kernel {
    void run(float[] x, int xo, float[] dy, int dyo, float[] argmax, int ao, float[] sums, int so);
  }

  private final Defined<Kernel> defined;

  public WindowWeightGradient(ConvShape shape) {
    this.defined = Generated.define(program(shape), Kernel.class);
  }

  /** The kernel, and what it was made from. */
  public List<Defined<?>> generated() {
    return List.of(defined);
  }

  /** Whether this kernel knows the shape. */
  public static boolean fits(ConvShape shape, PoolShape pool) {
    return shape.isPlain()
        && shape.isDense()
        && shape.kernelWidth() <= WIDEST_KERNEL
        && pool.isSquare()
        && pool.size() == 2
        && pool.stride() == 2;
  }

  /** Adds the gradient of this block to the sums. */
  public void run(float[] x, int xo, float[] dy, int dyo, float[] argmax, int ao, float[] sums, int so) {
    defined.kernel().run(x, xo, dy, dyo, argmax, ao, sums, so);
  }

  /** Row of windows by row, so that the rows of x which it sees stay in the first-level cache for all output channels. */
  private static Program program(ConvShape shape) {
    List<Statement> passes = new ArrayList<>();
    int most = Math.max(1, MOST_TAPS / shape.kernelWidth());
    for (int ky = 0; ky < shape.kernelHeight(); ky += most) {
      passes.addAll(pass(shape, ky, Math.min(most, shape.kernelHeight() - ky)));
    }
    Loop outputs = new Loop("o", Index.of(0), Index.of(shape.outChannels()), 1, passes);
    Loop rows = new Loop("py", Index.of(0), Index.of(shape.outHeight() / 2), 1, List.of(outputs));
    Loop channels = new Loop("c", Index.of(0), Index.of(shape.inChannels()), 1, List.of(rows));
    return new Program(
        "WindowWeightGradient",
        List.of(floats("x"), integer("xo"), floats("dy"), integer("dyo"), floats("argmax"), integer("ao"),
            floats("sums"), integer("so")),
        List.of(new Loop("lane", Index.of(0), Index.of(BLOCK), Lanes.LENGTH, List.of(channels))));
  }

  /** Some rows of taps: their sums stay in registers while a row of windows passes. */
  private static List<Statement> pass(ConvShape s, int first, int rows) {
    int across = s.outWidth() / 2;
    int windows = s.outHeight() / 2 * across;
    List<Statement> body = new ArrayList<>();
    body.add(new SetIndex("s", Index.of("so").plus(Index.of("lane"))
        .plus(Index.of("o").times(s.inChannels() * s.taps() * BLOCK))
        .plus(Index.of("c").times(s.taps() * BLOCK))
        .plus(first * s.kernelWidth() * BLOCK)));
    body.add(new SetIndex("d", Index.of("lane")
        .plus(Index.of("o").times(windows * BLOCK))
        .plus(Index.of("py").times(across * BLOCK))));
    body.add(new SetIndex("at", Index.of("xo").plus(Index.of("lane"))
        .plus(Index.of("c").times(s.height() * s.width() * BLOCK))
        .plus(Index.of("py").times(2 * s.width() * BLOCK))
        .plus(first * s.width() * BLOCK)));
    for (int tap = 0; tap < rows * s.kernelWidth(); tap++) {
      body.add(new Set("sum" + tap, new Load("sums", Index.of("s").plus(tap * BLOCK))));
    }
    body.add(new Loop("px", Index.of(0), Index.of(across), 1, window(s, rows)));
    for (int tap = 0; tap < rows * s.kernelWidth(); tap++) {
      body.add(new Store("sums", Index.of("s").plus(tap * BLOCK), new Vector.Variable("sum" + tap)));
    }
    return body;
  }

  private static List<Statement> window(ConvShape s, int rows) {
    List<Statement> body = new ArrayList<>();
    body.add(new Set("winner", new Load("argmax", Index.of("d").plus(Index.of("ao")))));
    body.add(new Set("dy0", new Load("dy", Index.of("d").plus(Index.of("dyo")))));
    body.add(new SetCondition("below", new Compare(Relation.GT, new Vector.Variable("winner"), new Constant(1.5f))));
    Vector left = new Binary(Operator.SUBTRACT, new Vector.Variable("winner"), new Constant(2));
    body.add(new Set("winner", new Blend(new Vector.Variable("winner"), left, new Condition.Variable("below"))));
    body.add(new SetCondition("right", new Compare(Relation.GT, new Vector.Variable("winner"), new Constant(0.5f))));
    for (int ky = 0; ky < rows; ky++) {
      for (int kx = 0; kx <= s.kernelWidth(); kx++) {
        Load upper = new Load("x", Index.of("at").plus((ky * s.width() + kx) * BLOCK));
        Load lower = new Load("x", Index.of("at").plus(((ky + 1) * s.width() + kx) * BLOCK));
        body.add(new Set("row" + kx, new Blend(upper, lower, new Condition.Variable("below"))));
      }
      for (int kx = 0; kx < s.kernelWidth(); kx++) {
        Vector x = new Blend(new Vector.Variable("row" + kx), new Vector.Variable("row" + (kx + 1)),
            new Condition.Variable("right"));
        String sum = "sum" + (ky * s.kernelWidth() + kx);
        body.add(new Set(sum, new Fma(new Vector.Variable("dy0"), x, new Vector.Variable(sum))));
      }
    }
    body.add(new SetIndex("d", Index.of("d").plus(BLOCK)));
    body.add(new SetIndex("at", Index.of("at").plus(2 * BLOCK)));
    return body;
  }
}
