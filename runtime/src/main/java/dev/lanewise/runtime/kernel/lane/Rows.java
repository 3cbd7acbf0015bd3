package dev.lanewise.runtime.kernel.lane;

import java.util.Arrays;

/** Fills rows of 16 lanes. */
public final class Rows {
  private static final int LANES = Lanes.BLOCK;

  private Rows() {}

  /** y[group][channel][lane] = rows[16 group + lane][channel]: a row for each place, where lanes are places. */
  public static void across(float[] rows, int ro, int groups, int channels, float[] y, int yo) {
    for (int i = 0; i < groups * LANES; i++) {
      for (int c = 0; c < channels; c++) {
        y[yo + (i / LANES * channels + c) * LANES + i % LANES] = rows[ro + i * channels + c];
      }
    }
  }

  /** y[16 group + lane][p] of every lane = x[group][p][lane]: channels that were lanes. */
  public static void eachLane(float[] x, int xo, int groups, int places, float[] y, int yo) {
    for (int c = 0, to = yo; c < groups * LANES; c++) {
      for (int p = 0; p < places; p++, to += LANES) {
        Arrays.fill(y, to, to + LANES, x[xo + (c / LANES * places + p) * LANES + c % LANES]);
      }
    }
  }

  /** rows[16 group + lane][channel] += dy[group][channel][lane]. */
  public static void addAcross(float[] dy, int dyo, int groups, int channels, float[] rows, int ro) {
    for (int i = 0; i < groups * LANES; i++) {
      for (int c = 0; c < channels; c++) {
        rows[ro + i * channels + c] += dy[dyo + (i / LANES * channels + c) * LANES + i % LANES];
      }
    }
  }

  /** y[row][lane] = bias[row]. */
  public static void broadcast(float[] bias, int bo, int rows, float[] y, int yo) {
    for (int i = 0; i < rows; i++) {
      Arrays.fill(y, yo + i * LANES, yo + (i + 1) * LANES, bias[bo + i]);
    }
  }

  /** y[from + row] = x[row], and y is 0 in all other rows. */
  public static void among(float[] x, int xo, int rows, float[] y, int yo, int from, int all) {
    Arrays.fill(y, yo, yo + from * LANES, 0);
    System.arraycopy(x, xo, y, yo + from * LANES, rows * LANES);
    Arrays.fill(y, yo + (from + rows) * LANES, yo + all * LANES, 0);
  }

  /** y[group][time][row] = x[group][row]. */
  public static void repeat(float[] x, int xo, int groups, int rows, int times, float[] y, int yo) {
    int size = rows * LANES;
    for (int i = 0; i < groups * times; i++) {
      System.arraycopy(x, xo + i / times * size, y, yo + i * size, size);
    }
  }

  /** y[column][row] = x[row][column]. */
  public static void transpose(float[] x, int xo, int rows, int columns, float[] y, int yo) {
    for (int column = 0; column < columns; column++) {
      for (int row = 0; row < rows; row++) {
        System.arraycopy(x, xo + (row * columns + column) * LANES, y, yo + (column * rows + row) * LANES, LANES);
      }
    }
  }

  /** y[p][lane] = 1 at the last p with x[p][lane] > 0, else 0. */
  public static void last(float[] x, int xo, int places, float[] y, int yo) {
    Arrays.fill(y, yo, yo + places * LANES, 0);
    for (int lane = 0; lane < LANES; lane++) {
      int p = places - 1;
      while (p >= 0 && !(x[xo + p * LANES + lane] > 0)) {
        p--;
      }
      if (p >= 0) {
        y[yo + p * LANES + lane] = 1;
      }
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
