package dev.lanewise.runtime.kernel.product;

import dev.lanewise.runtime.kernel.lane.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The product of a matrix and a single vector, as at one place of one text: lanes are rows, whose weights are packed once, four vectors of them beside each other. It reads each
 * weight once, so memory is what it waits for.
 *
 * <pre>y[row] = bias[row] + Σ_column a[row][column] · x[column]</pre>
 */
public final class RowProduct {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  /** Rows of a panel. */
  private static final int PANEL = 64;

  private final int rows;
  private final int columns;
  private final float[] packed;
  private final float[] start;
  private final float[] sums;

  /**
   * @param rowStep the distance between rows of the matrix; {@code columnStep} between its columns
   * @param bias null without
   */
  public RowProduct(int rows, int columns, float[] matrix, int mo, int rowStep, int columnStep, float[] bias, int bo) {
    this.rows = rows;
    this.columns = columns;
    int panels = (rows + PANEL - 1) / PANEL;
    this.packed = new float[panels * PANEL * columns];
    this.start = new float[panels * PANEL];
    this.sums = new float[panels * PANEL];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        packed[(row / PANEL * columns + column) * PANEL + row % PANEL] = matrix[mo + row * rowStep + column * columnStep];
      }
    }
    if (bias != null) {
      System.arraycopy(bias, bo, start, 0, rows);
    }
  }

  /** Computes y. */
  public void run(float[] x, int xo, float[] y, int yo) {
    for (int panel = 0; panel < sums.length; panel += PANEL) {
      for (int lane = 0; lane < PANEL; lane += 4 * Lanes.LENGTH) {
        panel(packed, panel * columns + lane, x, xo, columns, start, sums, panel + lane);
      }
    }
    System.arraycopy(sums, 0, y, yo, rows);
  }

  private static void panel(float[] packed, int from, float[] x, int xo, int columns, float[] start, float[] sums, int at) {
    FloatVector a = FloatVector.fromArray(S, start, at);
    FloatVector b = FloatVector.fromArray(S, start, at + Lanes.LENGTH);
    FloatVector c = FloatVector.fromArray(S, start, at + 2 * Lanes.LENGTH);
    FloatVector d = FloatVector.fromArray(S, start, at + 3 * Lanes.LENGTH);
    for (int column = 0, w = from; column < columns; column++, w += PANEL) {
      FloatVector value = FloatVector.broadcast(S, x[xo + column]);
      a = FloatVector.fromArray(S, packed, w).fma(value, a);
      b = FloatVector.fromArray(S, packed, w + Lanes.LENGTH).fma(value, b);
      c = FloatVector.fromArray(S, packed, w + 2 * Lanes.LENGTH).fma(value, c);
      d = FloatVector.fromArray(S, packed, w + 3 * Lanes.LENGTH).fma(value, d);
    }
    a.intoArray(sums, at);
    b.intoArray(sums, at + Lanes.LENGTH);
    c.intoArray(sums, at + 2 * Lanes.LENGTH);
    d.intoArray(sums, at + 3 * Lanes.LENGTH);
  }
}
