package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.operation.ShapeException.Problem;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.tensor.Shape;

/** A square window that slides over the planes of an image: the geometry of pooling. */
public record Window(Shape in, int size, int stride, int padding) {
  static Window bind(String name, Arguments a, Shape in) {
    String call = name + "(" + a.integer("size") + ")";
    Checks.planes(call, in);
    int size = Checks.positive(call, "size", a.integer("size"));
    int stride = a.integer("stride") == 0 ? size : Checks.positive(call, "stride", a.integer("stride"));
    int padding = a.integer("pad");
    if (padding < 0 || 2 * padding > size) {
      throw new ShapeException(
          Problem.BAD_ARGUMENT, call + ": pad may be at most half the window, not " + padding, "use pad = " + size / 2);
    }
    Checks.slide(call, in, in.height(), size, stride, padding);
    Checks.slide(call, in, in.width(), size, stride, padding);
    return new Window(in, size, stride, padding);
  }

  /** The output's shape. */
  public Shape out() {
    return Shape.of(
        in.channels(), (in.height() + 2 * padding - size) / stride + 1, (in.width() + 2 * padding - size) / stride + 1);
  }

  /** One element under the window. */
  interface Visitor {
    /**
     * @param x element of the input
     * @param position in the window, ky * size + kx
     * @param y element of the output
     */
    void at(int x, int position, int y);
  }

  /** Visits every element under every place of the window, row by row. */
  void forEach(Visitor visitor) {
    Shape out = out();
    for (int y = 0; y < out.size(); y++) {
      int column = y % out.width();
      int row = y / out.width() % out.height();
      int channel = y / out.width() / out.height();
      for (int position = 0; position < size * size; position++) {
        int r = row * stride + position / size - padding;
        int c = column * stride + position % size - padding;
        if (r >= 0 && r < in.height() && c >= 0 && c < in.width()) {
          visitor.at((channel * in.height() + r) * in.width() + c, position, y);
        }
      }
    }
  }
}
