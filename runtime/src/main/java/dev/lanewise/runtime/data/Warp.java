package dev.lanewise.runtime.data;

import dev.lanewise.runtime.data.Augmentation.Change;
import dev.lanewise.runtime.data.Augmentation.Brightness;
import dev.lanewise.runtime.data.Augmentation.Elastic;
import dev.lanewise.runtime.data.Augmentation.Erase;
import dev.lanewise.runtime.data.Augmentation.Flip;
import dev.lanewise.runtime.data.Augmentation.Mixup;
import dev.lanewise.runtime.data.Augmentation.Noise;
import dev.lanewise.runtime.data.Augmentation.Rotate;
import dev.lanewise.runtime.data.Augmentation.Scale;
import dev.lanewise.runtime.data.Augmentation.Shear;
import dev.lanewise.runtime.data.Augmentation.Shift;
import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.kernel.window.WarpKernel;
import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * Moves the pixels of a block of images: of each, one affine map, and a grid whose points move by themselves, read
 * backwards with bilinear interpolation. Each lane's is drawn, then all are written; kept, so that neither allocates.
 */
final class Warp {
  /** Keeps the draws of the grid apart from those of the map. */
  private static final int GRID = 300;

  private final List<Change> changes;
  private final Shape shape;
  private final Elastic elastic;
  /** Points of the grid. */
  private final int points;
  private final int[] maps = new int[6 * Lanes.BLOCK];
  private final float[] nodes;
  private final float[] along;
  private final float[] framed;
  private final int[] xs;
  private final int[] ys;
  private final int[] at;

  /** @param shape of the images */
  Warp(List<Change> changes, Shape shape) {
    this.changes = changes;
    this.shape = shape;
    Elastic grid = null;
    for (Change change : changes) {
      grid = change instanceof Elastic e ? e : grid;
    }
    elastic = grid;
    int across = grid == null ? 0 : (shape.width() - 1) / grid.grid() + 2;
    points = grid == null ? 0 : across * ((shape.height() - 1) / grid.grid() + 2);
    nodes = new float[2 * points * Lanes.BLOCK];
    along = new float[2 * across * Lanes.BLOCK];
    framed = new float[(shape.height() + WarpKernel.FRAME) * (shape.width() + WarpKernel.FRAME) * Lanes.BLOCK];
    xs = new int[shape.width() * Lanes.BLOCK];
    ys = new int[xs.length];
    at = new int[xs.length];
  }

  /** Decides how a lane's image is to move. */
  void draw(int lane, long key) {
    // As seen from the centre: [a b; c d] and a shift.
    double a = 1;
    double b = 0;
    double c = 0;
    double d = 1;
    double right = 0;
    double down = 0;
    for (int i = 0; i < changes.size(); i++) {
      double u = 2 * Draws.uniform(key, 2 * i) - 1;
      double v = 2 * Draws.uniform(key, 2 * i + 1) - 1;
      double p = 1;
      double q = 0;
      double r = 0;
      double s = 1;
      switch (changes.get(i)) {
        case Rotate(double degrees) -> {
          double angle = Math.toRadians(degrees * u);
          p = StrictMath.cos(angle);
          q = StrictMath.sin(angle);
          r = -q;
          s = p;
        }
        case Scale(double least, double most) -> {
          p = 1 / (least + (most - least) * (u + 1) / 2);
          s = p;
        }
        case Shear(double degrees) -> q = StrictMath.tan(Math.toRadians(degrees * u));
        case Flip(double probability) -> p = (u + 1) / 2 < probability ? -1 : 1;
        case Shift(double pixels) -> {
          right += pixels * u;
          down += pixels * v;
        }
        case Elastic e when e == elastic -> grid(lane, Draws.mix(key, GRID + i));
        case Brightness _, Elastic _, Erase _, Noise _, Mixup _, Augmentation.Delay _, Augmentation.Tempo _, Augmentation.Mask _, Augmentation.Gain _ -> { }
      }
      double na = a * p + b * r;
      double nb = a * q + b * s;
      double nc = c * p + d * r;
      d = c * q + d * s;
      c = nc;
      a = na;
      b = nb;
    }
    double middleX = (shape.width() - 1) / 2.0;
    double middleY = (shape.height() - 1) / 2.0;
    put(0, lane, middleX - a * (middleX + right) - b * (middleY + down));
    put(1, lane, middleY - c * (middleX + right) - d * (middleY + down));
    put(2, lane, a);
    put(3, lane, c);
    put(4, lane, b);
    put(5, lane, d);
  }

  /** Where a box of a lane's image is then. @throws IllegalStateException if the image is turned: a box is upright */
  Box moved(Box box, int lane) {
    if (number(3, lane) != 0 || number(4, lane) != 0 || elastic != null) {
      throw new IllegalStateException("a box cannot be turned, nor bent");
    }
    double left = moved(box.left(), shape.width(), number(0, lane), number(2, lane));
    double right = moved(box.right(), shape.width(), number(0, lane), number(2, lane));
    double top = moved(box.top(), shape.height(), number(1, lane), number(5, lane));
    double bottom = moved(box.bottom(), shape.height(), number(1, lane), number(5, lane));
    return new Box(Math.min(left, right), Math.min(top, bottom), Math.max(left, right), Math.max(top, bottom));
  }

  /** The map tells where a pixel comes from, and pixels are counted from the middle of the first one; edges begin half a pixel before it. */
  private static double moved(double edge, int pixels, double from, double factor) {
    return ((edge * pixels - 0.5 - from) / factor + 0.5) / pixels;
  }

  private double number(int number, int lane) {
    return maps[number * Lanes.BLOCK + lane] / (double) WarpKernel.ONE;
  }

  /** A number of a lane's map, in the kernel's fixed point. */
  private void put(int number, int lane, double pixels) {
    maps[number * Lanes.BLOCK + lane] = (int) Math.rint(pixels * WarpKernel.ONE);
  }

  private void grid(int lane, long key) {
    for (int i = 0; i < 2 * points; i++) {
      nodes[i * Lanes.BLOCK + lane] =
          (float) (elastic.pixels() * WarpKernel.ONE * (2 * Draws.uniform(key, i) - 1));
    }
  }

  /**
   * Writes the moved images.
   *
   * @param images a block of them
   * @param data says what lies outside
   */
  void write(float[] images, Dataset data, float[] out, int offset) {
    for (int channel = 0; channel < shape.channels(); channel++) {
      write(images, channel, data.zero(channel), out, offset);
    }
  }

  /** The same with one number outside of all channels. */
  void write(float[] images, float outside, float[] out, int offset) {
    for (int channel = 0; channel < shape.channels(); channel++) {
      write(images, channel, outside, out, offset);
    }
  }

  private void write(float[] images, int channel, float outside, float[] out, int offset) {
    int height = shape.height();
    int line = shape.width() * Lanes.BLOCK;
    frame(images, channel * height * line, outside);
    for (int row = 0; row < height; row++) {
      places(row);
      WarpKernel.sample(framed, height, shape.width(), xs, ys, at, out, offset + (channel * height + row) * line);
    }
  }

  private void places(int row) {
    WarpKernel.places(maps, row, shape.width(), xs, ys);
    if (elastic != null) {
      WarpKernel.bend(nodes, elastic.grid(), row, shape.width(), along, xs, ys);
    }
  }

  /** Writes the numbers that lie nearest, as classes need it: between two of them there is none. */
  void nearest(float[] images, float outside, float[] out, int offset) {
    int line = shape.width() * Lanes.BLOCK;
    for (int row = 0; row < shape.height(); row++) {
      places(row);
      for (int channel = 0; channel < shape.channels(); channel++) {
        int from = channel * shape.height() * line;
        WarpKernel.nearest(images, from, shape.height(), shape.width(), xs, ys, outside, out, offset + from + row * line);
      }
    }
  }

  /** Puts background around a channel. */
  private void frame(float[] images, int from, float background) {
    int line = shape.width() * Lanes.BLOCK;
    int framedLine = line + WarpKernel.FRAME * Lanes.BLOCK;
    Arrays.fill(framed, background);
    for (int row = 0; row < shape.height(); row++) {
      System.arraycopy(images, from + row * line, framed, (row + 1) * framedLine + Lanes.BLOCK, line);
    }
  }
}
