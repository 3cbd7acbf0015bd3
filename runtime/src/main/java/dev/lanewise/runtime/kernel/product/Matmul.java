package dev.lanewise.runtime.kernel.product;

import static dev.lanewise.runtime.kernel.lane.Lanes.LENGTH;

/**
 * Matrix multiplication: C[m][n] += A[m][k] · B[k][n].
 *
 * <p>A register tile of C stays in registers while the inner dimension goes by, a part of it at a time, so that a tile's columns of B stay
 * in the first-level cache. Large matrices are copied together first, see {@link MatmulPanels}.
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

  /** From here on, copying the matrices together repays. */
  private static final int LARGE = 192;


  private static final Tiles WIDE_TILES = new Tiles(WIDE, false, 4, 1);
  private static final Tiles MIDDLE_TILES = new Tiles(MIDDLE, false, 8, 4, 2, 1);
  private static final Tiles NARROW_TILES = new Tiles(1, false, LENGTH == 16 ? new int[] {16, 8, 4, 2, 1} : new int[] {8, 4, 2, 1});
  private static final Tiles LAST_WIDE_TILES = new Tiles(WIDE, true, 4, 1);
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
    void run(int m, int k, float[] a, int ao, int aRow, float[] b, int bo, int bRow, float[] c, int co,
        int cRow, int keep) {
      int i = 0;
      for (int t = 0; t < rows.length; t++) {
        for (; i + rows[t] <= m; i += rows[t]) {
          tile(t).run(
              k, a, ao + i * aRow, aRow, b, bo, bRow, c, co + i * cRow, cRow, MatmulProgram.NEW_LANES, keep);
        }
      }
    }
  }

  private Matmul() {}

  /** Has the tiles made that most of a wide product takes: they are compiled early then. */
  public static void prepare() {
    WIDE_TILES.tile(0);
    LAST_WIDE_TILES.tile(0);
  }

  private static boolean areLarge(int m, int k, int n) {
    return Math.min(Math.min(m, n), k) >= LARGE;
  }

  /** The floats of working memory that {@link #multiplyAdd} wants: none for small matrices. */
  public static int scratchSize(int m, int k, int n) {
    return areLarge(m, k, n) ? MatmulPanels.SCRATCH : 0;
  }

  /** Adds A·B to C: rows of A are {@code aRow} floats apart, and so on. */
  public static void multiplyAdd(
      int m, int k, int n, float[] a, int ao, int aRow, float[] b, int bo, int bRow, float[] c, int co, int cRow) {
    multiplyAdd(m, k, n, a, ao, aRow, b, bo, bRow, c, co, cRow, null, 0);
  }

  /** The same with working memory, {@link #scratchSize} floats from {@code so} on. */
  public static void multiplyAdd(int m, int k, int n, float[] a, int ao, int aRow, float[] b, int bo, int bRow, float[] c, int co,
      int cRow, float[] scratch, int so) {
    if (n < LENGTH) {
      few(m, k, n, a, ao, aRow, b, bo, bRow, c, co, cRow);
    } else if (scratch != null && areLarge(m, k, n)) {
      MatmulPanels.multiplyAdd(m, k, n, a, ao, aRow, b, bo, bRow, c, co, cRow, scratch, so);
    } else {
      for (int from = 0; from < k; from += DEPTH) {
        pass(m, Math.min(DEPTH, k - from), n, a, ao + from, aRow, b, bo + from * bRow, bRow, c, co, cRow);
      }
    }
  }

  private static void pass(int m, int depth, int n, float[] a, int ao, int aRow, float[] b, int bo, int bRow, float[] c, int co, int cRow) {
    int j = 0;
    for (; j + WIDE * LENGTH <= n; j += WIDE * LENGTH) {
      WIDE_TILES.run(m, depth, a, ao, aRow, b, bo + j, bRow, c, co + j, cRow, 0);
    }
    if (n - j > MIDDLE * LENGTH && n >= WIDE * LENGTH) {
      int last = n - WIDE * LENGTH;
      LAST_WIDE_TILES.run(m, depth, a, ao, aRow, b, bo + last, bRow, c, co + last, cRow, j - last);
      return;
    }
    for (; j + MIDDLE * LENGTH <= n; j += MIDDLE * LENGTH) {
      MIDDLE_TILES.run(m, depth, a, ao, aRow, b, bo + j, bRow, c, co + j, cRow, 0);
    }
    int left = n - j;
    if (left == LENGTH) {
      NARROW_TILES.run(m, depth, a, ao, aRow, b, bo + j, bRow, c, co + j, cRow, 0);
    } else if (left > 0) {
      Tiles tiles = left > LENGTH && n >= MIDDLE * LENGTH ? LAST_MIDDLE_TILES : LAST_TILES;
      // Where there is no room for an overlap as wide, two steps: one whole vector, then the rest.
      int last = n - tiles.vectors * LENGTH;
      if (left > LENGTH && tiles == LAST_TILES) {
        NARROW_TILES.run(m, depth, a, ao, aRow, b, bo + j, bRow, c, co + j, cRow, 0);
        j += LENGTH;
      }
      tiles.run(m, depth, a, ao, aRow, b, bo + last, bRow, c, co + last, cRow, j - last);
    }
  }

  /** Fewer columns than lanes: by single numbers, in the same order. */
  private static void few(int m, int k, int n, float[] a, int ao, int aRow, float[] b, int bo, int bRow,
      float[] c, int co, int cRow) {
    for (int i = 0; i < m; i++) {
      for (int p = 0; p < k; p++) {
        float s = a[ao + i * aRow + p];
        for (int j = 0; j < n; j++) {
          c[co + i * cRow + j] = Math.fma(s, b[bo + p * bRow + j], c[co + i * cRow + j]);
        }
      }
    }
  }
}
