package dev.lanewise.runtime.kernel.product;

import dev.lanewise.runtime.tensor.Memory;
import java.util.Arrays;

/**
 * Brings a matrix near the orthogonal one next to it: its singular values all become about 1, by five steps of
 * X = a X + (b A + c A²) X with A = X Xᵀ, which is what Muon does to its momentum (Jordan et al. 2024).
 *
 * <p>The sums are taken in one order, by one thread: the same bits on any machine.
 */
public final class NewtonSchulz {
  private static final int STEPS = 5;
  private static final float A = 3.4445f;
  private static final float B = -4.7750f;
  private static final float C = 2.0315f;
  private static final double EPS = 1e-7;

  private final int rows;
  private final int columns;
  /** The shorter side, and the longer one: a tall matrix is turned on its side. */
  private final int m;
  private final int n;
  private float[] x;
  private float[] next;
  private final float[] turned;
  private final float[] gram;
  private final float[] square;
  private final float[] scratch;

  public NewtonSchulz(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
    this.m = Math.min(rows, columns);
    this.n = Math.max(rows, columns);
    this.x = Memory.allocate(m * n);
    this.next = Memory.allocate(m * n);
    this.turned = Memory.allocate(m * n);
    this.gram = Memory.allocate(m * m);
    this.square = Memory.allocate(m * m);
    this.scratch = Memory.allocate(Matmul.scratchSize(m, m, n));
  }

  /** Replaces {@code matrix[at + row columns + column]}. A matrix that is all zeros stays so. */
  public void orthogonalize(float[] matrix, int at) {
    double squares = 0;
    for (int i = 0; i < rows * columns; i++) {
      squares += (double) matrix[at + i] * matrix[at + i];
    }
    float scale = (float) (1 / (Math.sqrt(squares) + EPS));
    boolean tall = rows > columns;
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        x[Memory.BASE + (tall ? c * rows + r : r * columns + c)] = scale * matrix[at + r * columns + c];
      }
    }
    for (int step = 0; step < STEPS; step++) {
      step();
    }
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        matrix[at + r * columns + c] = x[Memory.BASE + (tall ? c * rows + r : r * columns + c)];
      }
    }
  }

  private void step() {
    int o = Memory.BASE;
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        turned[o + j * m + i] = x[o + i * n + j];
      }
    }
    Arrays.fill(gram, 0);
    Matmul.multiplyAdd(m, n, m, x, o, n, turned, o, m, gram, o, m, scratch, o);
    Arrays.fill(square, 0);
    Matmul.multiplyAdd(m, m, m, gram, o, m, gram, o, m, square, o, m, scratch, o);
    for (int i = o; i < o + m * m; i++) {
      square[i] = B * gram[i] + C * square[i];
    }
    for (int i = o; i < o + m * n; i++) {
      next[i] = A * x[i];
    }
    Matmul.multiplyAdd(m, m, n, square, o, m, x, o, n, next, o, n, scratch, o);
    float[] before = x;
    x = next;
    next = before;
  }
}
