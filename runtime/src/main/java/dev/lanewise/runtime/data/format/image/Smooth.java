package dev.lanewise.runtime.data.format.image;

import java.util.Arrays;

/** Planes without what is small in them. */
final class Smooth {
  /** The ground is looked for in so many cells along the longer side: a stroke is narrower than three of them. */
  private static final int CELLS = 16;

  private Smooth() {}

  /** Every value the mean of a square around it. @param radius of the square; 0 leaves all as it is */
  static float[] mean(float[] plane, int width, int height, int radius) {
    if (radius == 0) {
      return plane;
    }
    double[] sums = new double[(width + 1) * (height + 1)];
    for (int y = 0; y < height; y++) {
      double row = 0;
      for (int x = 0; x < width; x++) {
        row += plane[y * width + x];
        sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row;
      }
    }
    float[] mean = new float[plane.length];
    for (int y = 0; y < height; y++) {
      int top = Math.max(0, y - radius) * (width + 1);
      int bottom = Math.min(height, y + radius + 1) * (width + 1);
      for (int x = 0; x < width; x++) {
        int left = Math.max(0, x - radius);
        int right = Math.min(width, x + radius + 1);
        double sum = sums[bottom + right] - sums[bottom + left] - sums[top + right] + sums[top + left];
        mean[y * width + x] = (float) (sum / ((right - left) * ((bottom - top) / (width + 1))));
      }
    }
    return mean;
  }

  /**
   * The ground below a drawing: in each cell of a coarse grid what is furthest from ink, there and around, with everything
   * between the cells' middles brought in.
   *
   * @param dark whether ink is darker than the ground
   */
  static float[] ground(float[] plane, int width, int height, boolean dark) {
    int cell = Math.max(1, Math.ceilDiv(Math.max(width, height), CELLS));
    int columns = Math.ceilDiv(width, cell);
    int rows = Math.ceilDiv(height, cell);
    float sign = dark ? 1 : -1;
    float[] furthest = new float[columns * rows];
    Arrays.fill(furthest, -Float.MAX_VALUE);
    for (int i = 0; i < plane.length; i++) {
      int at = i / width / cell * columns + i % width / cell;
      furthest[at] = Math.max(furthest[at], sign * plane[i]);
    }
    float[] wide = mean(around(furthest, columns, rows), columns, rows, 1);
    float[] ground = Resized.of(wide, columns, rows, width, height);
    for (int i = 0; i < ground.length; i++) {
      ground[i] *= sign;
    }
    return ground;
  }

  /** The greatest of each cell and those around it. */
  private static float[] around(float[] cells, int columns, int rows) {
    float[] most = new float[cells.length];
    for (int i = 0; i < cells.length; i++) {
      most[i] = cells[i];
      for (int y = Math.max(0, i / columns - 1); y <= Math.min(rows - 1, i / columns + 1); y++) {
        for (int x = Math.max(0, i % columns - 1); x <= Math.min(columns - 1, i % columns + 1); x++) {
          most[i] = Math.max(most[i], cells[y * columns + x]);
        }
      }
    }
    return most;
  }
}
