package dev.lanewise.runtime.data.format;

/**
 * One plane of an image brought to another size, as its rows come: the image itself need not be in memory as numbers.
 * Every value is a mean weighted by a triangle, which is as wide as the step where that is above a pixel: what PyTorch's
 * {@code interpolate(mode="bilinear", antialias=True)} does.
 *
 * <pre>{@code Resized to = new Resized(3000, 2000, 28, 28);  for each row y: to.row(y, values);  to.plane() }</pre>
 */
final class Resized {
  private final Means across;
  private final Means down;
  private final double[] sums;
  private final float[] narrow;
  /** The first row of the result that still waits for something. */
  private int open;

  Resized(int width, int height, int toWidth, int toHeight) {
    across = new Means(width, toWidth);
    down = new Means(height, toHeight);
    sums = new double[toWidth * toHeight];
    narrow = new float[toWidth];
  }

  /** A whole plane, row by row. */
  static float[] of(float[] plane, int width, int height, int toWidth, int toHeight) {
    Resized to = new Resized(width, height, toWidth, toHeight);
    float[] row = new float[width];
    for (int y = 0; y < height; y++) {
      System.arraycopy(plane, y * width, row, 0, width);
      to.row(y, row);
    }
    return to.plane();
  }

  /** Takes the next row. @param y from 0 on, each once */
  void row(int y, float[] values) {
    for (int x = 0; x < narrow.length; x++) {
      narrow[x] = across.mean(x, values);
    }
    while (open < down.size && down.last(open) < y) {
      open++;
    }
    for (int to = open; to < down.size && down.first(to) <= y; to++) {
      double weight = down.weight(to, y);
      for (int x = 0; x < narrow.length; x++) {
        sums[to * narrow.length + x] += weight * narrow[x];
      }
    }
  }

  /** Row by row, when all have come. */
  float[] plane() {
    float[] plane = new float[sums.length];
    for (int i = 0; i < plane.length; i++) {
      plane[i] = (float) sums[i];
    }
    return plane;
  }

  /** A line of one length brought to another. */
  private static final class Means {
    final int size;
    private final int length;
    private final double step;
    private final double reach;
    private final double[] totals;

    Means(int length, int size) {
      this.length = length;
      this.size = size;
      step = (double) length / size;
      reach = Math.max(1, step);
      totals = new double[size];
      for (int to = 0; to < size; to++) {
        for (int i = first(to); i <= last(to); i++) {
          totals[to] += triangle(to, i);
        }
      }
    }

    int first(int to) {
      return Math.max(0, (int) Math.ceil(middle(to) - reach));
    }

    int last(int to) {
      return Math.min(length - 1, (int) Math.floor(middle(to) + reach));
    }

    double weight(int to, int i) {
      return triangle(to, i) / totals[to];
    }

    float mean(int to, float[] values) {
      double sum = 0;
      for (int i = first(to); i <= last(to); i++) {
        sum += triangle(to, i) * values[i];
      }
      return (float) (sum / totals[to]);
    }

    private double middle(int to) {
      return (to + 0.5) * step - 0.5;
    }

    private double triangle(int to, int i) {
      return 1 - Math.abs(i - middle(to)) / reach;
    }
  }
}
