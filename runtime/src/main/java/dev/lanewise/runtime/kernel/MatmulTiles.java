package dev.lanewise.runtime.kernel;

import static dev.lanewise.runtime.kernel.Lanes.LENGTH;
import static dev.lanewise.runtime.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * The register tiles of {@link Matmul}, rows of C by vectors of C; one broadcast of A serves a whole row of the tile.
 *
 * <p>A mask is made where it is used: handed over it may become an object (11 GFLOP/s instead of 70 at n = 127).
 *
 * <p>Every element of C is one chain of fused multiply-adds in the order of k, whatever the tile.
 */
final class MatmulTiles {
  private MatmulTiles() {}

  /** 4 rows, 4 vectors. */
  static void tile4x4(int k, float[] a, int ao, int aRow, int aColumn, float[] b, int bo, int bRow,
      float[] c, int co, int cRow) {
    FloatVector a0 = FloatVector.fromArray(SPECIES, c, co);
    FloatVector a1 = FloatVector.fromArray(SPECIES, c, co + LENGTH);
    FloatVector a2 = FloatVector.fromArray(SPECIES, c, co + 2 * LENGTH);
    FloatVector a3 = FloatVector.fromArray(SPECIES, c, co + 3 * LENGTH);
    FloatVector b0 = FloatVector.fromArray(SPECIES, c, co + cRow);
    FloatVector b1 = FloatVector.fromArray(SPECIES, c, co + cRow + LENGTH);
    FloatVector b2 = FloatVector.fromArray(SPECIES, c, co + cRow + 2 * LENGTH);
    FloatVector b3 = FloatVector.fromArray(SPECIES, c, co + cRow + 3 * LENGTH);
    FloatVector c0 = FloatVector.fromArray(SPECIES, c, co + 2 * cRow);
    FloatVector c1 = FloatVector.fromArray(SPECIES, c, co + 2 * cRow + LENGTH);
    FloatVector c2 = FloatVector.fromArray(SPECIES, c, co + 2 * cRow + 2 * LENGTH);
    FloatVector c3 = FloatVector.fromArray(SPECIES, c, co + 2 * cRow + 3 * LENGTH);
    FloatVector d0 = FloatVector.fromArray(SPECIES, c, co + 3 * cRow);
    FloatVector d1 = FloatVector.fromArray(SPECIES, c, co + 3 * cRow + LENGTH);
    FloatVector d2 = FloatVector.fromArray(SPECIES, c, co + 3 * cRow + 2 * LENGTH);
    FloatVector d3 = FloatVector.fromArray(SPECIES, c, co + 3 * cRow + 3 * LENGTH);
    for (int i = 0, ai = ao, bi = bo; i < k; i++, ai += aColumn, bi += bRow) {
      FloatVector v0 = FloatVector.fromArray(SPECIES, b, bi);
      FloatVector v1 = FloatVector.fromArray(SPECIES, b, bi + LENGTH);
      FloatVector v2 = FloatVector.fromArray(SPECIES, b, bi + 2 * LENGTH);
      FloatVector v3 = FloatVector.fromArray(SPECIES, b, bi + 3 * LENGTH);
      FloatVector s = FloatVector.broadcast(SPECIES, a[ai]);
      a0 = s.fma(v0, a0);
      a1 = s.fma(v1, a1);
      a2 = s.fma(v2, a2);
      a3 = s.fma(v3, a3);
      s = FloatVector.broadcast(SPECIES, a[ai + aRow]);
      b0 = s.fma(v0, b0);
      b1 = s.fma(v1, b1);
      b2 = s.fma(v2, b2);
      b3 = s.fma(v3, b3);
      s = FloatVector.broadcast(SPECIES, a[ai + 2 * aRow]);
      c0 = s.fma(v0, c0);
      c1 = s.fma(v1, c1);
      c2 = s.fma(v2, c2);
      c3 = s.fma(v3, c3);
      s = FloatVector.broadcast(SPECIES, a[ai + 3 * aRow]);
      d0 = s.fma(v0, d0);
      d1 = s.fma(v1, d1);
      d2 = s.fma(v2, d2);
      d3 = s.fma(v3, d3);
    }
    a0.intoArray(c, co);
    a1.intoArray(c, co + LENGTH);
    a2.intoArray(c, co + 2 * LENGTH);
    a3.intoArray(c, co + 3 * LENGTH);
    b0.intoArray(c, co + cRow);
    b1.intoArray(c, co + cRow + LENGTH);
    b2.intoArray(c, co + cRow + 2 * LENGTH);
    b3.intoArray(c, co + cRow + 3 * LENGTH);
    c0.intoArray(c, co + 2 * cRow);
    c1.intoArray(c, co + 2 * cRow + LENGTH);
    c2.intoArray(c, co + 2 * cRow + 2 * LENGTH);
    c3.intoArray(c, co + 2 * cRow + 3 * LENGTH);
    d0.intoArray(c, co + 3 * cRow);
    d1.intoArray(c, co + 3 * cRow + LENGTH);
    d2.intoArray(c, co + 3 * cRow + 2 * LENGTH);
    d3.intoArray(c, co + 3 * cRow + 3 * LENGTH);
  }

  /** 4 rows, 2 vectors. */
  static void tile4x2(int k, float[] a, int ao, int aRow, int aColumn, float[] b, int bo, int bRow,
      float[] c, int co, int cRow) {
    FloatVector a0 = FloatVector.fromArray(SPECIES, c, co);
    FloatVector a1 = FloatVector.fromArray(SPECIES, c, co + LENGTH);
    FloatVector b0 = FloatVector.fromArray(SPECIES, c, co + cRow);
    FloatVector b1 = FloatVector.fromArray(SPECIES, c, co + cRow + LENGTH);
    FloatVector c0 = FloatVector.fromArray(SPECIES, c, co + 2 * cRow);
    FloatVector c1 = FloatVector.fromArray(SPECIES, c, co + 2 * cRow + LENGTH);
    FloatVector d0 = FloatVector.fromArray(SPECIES, c, co + 3 * cRow);
    FloatVector d1 = FloatVector.fromArray(SPECIES, c, co + 3 * cRow + LENGTH);
    for (int i = 0, ai = ao, bi = bo; i < k; i++, ai += aColumn, bi += bRow) {
      FloatVector v0 = FloatVector.fromArray(SPECIES, b, bi);
      FloatVector v1 = FloatVector.fromArray(SPECIES, b, bi + LENGTH);
      FloatVector s = FloatVector.broadcast(SPECIES, a[ai]);
      a0 = s.fma(v0, a0);
      a1 = s.fma(v1, a1);
      s = FloatVector.broadcast(SPECIES, a[ai + aRow]);
      b0 = s.fma(v0, b0);
      b1 = s.fma(v1, b1);
      s = FloatVector.broadcast(SPECIES, a[ai + 2 * aRow]);
      c0 = s.fma(v0, c0);
      c1 = s.fma(v1, c1);
      s = FloatVector.broadcast(SPECIES, a[ai + 3 * aRow]);
      d0 = s.fma(v0, d0);
      d1 = s.fma(v1, d1);
    }
    a0.intoArray(c, co);
    a1.intoArray(c, co + LENGTH);
    b0.intoArray(c, co + cRow);
    b1.intoArray(c, co + cRow + LENGTH);
    c0.intoArray(c, co + 2 * cRow);
    c1.intoArray(c, co + 2 * cRow + LENGTH);
    d0.intoArray(c, co + 3 * cRow);
    d1.intoArray(c, co + 3 * cRow + LENGTH);
  }

  /** 1 row, 4 vectors. */
  static void tile1x4(int k, float[] a, int ao, int aRow, int aColumn, float[] b, int bo, int bRow,
      float[] c, int co, int cRow) {
    FloatVector a0 = FloatVector.fromArray(SPECIES, c, co);
    FloatVector a1 = FloatVector.fromArray(SPECIES, c, co + LENGTH);
    FloatVector a2 = FloatVector.fromArray(SPECIES, c, co + 2 * LENGTH);
    FloatVector a3 = FloatVector.fromArray(SPECIES, c, co + 3 * LENGTH);
    for (int i = 0, ai = ao, bi = bo; i < k; i++, ai += aColumn, bi += bRow) {
      FloatVector v0 = FloatVector.fromArray(SPECIES, b, bi);
      FloatVector v1 = FloatVector.fromArray(SPECIES, b, bi + LENGTH);
      FloatVector v2 = FloatVector.fromArray(SPECIES, b, bi + 2 * LENGTH);
      FloatVector v3 = FloatVector.fromArray(SPECIES, b, bi + 3 * LENGTH);
      FloatVector s = FloatVector.broadcast(SPECIES, a[ai]);
      a0 = s.fma(v0, a0);
      a1 = s.fma(v1, a1);
      a2 = s.fma(v2, a2);
      a3 = s.fma(v3, a3);
    }
    a0.intoArray(c, co);
    a1.intoArray(c, co + LENGTH);
    a2.intoArray(c, co + 2 * LENGTH);
    a3.intoArray(c, co + 3 * LENGTH);
  }

  /** 1 row, 2 vectors. */
  static void tile1x2(int k, float[] a, int ao, int aRow, int aColumn, float[] b, int bo, int bRow,
      float[] c, int co, int cRow) {
    FloatVector a0 = FloatVector.fromArray(SPECIES, c, co);
    FloatVector a1 = FloatVector.fromArray(SPECIES, c, co + LENGTH);
    for (int i = 0, ai = ao, bi = bo; i < k; i++, ai += aColumn, bi += bRow) {
      FloatVector v0 = FloatVector.fromArray(SPECIES, b, bi);
      FloatVector v1 = FloatVector.fromArray(SPECIES, b, bi + LENGTH);
      FloatVector s = FloatVector.broadcast(SPECIES, a[ai]);
      a0 = s.fma(v0, a0);
      a1 = s.fma(v1, a1);
    }
    a0.intoArray(c, co);
    a1.intoArray(c, co + LENGTH);
  }

  /** 8 rows, 1 vector. */
  static void tile8x1(int k, float[] a, int ao, int aRow, int aColumn, float[] b, int bo, int bRow,
      float[] c, int co, int cRow) {
    FloatVector a0 = FloatVector.fromArray(SPECIES, c, co);
    FloatVector b0 = FloatVector.fromArray(SPECIES, c, co + cRow);
    FloatVector c0 = FloatVector.fromArray(SPECIES, c, co + 2 * cRow);
    FloatVector d0 = FloatVector.fromArray(SPECIES, c, co + 3 * cRow);
    FloatVector e0 = FloatVector.fromArray(SPECIES, c, co + 4 * cRow);
    FloatVector f0 = FloatVector.fromArray(SPECIES, c, co + 5 * cRow);
    FloatVector g0 = FloatVector.fromArray(SPECIES, c, co + 6 * cRow);
    FloatVector h0 = FloatVector.fromArray(SPECIES, c, co + 7 * cRow);
    for (int i = 0, ai = ao, bi = bo; i < k; i++, ai += aColumn, bi += bRow) {
      FloatVector v0 = FloatVector.fromArray(SPECIES, b, bi);
      FloatVector s = FloatVector.broadcast(SPECIES, a[ai]);
      a0 = s.fma(v0, a0);
      s = FloatVector.broadcast(SPECIES, a[ai + aRow]);
      b0 = s.fma(v0, b0);
      s = FloatVector.broadcast(SPECIES, a[ai + 2 * aRow]);
      c0 = s.fma(v0, c0);
      s = FloatVector.broadcast(SPECIES, a[ai + 3 * aRow]);
      d0 = s.fma(v0, d0);
      s = FloatVector.broadcast(SPECIES, a[ai + 4 * aRow]);
      e0 = s.fma(v0, e0);
      s = FloatVector.broadcast(SPECIES, a[ai + 5 * aRow]);
      f0 = s.fma(v0, f0);
      s = FloatVector.broadcast(SPECIES, a[ai + 6 * aRow]);
      g0 = s.fma(v0, g0);
      s = FloatVector.broadcast(SPECIES, a[ai + 7 * aRow]);
      h0 = s.fma(v0, h0);
    }
    a0.intoArray(c, co);
    b0.intoArray(c, co + cRow);
    c0.intoArray(c, co + 2 * cRow);
    d0.intoArray(c, co + 3 * cRow);
    e0.intoArray(c, co + 4 * cRow);
    f0.intoArray(c, co + 5 * cRow);
    g0.intoArray(c, co + 6 * cRow);
    h0.intoArray(c, co + 7 * cRow);
  }

  /** 4 rows, 1 vector. */
  static void tile4x1(int k, float[] a, int ao, int aRow, int aColumn, float[] b, int bo, int bRow,
      float[] c, int co, int cRow) {
    FloatVector a0 = FloatVector.fromArray(SPECIES, c, co);
    FloatVector b0 = FloatVector.fromArray(SPECIES, c, co + cRow);
    FloatVector c0 = FloatVector.fromArray(SPECIES, c, co + 2 * cRow);
    FloatVector d0 = FloatVector.fromArray(SPECIES, c, co + 3 * cRow);
    for (int i = 0, ai = ao, bi = bo; i < k; i++, ai += aColumn, bi += bRow) {
      FloatVector v0 = FloatVector.fromArray(SPECIES, b, bi);
      FloatVector s = FloatVector.broadcast(SPECIES, a[ai]);
      a0 = s.fma(v0, a0);
      s = FloatVector.broadcast(SPECIES, a[ai + aRow]);
      b0 = s.fma(v0, b0);
      s = FloatVector.broadcast(SPECIES, a[ai + 2 * aRow]);
      c0 = s.fma(v0, c0);
      s = FloatVector.broadcast(SPECIES, a[ai + 3 * aRow]);
      d0 = s.fma(v0, d0);
    }
    a0.intoArray(c, co);
    b0.intoArray(c, co + cRow);
    c0.intoArray(c, co + 2 * cRow);
    d0.intoArray(c, co + 3 * cRow);
  }

  /** 2 rows, 1 vector. */
  static void tile2x1(int k, float[] a, int ao, int aRow, int aColumn, float[] b, int bo, int bRow,
      float[] c, int co, int cRow) {
    FloatVector a0 = FloatVector.fromArray(SPECIES, c, co);
    FloatVector b0 = FloatVector.fromArray(SPECIES, c, co + cRow);
    for (int i = 0, ai = ao, bi = bo; i < k; i++, ai += aColumn, bi += bRow) {
      FloatVector v0 = FloatVector.fromArray(SPECIES, b, bi);
      FloatVector s = FloatVector.broadcast(SPECIES, a[ai]);
      a0 = s.fma(v0, a0);
      s = FloatVector.broadcast(SPECIES, a[ai + aRow]);
      b0 = s.fma(v0, b0);
    }
    a0.intoArray(c, co);
    b0.intoArray(c, co + cRow);
  }

  /** 1 row, 1 vector. */
  static void tile1x1(int k, float[] a, int ao, int aRow, int aColumn, float[] b, int bo, int bRow,
      float[] c, int co, int cRow) {
    FloatVector a0 = FloatVector.fromArray(SPECIES, c, co);
    for (int i = 0, ai = ao, bi = bo; i < k; i++, ai += aColumn, bi += bRow) {
      FloatVector v0 = FloatVector.fromArray(SPECIES, b, bi);
      FloatVector s = FloatVector.broadcast(SPECIES, a[ai]);
      a0 = s.fma(v0, a0);
    }
    a0.intoArray(c, co);
  }

  /** 4 rows, 1 vector of which the first columns count. */
  static void tile4x1Masked(int k, float[] a, int ao, int aRow, int aColumn, float[] b, int bo, int bRow,
      float[] c, int co,
      int cRow, int columns) {
    VectorMask<Float> mask = SPECIES.indexInRange(0, columns);
    FloatVector a0 = FloatVector.fromArray(SPECIES, c, co, mask);
    FloatVector b0 = FloatVector.fromArray(SPECIES, c, co + cRow, mask);
    FloatVector c0 = FloatVector.fromArray(SPECIES, c, co + 2 * cRow, mask);
    FloatVector d0 = FloatVector.fromArray(SPECIES, c, co + 3 * cRow, mask);
    for (int i = 0, ai = ao, bi = bo; i < k; i++, ai += aColumn, bi += bRow) {
      FloatVector v0 = FloatVector.fromArray(SPECIES, b, bi, mask);
      FloatVector s = FloatVector.broadcast(SPECIES, a[ai]);
      a0 = s.fma(v0, a0);
      s = FloatVector.broadcast(SPECIES, a[ai + aRow]);
      b0 = s.fma(v0, b0);
      s = FloatVector.broadcast(SPECIES, a[ai + 2 * aRow]);
      c0 = s.fma(v0, c0);
      s = FloatVector.broadcast(SPECIES, a[ai + 3 * aRow]);
      d0 = s.fma(v0, d0);
    }
    a0.intoArray(c, co, mask);
    b0.intoArray(c, co + cRow, mask);
    c0.intoArray(c, co + 2 * cRow, mask);
    d0.intoArray(c, co + 3 * cRow, mask);
  }

  /** 1 row, 1 vector of which the first columns count. */
  static void tile1x1Masked(int k, float[] a, int ao, int aRow, int aColumn, float[] b, int bo, int bRow,
      float[] c, int co,
      int cRow, int columns) {
    VectorMask<Float> mask = SPECIES.indexInRange(0, columns);
    FloatVector a0 = FloatVector.fromArray(SPECIES, c, co, mask);
    for (int i = 0, ai = ao, bi = bo; i < k; i++, ai += aColumn, bi += bRow) {
      FloatVector v0 = FloatVector.fromArray(SPECIES, b, bi, mask);
      FloatVector s = FloatVector.broadcast(SPECIES, a[ai]);
      a0 = s.fma(v0, a0);
    }
    a0.intoArray(c, co, mask);
  }
}
