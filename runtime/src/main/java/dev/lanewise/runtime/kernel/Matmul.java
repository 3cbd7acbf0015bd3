package dev.lanewise.runtime.kernel;

import static dev.lanewise.runtime.kernel.Lanes.LENGTH;


/**
 * Matrix multiplication: C[m][n] += A[m][k] · B[k][n].
 *
 * <p>A register tile of C stays in registers while the inner dimension goes by, a part of it at a time, so that a
 * tile's columns of B stay in the first-level cache (Goto and van de Geijn, 2008). Where many rows of A meet a wide B,
 * those columns are first copied together: rows of a wide B lie on a page each, often in the same sets of the cache.
 *
 * <p>The last columns are a whole vector too, which overlaps the one before it and leaves those lanes as they were; a
 * masked vector there reached between 30 and 70 % of the peak at n = 100 and 127, by what the compiler made of it.
 */
public final class Matmul {
  /** Vectors of the widest tile: 4x4 sums where there are 32 registers, 4x2 where there are 16. */
  private static final int WIDE = LENGTH == 16 ? 4 : 2;

  /** Vectors of the tiles after it, while there are as many columns. */
  private static final int MIDDLE = LENGTH == 16 ? 2 : 1;

  /** Rows of B per pass. */
  private static final int DEPTH = 128;

  /** Rows of B per pass where columns are copied together: C is read and written less often. */
  private static final int COPIED_DEPTH = 256;

  /** From here on, copying columns of B together repays. */
  private static final int MANY_ROWS = 48;
  private static final int WIDE_ROW = 200;

  /** The floats of working memory for copied columns. */
  public static final int SCRATCH = COPIED_DEPTH * WIDE * LENGTH;

  private static final Tiles WIDE_TILES = new Tiles(WIDE, false, 4, 1);
  private static final Tiles MIDDLE_TILES = new Tiles(MIDDLE, false, 8, 4, 2, 1);
  private static final Tiles NARROW_TILES = new Tiles(1, false, LENGTH == 16 ? new int[] {16, 8, 4, 2, 1} : new int[] {8, 4, 2, 1});
  private static final Tiles LAST_MIDDLE_TILES = new Tiles(MIDDLE, true, 8, 4, 2, 1);
  private static final Tiles LAST_TILES = new Tiles(1, true, 8, 4, 2, 1);

  /** Tiles of one width for different numbers of rows, each made when it is first used. */
  private static final class Tiles {
    final int vectors;
    final boolean keeps;
    final int[] rows;
    final MatmulProgram.Tile[] made;

    Tiles(int vectors, boolean keeps, int... rows) {
      this.vectors = vectors;
      this.keeps = keeps;
      this.rows = rows;
      this.made = new MatmulProgram.Tile[rows.length];
    }

    /** Two threads may make the same one: they find the same class. */
    MatmulProgram.Tile tile(int i) {
      if (made[i] == null) {
        made[i] = new MatmulProgram(rows[i], vectors, keeps).tile();
      }
      return made[i];
    }

    /** All rows of one column of tiles; the first {@code keep} columns stay as they are. */
    void run(int m, int k, float[] a, int ao, int aRow, int aColumn, float[] b, int bo, int bRow, float[] c, int co,
        int cRow, int keep) {
      int i = 0;
      for (int t = 0; t < rows.length; t++) {
        for (; i + rows[t] <= m; i += rows[t]) {
          tile(t).run(
              k, a, ao + i * aRow, aRow, aColumn, b, bo, bRow, c, co + i * cRow, cRow, MatmulProgram.NEW_LANES, keep);
        }
      }
    }
  }

  private Matmul() {}

  /**
   * Adds A·B to C, where A(i, j) = {@code a[ao + i·aRow + j·aColumn]}, and the rows of B and C are contiguous.
   */
  public static void multiplyAdd(int m, int k, int n, float[] a, int ao, int aRow, int aColumn, float[] b, int bo,
      int bRow, float[] c, int co, int cRow) {
    multiplyAdd(m, k, n, a, ao, aRow, aColumn, b, bo, bRow, c, co, cRow, null, 0);
  }

  /** The same with working memory, {@link #SCRATCH} floats from {@code so} on, which large matrices want. */
  public static void multiplyAdd(int m, int k, int n, float[] a, int ao, int aRow, int aColumn, float[] b, int bo,
      int bRow, float[] c, int co, int cRow, float[] scratch, int so) {
    if (n < LENGTH) {
      few(m, k, n, a, ao, aRow, aColumn, b, bo, bRow, c, co, cRow);
      return;
    }
    boolean copies = scratch != null && m >= MANY_ROWS && bRow >= WIDE_ROW;
    int most = copies ? COPIED_DEPTH : DEPTH;
    for (int from = 0; from < k; from += most) {
      int depth = Math.min(most, k - from);
      int ai = ao + from * aColumn;
      int bi = bo + from * bRow;
      int j = 0;
      for (; j + WIDE * LENGTH <= n; j += WIDE * LENGTH) {
        if (copies) {
          copy(depth, b, bi + j, bRow, scratch, so);
          WIDE_TILES.run(m, depth, a, ai, aRow, aColumn, scratch, so, WIDE * LENGTH, c, co + j, cRow, 0);
        } else {
          WIDE_TILES.run(m, depth, a, ai, aRow, aColumn, b, bi + j, bRow, c, co + j, cRow, 0);
        }
      }
      for (; j + MIDDLE * LENGTH <= n; j += MIDDLE * LENGTH) {
        MIDDLE_TILES.run(m, depth, a, ai, aRow, aColumn, b, bi + j, bRow, c, co + j, cRow, 0);
      }
      int left = n - j;
      if (left == LENGTH) {
        NARROW_TILES.run(m, depth, a, ai, aRow, aColumn, b, bi + j, bRow, c, co + j, cRow, 0);
      } else if (left > 0) {
        Tiles tiles = left > LENGTH && n >= MIDDLE * LENGTH ? LAST_MIDDLE_TILES : LAST_TILES;
        // Where there is no room for an overlap as wide, two steps: one whole vector, then the rest.
        int last = n - tiles.vectors * LENGTH;
        if (left > LENGTH && tiles == LAST_TILES) {
          NARROW_TILES.run(m, depth, a, ai, aRow, aColumn, b, bi + j, bRow, c, co + j, cRow, 0);
          j += LENGTH;
        }
        tiles.run(m, depth, a, ai, aRow, aColumn, b, bi + last, bRow, c, co + last, cRow, j - last);
      }
    }
  }

  private static void copy(int depth, float[] b, int bo, int bRow, float[] scratch, int so) {
    for (int i = 0; i < depth; i++) {
      System.arraycopy(b, bo + i * bRow, scratch, so + i * WIDE * LENGTH, WIDE * LENGTH);
    }
  }

  /** Fewer columns than lanes: by single numbers, in the same order. */
  private static void few(int m, int k, int n, float[] a, int ao, int aRow, int aColumn, float[] b, int bo, int bRow,
      float[] c, int co, int cRow) {
    for (int i = 0; i < m; i++) {
      for (int p = 0; p < k; p++) {
        float s = a[ao + i * aRow + p * aColumn];
        for (int j = 0; j < n; j++) {
          c[co + i * cRow + j] = Math.fma(s, b[bo + p * bRow + j], c[co + i * cRow + j]);
        }
      }
    }
  }
}
