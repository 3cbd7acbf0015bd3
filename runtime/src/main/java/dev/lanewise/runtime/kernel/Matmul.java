package dev.lanewise.runtime.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Matrix product: C[m][n] += A[m][k] B[k][n], with A(i, j) at {@code a[ao + i aRow + j aColumn]}, so that A may be transposed for
 * nothing, and rows of B and C contiguous. A register tile of C stays in named accumulators while the inner dimension goes by (Goto and
 * van de Geijn 2008); every element is summed in the order of the inner dimension, whatever the tile.
 *
 * <p>Dense layers are made of it: y[O][16] += W x, dx[I][16] += Wᵀ dy, dW[O][I] += dy xᵀ.
 */
public final class Matmul {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.LENGTH;

  private Matmul() {}

  public static void multiplyAdd(
      int m, int k, int n, float[] a, int ao, int aRow, int aColumn, float[] b, int bo, int bRow, float[] c, int co,
      int cRow) {
    int j = 0;
    for (; j + 2 * L <= n; j += 2 * L) {
      int i = 0;
      for (; i + 6 <= m; i += 6) {
        sixByTwo(k, a, ao + i * aRow, aRow, aColumn, b, bo + j, bRow, c, co + i * cRow + j, cRow);
      }
      for (; i < m; i++) {
        oneByTwo(k, a, ao + i * aRow, aRow, aColumn, b, bo + j, bRow, c, co + i * cRow + j, cRow);
      }
    }
    for (; j < n; j += L) {
      VectorMask<Float> in = S.indexInRange(j, n);
      int i = 0;
      if (n - j >= L) {
        for (; i + 10 <= m; i += 10) {
          tenByOne(k, a, ao + i * aRow, aRow, aColumn, b, bo + j, bRow, c, co + i * cRow + j, cRow);
        }
      }
      for (; i + 4 <= m; i += 4) {
        fourByTail(k, a, ao + i * aRow, aRow, aColumn, b, bo + j, bRow, c, co + i * cRow + j, cRow, in);
      }
      for (; i < m; i++) {
        oneByTail(k, a, ao + i * aRow, aRow, aColumn, b, bo + j, bRow, c, co + i * cRow + j, cRow, in);
      }
    }
  }

  /** 6 rows, 2 vectors: 12 accumulators, safe with 16 registers too. */
  private static void sixByTwo(
      int k, float[] a, int ao, int aRow, int aColumn, float[] b, int bo, int bRow, float[] c, int co, int cRow) {
    FloatVector c00 = FloatVector.fromArray(S, c, co);
    FloatVector c01 = FloatVector.fromArray(S, c, co + L);
    FloatVector c10 = FloatVector.fromArray(S, c, co + cRow);
    FloatVector c11 = FloatVector.fromArray(S, c, co + cRow + L);
    FloatVector c20 = FloatVector.fromArray(S, c, co + 2 * cRow);
    FloatVector c21 = FloatVector.fromArray(S, c, co + 2 * cRow + L);
    FloatVector c30 = FloatVector.fromArray(S, c, co + 3 * cRow);
    FloatVector c31 = FloatVector.fromArray(S, c, co + 3 * cRow + L);
    FloatVector c40 = FloatVector.fromArray(S, c, co + 4 * cRow);
    FloatVector c41 = FloatVector.fromArray(S, c, co + 4 * cRow + L);
    FloatVector c50 = FloatVector.fromArray(S, c, co + 5 * cRow);
    FloatVector c51 = FloatVector.fromArray(S, c, co + 5 * cRow + L);
    for (int i = 0, at = ao; i < k; i++, at += aColumn) {
      FloatVector b0 = FloatVector.fromArray(S, b, bo + i * bRow);
      FloatVector b1 = FloatVector.fromArray(S, b, bo + i * bRow + L);
      FloatVector a0 = FloatVector.broadcast(S, a[at]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(S, a[at + aRow]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = FloatVector.broadcast(S, a[at + 2 * aRow]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = FloatVector.broadcast(S, a[at + 3 * aRow]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      FloatVector a4 = FloatVector.broadcast(S, a[at + 4 * aRow]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      FloatVector a5 = FloatVector.broadcast(S, a[at + 5 * aRow]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
    }
    c00.intoArray(c, co);
    c01.intoArray(c, co + L);
    c10.intoArray(c, co + cRow);
    c11.intoArray(c, co + cRow + L);
    c20.intoArray(c, co + 2 * cRow);
    c21.intoArray(c, co + 2 * cRow + L);
    c30.intoArray(c, co + 3 * cRow);
    c31.intoArray(c, co + 3 * cRow + L);
    c40.intoArray(c, co + 4 * cRow);
    c41.intoArray(c, co + 4 * cRow + L);
    c50.intoArray(c, co + 5 * cRow);
    c51.intoArray(c, co + 5 * cRow + L);
  }
  /** One row, 2 vectors. */
  private static void oneByTwo(
      int k, float[] a, int ao, int aRow, int aColumn, float[] b, int bo, int bRow, float[] c, int co, int cRow) {
    FloatVector c00 = FloatVector.fromArray(S, c, co);
    FloatVector c01 = FloatVector.fromArray(S, c, co + L);
    for (int i = 0, at = ao; i < k; i++, at += aColumn) {
      FloatVector b0 = FloatVector.fromArray(S, b, bo + i * bRow);
      FloatVector b1 = FloatVector.fromArray(S, b, bo + i * bRow + L);
      FloatVector a0 = FloatVector.broadcast(S, a[at]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
    }
    c00.intoArray(c, co);
    c01.intoArray(c, co + L);
  }
  /** 10 rows, one vector: the block of lanes of a dense layer. */
  private static void tenByOne(
      int k, float[] a, int ao, int aRow, int aColumn, float[] b, int bo, int bRow, float[] c, int co, int cRow) {
    FloatVector c0 = FloatVector.fromArray(S, c, co);
    FloatVector c1 = FloatVector.fromArray(S, c, co + cRow);
    FloatVector c2 = FloatVector.fromArray(S, c, co + 2 * cRow);
    FloatVector c3 = FloatVector.fromArray(S, c, co + 3 * cRow);
    FloatVector c4 = FloatVector.fromArray(S, c, co + 4 * cRow);
    FloatVector c5 = FloatVector.fromArray(S, c, co + 5 * cRow);
    FloatVector c6 = FloatVector.fromArray(S, c, co + 6 * cRow);
    FloatVector c7 = FloatVector.fromArray(S, c, co + 7 * cRow);
    FloatVector c8 = FloatVector.fromArray(S, c, co + 8 * cRow);
    FloatVector c9 = FloatVector.fromArray(S, c, co + 9 * cRow);
    for (int i = 0, at = ao; i < k; i++, at += aColumn) {
      FloatVector bi = FloatVector.fromArray(S, b, bo + i * bRow);
      c0 = bi.fma(FloatVector.broadcast(S, a[at]), c0);
      c1 = bi.fma(FloatVector.broadcast(S, a[at + aRow]), c1);
      c2 = bi.fma(FloatVector.broadcast(S, a[at + 2 * aRow]), c2);
      c3 = bi.fma(FloatVector.broadcast(S, a[at + 3 * aRow]), c3);
      c4 = bi.fma(FloatVector.broadcast(S, a[at + 4 * aRow]), c4);
      c5 = bi.fma(FloatVector.broadcast(S, a[at + 5 * aRow]), c5);
      c6 = bi.fma(FloatVector.broadcast(S, a[at + 6 * aRow]), c6);
      c7 = bi.fma(FloatVector.broadcast(S, a[at + 7 * aRow]), c7);
      c8 = bi.fma(FloatVector.broadcast(S, a[at + 8 * aRow]), c8);
      c9 = bi.fma(FloatVector.broadcast(S, a[at + 9 * aRow]), c9);
    }
    c0.intoArray(c, co);
    c1.intoArray(c, co + cRow);
    c2.intoArray(c, co + 2 * cRow);
    c3.intoArray(c, co + 3 * cRow);
    c4.intoArray(c, co + 4 * cRow);
    c5.intoArray(c, co + 5 * cRow);
    c6.intoArray(c, co + 6 * cRow);
    c7.intoArray(c, co + 7 * cRow);
    c8.intoArray(c, co + 8 * cRow);
    c9.intoArray(c, co + 9 * cRow);
  }
  /** 4 rows, the columns that a mask leaves. */
  private static void fourByTail(
      int k, float[] a, int ao, int aRow, int aColumn, float[] b, int bo, int bRow, float[] c, int co, int cRow, VectorMask<Float> in) {
    FloatVector c0 = FloatVector.fromArray(S, c, co, in);
    FloatVector c1 = FloatVector.fromArray(S, c, co + cRow, in);
    FloatVector c2 = FloatVector.fromArray(S, c, co + 2 * cRow, in);
    FloatVector c3 = FloatVector.fromArray(S, c, co + 3 * cRow, in);
    for (int i = 0, at = ao; i < k; i++, at += aColumn) {
      FloatVector bi = FloatVector.fromArray(S, b, bo + i * bRow, in);
      c0 = bi.fma(FloatVector.broadcast(S, a[at]), c0);
      c1 = bi.fma(FloatVector.broadcast(S, a[at + aRow]), c1);
      c2 = bi.fma(FloatVector.broadcast(S, a[at + 2 * aRow]), c2);
      c3 = bi.fma(FloatVector.broadcast(S, a[at + 3 * aRow]), c3);
    }
    c0.intoArray(c, co, in);
    c1.intoArray(c, co + cRow, in);
    c2.intoArray(c, co + 2 * cRow, in);
    c3.intoArray(c, co + 3 * cRow, in);
  }
  /** One row, the columns that a mask leaves. */
  private static void oneByTail(
      int k, float[] a, int ao, int aRow, int aColumn, float[] b, int bo, int bRow, float[] c, int co, int cRow, VectorMask<Float> in) {
    FloatVector c0 = FloatVector.fromArray(S, c, co, in);
    for (int i = 0, at = ao; i < k; i++, at += aColumn) {
      FloatVector bi = FloatVector.fromArray(S, b, bo + i * bRow, in);
      c0 = bi.fma(FloatVector.broadcast(S, a[at]), c0);
    }
    c0.intoArray(c, co, in);
  }
}
