package dev.lanewise.runtime.kernel.product;

import dev.lanewise.runtime.kernel.code.Bytecode.Defined;
import dev.lanewise.runtime.kernel.lane.Generated;
import java.util.List;

/**
 * A {@link LaneProduct} that is done again and again with the same matrix, as at the places of a recurrence: the weights are packed in the order in which
 * they are read, and each that is read serves two blocks of examples, if there are two. A block has the same bits alone.
 */
public final class PairProduct {
  private final Defined<LaneProductProgram.Kernel> single;
  private final Defined<LaneProductProgram.PairKernel> pair;
  private final int rows;
  private final int columns;
  private final int tile;
  private final int rowStep;
  private final int columnStep;

  private PairProduct(int rows, int columns, int rowStep, int columnStep, boolean bias) {
    this.rows = rows;
    this.columns = columns;
    this.rowStep = rowStep;
    this.columnStep = columnStep;
    this.tile = LaneProductProgram.tileOfPair(rows);
    LaneProductProgram.Order order = LaneProductProgram.Order.packed(columns, tile);
    this.single = Generated.define(new LaneProductProgram(rows, columns, order, bias, 1, false).program(), LaneProductProgram.Kernel.class);
    this.pair = Generated.define(new LaneProductProgram(rows, columns, order, bias, 1, true).program(), LaneProductProgram.PairKernel.class);
  }

  /** By a matrix {@code [rows][columns]}. */
  public static PairProduct by(int rows, int columns, boolean bias) {
    return new PairProduct(rows, columns, columns, 1, bias);
  }

  /** By the transpose of a matrix {@code [columns][rows]}. */
  public static PairProduct byTransposed(int rows, int columns) {
    return new PairProduct(rows, columns, 1, rows, false);
  }

  public List<Defined<?>> generated() {
    return List.of(single, pair);
  }

  /** Floats of the packed weights. */
  public int packedSize() {
    return (rows + tile - 1) / tile * tile * columns;
  }

  /** Brings the weights into the order in which they are read. */
  public void pack(float[] matrix, int mo, float[] packed, int po) {
    int at = po;
    for (int next = 0; next < rows; next += tile) {
      int first = Math.min(next, rows - tile);
      for (int column = 0; column < columns; column++) {
        for (int r = 0; r < tile; r++) {
          packed[at++] = matrix[mo + (first + r) * rowStep + column * columnStep];
        }
      }
    }
  }

  /** Computes y of a block; without bias its array is not touched. */
  public void run(float[] x, int xo, float[] packed, int po, float[] bias, int bo, float[] y, int yo) {
    single.kernel().run(x, xo, packed, po, bias, bo, y, yo);
  }

  /** Of two blocks, at the same places of two arrays each. */
  public void run(float[] x, float[] otherX, int xo, float[] packed, int po, float[] bias, int bo, float[] y, float[] otherY, int yo) {
    pair.kernel().run(x, otherX, xo, packed, po, bias, bo, y, otherY, yo);
  }
}
