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

  /** y[c][p][lane] = 1 where c is the lane's number at place p, else 0; with a single channel the number itself. */
  public static void oneHot(float[] numbers, int no, int places, int channels, float[] y, int yo) {
    int row = places * LANES;
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < row; i++) {
        float t = numbers[no + i];
        y[yo + c * row + i] = channels == 1 ? t : t == c ? 1 : 0;
      }
    }
  }
}
