package dev.lanewise.runtime.kernel.product;

import static dev.lanewise.runtime.kernel.lane.Lanes.BLOCK;

import dev.lanewise.runtime.kernel.code.Bytecode.Defined;
import dev.lanewise.runtime.kernel.lane.Transpose;
import java.util.List;

/**
 * The gradient of the weights of a large dense layer, once for all blocks of a batch:
 *
 * <pre>c[row][column] += Σ_example a[row][example] · b[column][example]</pre>
 *
 * <p>Where c is larger than any cache, {@link LaneOuterProduct} would fetch and write all of it for every block. Here each block only keeps its
 * a and b; then rows of c are one worker's, as the product of two matrices, a {@code [rows][examples]} and b turned round {@code
 * [examples][columns]}. Every element of c is one chain of fused multiply-adds in the order of the examples, whoever has which rows.
 */
public final class BatchOuterProduct {
  /** Rows of a part: each column of b is fetched for so many. */
  private static final int HEIGHT = 128;

  private final int rows;
  private final int columns;
  private final Transpose transpose;

  public BatchOuterProduct(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
    this.transpose = new Transpose(columns, row());
    Matmul.prepare();
  }

  /** The floats of a row of b turned round. */
  private int row() {
    return (columns + BLOCK - 1) / BLOCK * BLOCK;
  }

  /** The floats that are kept of each block. */
  public int keptSize() {
    return Math.multiplyExact(BLOCK, row() + rows);
  }

  /** The kernels, and what they were made from. */
  public List<Defined<?>> generated() {
    return transpose.generated();
  }

  /** Into how many parts the product is cut: by its shape alone. */
  public int parts() {
    return (rows + HEIGHT - 1) / HEIGHT;
  }

  /** Floats of working memory for a part, of batches of at most so many blocks. */
  public int scratchSize(int blocks) {
    return Matmul.scratchSize(Math.min(rows, HEIGHT), blocks * BLOCK, columns);
  }

  /**
   * Keeps what a block has.
   *
   * @param kept {@link #keptSize} floats for each of {@code most} blocks, from {@code ko} on
   */
  public void keep(float[] a, int ao, float[] b, int bo, float[] kept, int ko, int block, int most) {
    transpose.run(b, bo, kept, ko + block * BLOCK * row());
    int to = ko + most * BLOCK * row() + block * BLOCK;
    for (int r = 0; r < rows; r++) {
      System.arraycopy(a, ao + r * BLOCK, kept, to + r * most * BLOCK, BLOCK);
    }
  }

  /** Adds a part of the products of so many blocks to c. */
  public void run(int part, float[] kept, int ko, int blocks, int most, float[] c, int co, float[] scratch, int so) {
    int first = part * HEIGHT;
    int aRow = most * BLOCK;
    Matmul.multiplyAdd(
        Math.min(HEIGHT, rows - first), blocks * BLOCK, columns, kept, ko + most * BLOCK * row() + first * aRow, aRow, kept, ko, row(), c,
        co + first * columns, columns, scratch, so);
  }
}
