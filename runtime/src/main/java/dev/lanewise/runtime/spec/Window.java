package dev.lanewise.runtime.spec;

import static dev.lanewise.runtime.signature.Argument.optional;

import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.spec.ShapeException.Problem;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.tensor.Windows;

/** Windows over the planes of an image: the geometry of pooling. Those over a sequence have one row. */
public record Window(Shape in, Windows rows, Windows columns) {

  /** Square windows that slide, or, over a sequence, windows of one row. */
  public Window(Shape in, int size, int stride, int padding) {
    this(
        in,
        in.isSequence() ? new Windows.Sliding(1, 1, 1, 0) : new Windows.Sliding(in.height(), size, stride, padding),
        new Windows.Sliding(in.width(), size, stride, padding));
  }

  /** Windows, as equal as can be, that give so many rows and columns. */
  static Window to(Shape in, int size) {
    return new Window(in, Windows.bins(in.height(), in.isSequence() ? 1 : size), Windows.bins(in.width(), size));
  }

  /** The arguments of both kinds of pooling. */
  public static Argument[] arguments() {
    return new Argument[] {
      optional("size", Argument.Type.WINDOW, 0, "height and width of the window, or `global` for the whole image"),
      optional("stride", Argument.Type.INTEGER, 0, "step of the window; 0 means its size"),
      optional("pad", Argument.Type.INTEGER, 0, "rows and columns around the image"),
      optional("to", Argument.Type.INTEGER, 0, "instead of a size: height and width of the result, with windows of sizes that fit")
    };
  }

  public static Window bind(String name, Arguments a, Shape in) {
    int to = a.integer("to");
    if (a.isGlobal("size") || to > 0) {
      return adaptive(name, a, in);
    }
    String call = name + "(" + a.integer("size") + ")";
    Checks.planes(call, in);
    if (a.integer("size") == 0) {
      throw new ShapeException(
          Problem.BAD_ARGUMENT, name + " needs a window, or the size of its result",
          "write " + name + "(2), " + name + "(global) or " + name + "(to = 4)");
    }
    int size = a.integer("size");
    int stride = a.integer("stride") == 0 ? size : a.integer("stride");
    int padding = a.integer("pad");
    if (padding < 0 || 2L * padding > size) {
      throw new ShapeException(
          Problem.BAD_ARGUMENT, call + ": pad may be at most half the window, not " + padding, "use pad = " + size / 2);
    }
    if (!in.isSequence()) {
      Checks.slide(call, in, in.height(), size, stride, padding);
    }
    Checks.slide(call, in, in.width(), size, stride, padding);
    return new Window(in, size, stride, padding);
  }

  private static Window adaptive(String name, Arguments a, Shape in) {
    int to = a.integer("to");
    String call = to > 0 ? name + "(to = " + to + ")" : name + "(global)";
    Checks.planes(call, in);
    boolean sized = to > 0 && (a.isGlobal("size") || a.integer("size") > 0);
    if (sized || a.integer("stride") > 0 || a.integer("pad") > 0) {
      throw new ShapeException(
          Problem.BAD_ARGUMENT, call + " chooses its windows itself: size, stride and pad have no meaning with it",
          "write " + call);
    }
    int least = in.isSequence() ? in.width() : Math.min(in.height(), in.width());
    if (to > least) {
      throw new ShapeException(
          Problem.BAD_ARGUMENT, call + " cannot make " + in + " larger", "use at most " + least + ", or upsample");
    }
    return to(in, Math.max(1, to));
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
