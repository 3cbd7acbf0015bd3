package dev.lanewise.runtime.kernel.product;

import dev.lanewise.runtime.kernel.code.Bytecode.Defined;
import dev.lanewise.runtime.kernel.lane.Generated;
import java.util.List;

/**
 * The product of a matrix and the vectors of lanes: a dense layer, and, with the matrix transposed, its input gradient.
 *
 * <pre>y[row][16] = bias[row] + Σ_column a(row, column) · x[column][16]</pre>
 */
public final class LaneProduct {
  private final Defined<LaneProductProgram.Kernel> defined;

  private LaneProduct(LaneProductProgram program) {
    this.defined = Generated.define(program.program(), LaneProductProgram.Kernel.class);
  }

  /** By a matrix {@code [rows][columns]}. */
  public static LaneProduct by(int rows, int columns, boolean bias) {
    return new LaneProduct(new LaneProductProgram(rows, columns, columns, 1, bias));
  }

  /** By the transpose of a matrix {@code [columns][rows]}. */
  public static LaneProduct byTransposed(int rows, int columns) {
    return new LaneProduct(new LaneProductProgram(rows, columns, 1, rows, false));
  }

  /** The kernel, and what it was made from. */
  public List<Defined<?>> generated() {
    return List.of(defined);
  }

  /** Computes y; without bias its array is not touched. */
  public void run(float[] x, int xo, float[] matrix, int mo, float[] bias, int bo, float[] y, int yo) {
    defined.kernel().run(x, xo, matrix, mo, bias, bo, y, yo);
  }
}
