package dev.lanewise.runtime.kernel.lane;

import java.util.Arrays;

/** Fills rows of 16 lanes. */
public final class Rows {
  private static final int LANES = Lanes.BLOCK;

  private Rows() {}

  /** y[row][lane] = bias[row]. */
  public static void broadcast(float[] bias, int bo, int rows, float[] y, int yo) {
    for (int i = 0; i < rows; i++) {
      Arrays.fill(y, yo + i * LANES, yo + (i + 1) * LANES, bias[bo + i]);
    }
  }

  /** y[i][lane] = 1 where i is the lane's label, else 0; with a single row the label itself. */
  public static void oneHot(float[] label, int lo, int rows, float[] y, int yo) {
    for (int i = 0; i < rows * LANES; i++) {
      float t = label[lo + i % LANES];
      y[yo + i] = rows == 1 ? t : t == i / LANES ? 1 : 0;
    }
  }
}
