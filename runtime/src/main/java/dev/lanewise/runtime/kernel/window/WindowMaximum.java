package dev.lanewise.runtime.kernel.window;

import static dev.lanewise.runtime.kernel.code.Program.floats;
import static dev.lanewise.runtime.kernel.code.Program.integer;
import static dev.lanewise.runtime.kernel.code.Program.ints;
import static dev.lanewise.runtime.kernel.lane.Lanes.BLOCK;
import static dev.lanewise.runtime.kernel.lane.Lanes.LENGTH;

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
import dev.lanewise.runtime.kernel.code.Vector.Blend;
import dev.lanewise.runtime.kernel.code.Vector.Constant;
import dev.lanewise.runtime.kernel.code.Vector.Load;
import dev.lanewise.runtime.kernel.code.Vector.Variable;
import dev.lanewise.runtime.kernel.lane.Generated;
import dev.lanewise.runtime.symbolic.Relation;
import dev.lanewise.runtime.tensor.Windows;
import java.util.ArrayList;
import java.util.List;

/**
 * Max pooling with small windows, as {@link MaxPoolKernel} does it, bit for bit: but the taps of a window that lies within the image are
 * written out one after the other, so that nothing is counted and no edge is asked for. Sizes of planes come from a table, so that poolings
 * with the same windows share a kernel. Windows that reach over an edge are that one's.
 *
 * <p>Layouts: x {@code [C][H][W][16]}, y and argmax {@code [C][H'][W'][16]}.
 */
public final class WindowMaximum {
  /** Taps of a window. */
  private static final int MOST_TAPS = 9;

  /** The compiled kernel: values of the image and of the windows, and where the largest lies. For {@code sizes} see {@link #sizes}. */
  public interface Kernel {
    void run(float[] image, int io, float[] windows, int wo, float[] argmax, int ao, int[] sizes);
  }

  private final Defined<Kernel> kernel;
  private final PoolShape shape;
  private final PoolShape.Inner inner;
  private final int[] sizes;

  private WindowMaximum(PoolShape shape, String name, List<Statement> window) {
    this.shape = shape;
    this.inner = shape.inner();
    this.sizes = sizes(shape, inner);
    this.kernel = Generated.define(program(name, shape, window), Kernel.class);
  }

  /** y = the largest of each window, argmax = the first place of equals. */
  public static WindowMaximum forward(PoolShape shape) {
    return new WindowMaximum(shape, "WindowMaximum", largest(shape));
  }

  /** dx = dy where argmax is, else 0: for windows that tile the image. */
  public static WindowMaximum gradient(PoolShape shape) {
    return new WindowMaximum(shape, "WindowMaximumGradient", placed(shape));
  }

  /** Whether windows are small, and some lie within the image. */
  public static boolean fits(PoolShape shape) {
    boolean slides = shape.rows() instanceof Windows.Sliding && shape.columns() instanceof Windows.Sliding;
    return slides && shape.rows().size() * shape.columns().size() <= MOST_TAPS && !shape.inner().isEmpty();
  }

  /** Whether there is a {@link #gradient}: every value of the image is written once. */
  public static boolean gradientFits(PoolShape shape) {
    return fits(shape) && shape.isTiled();
  }

  /**
   * Counts of the loops; in the image the distances in floats between rows of windows, between planes and between rows; what is passed over of the windows after a row, and
   * after a plane.
   */
  private static int[] sizes(PoolShape s, PoolShape.Inner i) {
    int line = s.width() * BLOCK, left = s.outWidth() - i.columns();
    return new int[] {
        s.channels(), i.rows(), i.columns(), stride(s.rows()) * line, s.height() * line, line, left * BLOCK, (s.outHeight() - i.rows()) * s.outWidth() * BLOCK};
  }

  private static int stride(Windows windows) {
    return ((Windows.Sliding) windows).stride();
  }

  /** The kernel, and what it was made from. */
  public List<Defined<?>> generated() {
    return List.of(kernel);
  }

  /** From x to y and argmax; or from dy and argmax to dx, which is the image then. */
  public void run(float[] image, int io, float[] windows, int wo, float[] argmax, int ao) {
    int to = (inner.top() * shape.outWidth() + inner.left()) * BLOCK;
    int from = (shape.rows().from(inner.top()) * shape.width() + shape.columns().from(inner.left())) * BLOCK;
    kernel.kernel().run(image, io + from, windows, wo + to, argmax, ao + to, sizes);
    if (inner.rows() < shape.outHeight() || inner.columns() < shape.outWidth()) {
      MaxPoolKernel.edges(shape, inner, image, io, windows, wo, argmax, ao);
    }
  }

  private static Program program(String name, PoolShape shape, List<Statement> ofWindow) {
    List<Statement> window = new ArrayList<>(ofWindow);
    window.add(advance("at", Index.of(stride(shape.columns()) * BLOCK)));
    window.add(advance("to", Index.of(BLOCK)));
    List<Statement> body = new ArrayList<>();
    List<String> names = List.of("channels", "rows", "columns", "rowStep", "plane", "line", "afterRow", "afterPlane");
    for (int i = 0; i < names.size(); i++) {
      body.add(new SetIndex(names.get(i), new Index.Element("sizes", Index.of(i))));
    }
    Loop rows = new Loop("oy", Index.of(0), Index.of("rows"), 1, List.of(
        new SetIndex("at", Index.of("row")),
        new Loop("ox", Index.of(0), Index.of("columns"), 1, window),
        advance("to", Index.of("afterRow")),
        advance("row", Index.of("rowStep"))));
    Loop channels = new Loop("c", Index.of(0), Index.of("channels"), 1, List.of(
        new SetIndex("row", Index.of("top")), rows, advance("to", Index.of("afterPlane")), advance("top", Index.of("plane"))));
    body.add(new Loop("lane", Index.of(0), Index.of(BLOCK), LENGTH, List.of(
        new SetIndex("to", Index.of("lane")), new SetIndex("top", Index.of("io").plus(Index.of("lane"))), channels)));
    return new Program(
        name,
        List.of(floats("image"), integer("io"), floats("windows"), integer("wo"), floats("argmax"), integer("ao"), ints("sizes")), body);
  }

  private static Statement advance(String name, Index by) {
    return new SetIndex(name, Index.of(name).plus(by));
  }

  private static List<Statement> largest(PoolShape shape) {
    List<Statement> body = new ArrayList<>(List.of(
        new Set("best", new Constant(Float.NEGATIVE_INFINITY)), new Set("where", new Constant(0)), new SetIndex("tap", Index.of("at"))));
    Condition wins = new Condition.Variable("wins");
    for (int ky = 0, position = 0; ky < shape.rows().size(); ky++) {
      for (int kx = 0; kx < shape.columns().size(); kx++, position++) {
        body.add(new Set("x", new Load("image", Index.of("tap").plus(kx * BLOCK))));
        body.add(new SetCondition("wins", new Compare(Relation.GT, new Variable("x"), new Variable("best"))));
        body.add(new Set("best", new Blend(new Variable("best"), new Variable("x"), wins)));
        if (position > 0) {
          body.add(new Set("where", new Blend(new Variable("where"), new Constant(position), wins)));
        }
      }
      body.add(advance("tap", Index.of("line")));
    }
    body.add(new Store("windows", Index.of("wo").plus(Index.of("to")), new Variable("best")));
    body.add(new Store("argmax", Index.of("ao").plus(Index.of("to")), new Variable("where")));
    return body;
  }

  private static List<Statement> placed(PoolShape shape) {
    List<Statement> body = new ArrayList<>(List.of(
        new Set("d", new Load("windows", Index.of("wo").plus(Index.of("to")))),
        new Set("where", new Load("argmax", Index.of("ao").plus(Index.of("to")))),
        new SetIndex("tap", Index.of("at"))));
    for (int ky = 0, position = 0; ky < shape.rows().size(); ky++) {
      for (int kx = 0; kx < shape.columns().size(); kx++, position++) {
        Condition won = new Compare(Relation.EQ, new Variable("where"), new Constant(position));
        body.add(new Store("image", Index.of("tap").plus(kx * BLOCK), new Blend(new Constant(0), new Variable("d"), won)));
      }
      body.add(advance("tap", Index.of("line")));
    }
    return body;
  }
}
