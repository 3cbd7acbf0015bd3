package dev.lanewise.runtime.data.format.image;

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

  /** A line of one length brought to another: for each value of the result, which values count from where on, and how much. */
  private static final class Means {
    final int size;
    private final int[] first;
    private final double[][] weights;

    Means(int length, int size) {
      this.size = size;
      first = new int[size];
      weights = new double[size][];
      double step = (double) length / size;
      double reach = Math.max(1, step);
      for (int to = 0; to < size; to++) {
        double middle = (to + 0.5) * step - 0.5;
        first[to] = Math.max(0, (int) Math.ceil(middle - reach));
        int last = Math.min(length - 1, (int) Math.floor(middle + reach));
        weights[to] = triangle(first[to], last, middle, reach);
      }
    }

    private static double[] triangle(int first, int last, double middle, double reach) {
      double[] weights = new double[last - first + 1];
      double total = 0;
      for (int i = first; i <= last; i++) {
        weights[i - first] = 1 - Math.abs(i - middle) / reach;
        total += weights[i - first];
      }
      for (int i = 0; i < weights.length; i++) {
        weights[i] /= total;
      }
      return weights;
    }

    int first(int to) {
      return first[to];
    }

    int last(int to) {
      return first[to] + weights[to].length - 1;
    }

    double weight(int to, int i) {
      return weights[to][i - first[to]];
    }

    float mean(int to, float[] values) {
      double sum = 0;
      double[] own = weights[to];
      for (int i = 0; i < own.length; i++) {
        sum += own[i] * values[first[to] + i];
      }
      return (float) sum;
    }
  }
}
