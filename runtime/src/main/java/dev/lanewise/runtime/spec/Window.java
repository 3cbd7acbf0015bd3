package dev.lanewise.runtime.spec;

import static dev.lanewise.runtime.signature.Argument.optional;

import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.spec.ShapeException.Problem;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.tensor.Sides;
import dev.lanewise.runtime.tensor.Windows;

/** Windows over the planes of an image: the geometry of pooling. Those over a sequence have one row. */
public record Window(Shape in, Windows rows, Windows columns) {

  private static final Windows ONE_ROW = new Windows.Sliding(1, 1, 1, 0);

  /** Square windows that slide, or, over a sequence, windows of one row. */
  public Window(Shape in, int size, int stride, int padding) {
    this(
        in,
        in.isSequence() ? ONE_ROW : new Windows.Sliding(in.height(), size, stride, padding),
        new Windows.Sliding(in.width(), size, stride, padding));
  }

  /** The arguments of both kinds of pooling. */
  public static Argument[] arguments() {
    return new Argument[] {
      optional("size", Argument.Type.WINDOW, 0, "height and width of the window, or `global` for the whole image"),
      optional("stride", Argument.Type.SIDES, 0, "step of the window; 0 means its size"),
      optional("pad", Argument.Type.SIDES, 0, "rows and columns around the image"),
      optional("to", Argument.Type.SIDES, 0, "instead of a size: height and width of the result, with windows of sizes that fit")
    };
  }

  public static Window bind(String name, Arguments a, Shape in) {
    if (a.isGlobal("size") || !a.sides("to").equals(Sides.of(0))) {
      return adaptive(name, a, in);
    }
    String call = name + "(" + a.sides("size") + ")";
    Checks.planes(call, in);
    Sides size = Checks.sides(call, "size", a.sides("size"), in);
    if (size.least() == 0) {
      throw new ShapeException(
          Problem.BAD_ARGUMENT, name + " needs a window, or the size of its result",
          "write " + name + "(2), " + name + "(global) or " + name + "(to = 4)");
    }
    Sides step = Checks.sides(call, "stride", a.sides("stride"), in);
    Sides stride = new Sides(step.height() == 0 ? size.height() : step.height(), step.width() == 0 ? size.width() : step.width());
    Sides padding = Checks.sides(call, "pad", a.sides("pad"), in);
    if (2L * padding.height() > size.height() || 2L * padding.width() > size.width()) {
      throw new ShapeException(
          Problem.BAD_ARGUMENT, call + ": pad may be at most half the window, not " + padding,
          "use pad = " + new Sides(size.height() / 2, size.width() / 2));
    }
    return new Window(
        in,
        in.isSequence() ? ONE_ROW : sliding(call, in, in.height(), size.height(), stride.height(), padding.height()),
        sliding(call, in, in.width(), size.width(), stride.width(), padding.width()));
  }

  private static Windows sliding(String call, Shape in, int values, int size, int stride, int padding) {
    Checks.slide(call, in, values, size, stride, padding);
    return new Windows.Sliding(values, size, stride, padding);
  }

  private static Window adaptive(String name, Arguments a, Shape in) {
    Sides to = a.sides("to");
    boolean chosen = !to.equals(Sides.of(0));
    String call = chosen ? name + "(to = " + to + ")" : name + "(global)";
    Checks.planes(call, in);
    Sides out = chosen ? Checks.positive(call, "to", to, in) : Sides.of(1);
    boolean sized = chosen && (a.isGlobal("size") || a.sides("size").width() > 0);
    if (sized || !a.sides("stride").equals(Sides.of(0)) || !a.sides("pad").equals(Sides.of(0))) {
      throw new ShapeException(
          Problem.BAD_ARGUMENT, call + " chooses its windows itself: size, stride and pad have no meaning with it",
          "write " + call);
    }
    int height = in.isSequence() ? out.height() : in.height();
    if (out.height() > height || out.width() > in.width()) {
      int least = Math.min(height, in.width());
      Sides most = out.isSquare() ? Sides.of(in.isSequence() ? in.width() : least) : new Sides(in.height(), in.width());
      throw new ShapeException(
          Problem.BAD_ARGUMENT, call + " cannot make " + in + " larger", "use at most " + most + ", or upsample");
    }
    return new Window(in, Windows.bins(in.height(), in.isSequence() ? 1 : out.height()), Windows.bins(in.width(), out.width()));
  }

  /** The output's shape. */
  public Shape out() {
    return in.plane(in.channels(), rows.out(), columns.out());
  }

  /** Whether this is a window of the whole plane. */
  public boolean coversAll() {
    return rows.from(0) == 0 && rows.to(0) == in.height() && columns.from(0) == 0 && columns.to(0) == in.width();
  }

  /** Whether the windows are squares of this size that lie beside each other, as a convolution's kernel can pool them. */
  public boolean isTiling(int size) {
    return rows.equals(new Windows.Sliding(in.height(), size, size, 0))
        && columns.equals(new Windows.Sliding(in.width(), size, size, 0));
  }

  /** One element under the window. */
  public interface Visitor {
    /**
     * @param x element of the input
     * @param position in the window, row * {@link #columns}.size() + column
     * @param y element of the output
     */
    void at(int x, int position, int y);
  }

  /** Visits every element under every place of the window, row by row. */
  public void forEach(Visitor visitor) {
    int size = out().size();
    for (int y = 0; y < size; y++) {
      int column = y % columns.out();
      int row = y / columns.out() % rows.out();
      int plane = y / columns.out() / rows.out() * in.height();
      for (int r = Math.max(0, rows.from(row)); r < Math.min(rows.in(), rows.to(row)); r++) {
        for (int c = Math.max(0, columns.from(column)); c < Math.min(columns.in(), columns.to(column)); c++) {
          int position = (r - rows.from(row)) * columns.size() + c - columns.from(column);
          visitor.at((plane + r) * in.width() + c, position, y);
        }
      }
    }
  }
}
