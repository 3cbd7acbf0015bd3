package dev.lanewise.runtime.kernel.table;

import static dev.lanewise.runtime.kernel.lane.Lanes.BLOCK;
import static dev.lanewise.runtime.kernel.lane.Lanes.LENGTH;

import dev.lanewise.runtime.kernel.code.Bytecode.Defined;
import dev.lanewise.runtime.kernel.lane.Squares;
import java.util.List;

/**
 * Rows of a table for the whole numbers of a block, {@code [place][16]}, and back: {@code [size][place][16]} is what a network computes
 * with. Rows are brought together, one for each example, and turned round into lanes, or the other way. What is no row of the table is the
 * nearest one, so that nothing outside it is ever read.
 */
public final class RowKernel {
  private final int table;
  private final int size;
  private final int places;
  private final int row;
  /** From place to place. */
  private final int step;
  private final Squares toLanes;
  private final Squares toRows;

  /**
   * @param table its rows
   * @param size numbers of a row
   * @param places whole numbers of an example
   * @param turned whether values are {@code [place][size][16]}
   */
  public RowKernel(int table, int size, int places, boolean turned) {
    this.table = table;
    this.size = size;
    this.places = places;
    this.row = row(size);
    this.step = turned ? size * BLOCK : BLOCK;
    int apart = turned ? BLOCK : places * BLOCK;
    int across = (size + LENGTH - 1) / LENGTH;
    int[] lanes = new int[across * (BLOCK / LENGTH)], rows = new int[lanes.length];
    for (int i = 0; i < lanes.length; i++) {
      // The last square begins earlier, rather than have fewer numbers.
      int first = Math.max(0, Math.min(i % across * LENGTH, size - LENGTH));
      int lane = i / across * LENGTH;
      lanes[i] = first * apart + lane;
      rows[i] = lane * row + first;
    }
    this.toLanes = new Squares(rows, Squares.rows(row), lanes, Squares.rows(apart, size));
    this.toRows = new Squares(lanes, Squares.rows(apart, size), rows, Squares.rows(row));
  }

  private static int row(int size) {
    return (size + BLOCK - 1) / BLOCK * BLOCK;
  }

  /** Floats of working memory. */
  public static int scratchSize(int size) {
    return BLOCK * row(size);
  }

  public static List<Defined<?>> generated() {
    return List.of(Squares.generated());
  }

  private int number(float[] x, int at) {
    return Math.clamp((int) x[at], 0, table - 1);
  }

  /** y[j][p][lane] = weight[x[p][lane]][j]. */
  public void forward(float[] x, int xo, float[] weight, int wo, float[] y, int yo, float[] scratch, int so) {
    for (int p = 0; p < places; p++) {
      for (int lane = 0; lane < BLOCK; lane++) {
        System.arraycopy(weight, wo + number(x, xo + p * BLOCK + lane) * size, scratch, so + lane * row, size);
      }
      toLanes.run(scratch, so, y, yo + p * step);
    }
  }

  /** sums[x[p][lane]][j] += dy[j][p][lane], place after place, in each of them lane after lane. */
  public void gradient(float[] x, int xo, float[] dy, int dyo, RowSums sums, float[] scratch, int so) {
    for (int p = 0; p < places; p++) {
      toRows.run(dy, dyo + p * step, scratch, so);
      for (int lane = 0; lane < BLOCK; lane++) {
        sums.add(number(x, xo + p * BLOCK + lane), scratch, so + lane * row);
      }
    }
  }

  /** The same into a whole table, as of one that other layers read too. */
  public void gradient(float[] x, int xo, float[] dy, int dyo, float[] dWeight, int wo, float[] scratch, int so) {
    for (int p = 0; p < places; p++) {
      toRows.run(dy, dyo + p * step, scratch, so);
      for (int lane = 0; lane < BLOCK; lane++) {
        int to = wo + number(x, xo + p * BLOCK + lane) * size;
        for (int j = 0; j < size; j++) {
          dWeight[to + j] += scratch[so + lane * row + j];
        }
      }
    }
  }

  /** The specification: in double, example by example. */
  static double[] scalarGradient(int table, int size, int places, float[] x, float[] dy) {
    double[] sums = new double[table * size];
    for (int lane = 0; lane < BLOCK; lane++) {
      for (int p = 0; p < places; p++) {
        for (int j = 0; j < size; j++) {
          sums[(int) x[p * BLOCK + lane] * size + j] += dy[(j * places + p) * BLOCK + lane];
        }
      }
    }
    return sums;
  }
}
