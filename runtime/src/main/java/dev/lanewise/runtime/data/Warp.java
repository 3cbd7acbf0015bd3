package dev.lanewise.runtime.data;

import dev.lanewise.runtime.data.Augmentation.Change;
import dev.lanewise.runtime.data.Augmentation.Elastic;
import dev.lanewise.runtime.data.Augmentation.Erase;
import dev.lanewise.runtime.data.Augmentation.Flip;
import dev.lanewise.runtime.data.Augmentation.Mixup;
import dev.lanewise.runtime.data.Augmentation.Noise;
import dev.lanewise.runtime.data.Augmentation.Rotate;
import dev.lanewise.runtime.data.Augmentation.Scale;
import dev.lanewise.runtime.data.Augmentation.Shear;
import dev.lanewise.runtime.data.Augmentation.Shift;
import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/**
 * Moves the pixels of an image: one affine map, and a grid whose points move by themselves, read backwards with
 * bilinear interpolation. It is drawn, then written; kept, so that neither allocates.
 */
final class Warp {
  /** In fixed point: a pixel is 4096 steps. */
  private static final int ONE = 1 << 12;
  /** Keeps the draws of the grid apart from those of the map. */
  private static final int GRID = 300;

  private Shape shape;
  // The map from a pixel of the result to its place in the original: that of the first, and the steps per column and
  // row.
  private int startX;
  private int startY;
  private int ax;
  private int bx;
  private int cy;
  private int dy;
  private Elastic elastic;
  private int nodesAcross;
  /** By how much the grid's points move, right and down in turn. */
  private float[] nodes = new float[0];
  /** The same along the row at work. */
  private float[] along = new float[0];

  void draw(List<Change> changes, Shape imageShape, long key) {
    shape = imageShape;
    elastic = null;
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
        case Elastic e -> grid(e, Draws.mix(key, GRID + i));
        case Erase _, Noise _, Mixup _ -> { }
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
    startX = (int) Math.rint((middleX - a * (middleX + right) - b * (middleY + down)) * ONE);
    startY = (int) Math.rint((middleY - c * (middleX + right) - d * (middleY + down)) * ONE);
    ax = (int) Math.rint(a * ONE);
    bx = (int) Math.rint(b * ONE);
    cy = (int) Math.rint(c * ONE);
    dy = (int) Math.rint(d * ONE);
  }

  private void grid(Elastic e, long key) {
    elastic = e;
    nodesAcross = (shape.width() - 1) / e.grid() + 2;
    int count = 2 * nodesAcross * ((shape.height() - 1) / e.grid() + 2);
    if (nodes.length < count) {
      nodes = new float[count];
    }
    if (along.length < 2 * nodesAcross) {
      along = new float[2 * nodesAcross];
    }
    for (int i = 0; i < count; i++) {
      nodes[i] = (float) (e.pixels() * ONE * (2 * Draws.uniform(key, i) - 1));
    }
  }

  /** Writes the moved image; @param data says what lies outside */
  void write(float[] image, Dataset data, float[] out, int offset, int stride) {
    int height = shape.height();
    int width = shape.width();
    for (int channel = 0; channel < shape.channels(); channel++) {
      float zero = data.zero(channel);
      int plane = channel * height * width;
      int to = offset + plane * stride;
      for (int row = 0; row < height; row++) {
        int x = startX + row * bx;
        int y = startY + row * dy;
        if (elastic != null) {
          bend(row);
          bentRow(image, plane, x, y, zero, out, to, stride);
        } else {
          row(image, plane, x, y, zero, out, to, stride);
        }
        to += width * stride;
      }
    }
  }

  private void row(float[] image, int plane, int startOfX, int startOfY, float zero, float[] out, int offset,
      int stride) {
    int height = shape.height();
    int width = shape.width();
    int x = startOfX;
    int y = startOfY;
    int to = offset;
    for (int column = 0; column < width; column++) {
      out[to] = sample(image, plane, height, width, x, y, zero);
      to += stride;
      x += ax;
      y += cy;
    }
  }

  /** How the grid's points move where a row crosses the grid: between those above and below. */
  private void bend(int row) {
    int above = row / elastic.grid() * 2 * nodesAcross;
    float t = row % elastic.grid() / (float) elastic.grid();
    for (int i = 0; i < 2 * nodesAcross; i++) {
      float from = nodes[above + i];
      along[i] = from + t * (nodes[above + 2 * nodesAcross + i] - from);
    }
  }

  private void bentRow(float[] image, int plane, int startOfX, int startOfY, float zero, float[] out, int offset,
      int stride) {
    int grid = elastic.grid();
    for (int column = 0; column < shape.width(); column++) {
      int node = column / grid * 2;
      float s = column % grid / (float) grid;
      int right = (int) (along[node] + s * (along[node + 2] - along[node]));
      int down = (int) (along[node + 1] + s * (along[node + 3] - along[node + 1]));
      out[offset + column * stride] = sample(
          image, plane, shape.height(), shape.width(), startOfX + column * ax + right, startOfY + column * cy
              + down, zero);
    }
  }

  private static float sample(float[] image, int plane, int height, int width, int x, int y, float zero) {
    int column = x >> 12;
    int row = y >> 12;
    float right = (x & ONE - 1) * (1f / ONE);
    float down = (y & ONE - 1) * (1f / ONE);
    int at = plane + row * width + column;
    if (column >= 0 && row >= 0 && column < width - 1 && row < height - 1) {
      float top = image[at] + right * (image[at + 1] - image[at]);
      float bottom = image[at + width] + right * (image[at + width + 1] - image[at + width]);
      return top + down * (bottom - top);
    }
    if (column < -1 || row < -1 || column >= width || row >= height) {
      return zero;
    }
    float p00 = column >= 0 && row >= 0 ? image[at] : zero;
    float p01 = column < width - 1 && row >= 0 ? image[at + 1] : zero;
    float p10 = column >= 0 && row < height - 1 ? image[at + width] : zero;
    float p11 = column < width - 1 && row < height - 1 ? image[at + width + 1] : zero;
    float top = p00 + right * (p01 - p00);
    return top + down * (p10 + right * (p11 - p10) - top);
  }
}
