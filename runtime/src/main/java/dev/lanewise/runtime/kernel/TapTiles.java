package dev.lanewise.runtime.kernel;

import static dev.lanewise.runtime.kernel.Lanes.SPECIES;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/**
 * The register tiles of {@link TapSum}: a few outputs at four positions, one broadcast weight for four multiply-adds.
 *
 * <pre>y[m][position] = bias[m] + Σ_i w[weights[i]][m] · x[position + inputs[i]]</pre>
 *
 * <p>A tile's eight numbers say where its four positions lie in x and in y. The inner loop has one term per
 * iteration: C2
 * unrolls it, and unrolling by hand spills registers. ReLU is a lower bound on both ways: a vector that two branches
 * assign
 * becomes an object.
 */
final class TapTiles {
  /** The numbers per tile. */
  static final int STEP = 8;

  private TapTiles() {}

  /** 4 outputs at 4 positions: 16 accumulators. */
  static void tile4x4(float[] x, int xo, int[] tile, int t, int[] inputs, int[] weights, float[] w, int wo,
      float[] bias, int bo, float[] y, int yo, int plane, boolean relu) {
    int x0 = xo + tile[t];
    int x1 = xo + tile[t + 1];
    int x2 = xo + tile[t + 2];
    int x3 = xo + tile[t + 3];
    FloatVector a0 = FloatVector.broadcast(SPECIES, bo < 0 ? 0f : bias[bo]);
    FloatVector b0 = a0;
    FloatVector c0 = a0;
    FloatVector d0 = a0;
    FloatVector a1 = FloatVector.broadcast(SPECIES, bo < 0 ? 0f : bias[bo + 1]);
    FloatVector b1 = a1;
    FloatVector c1 = a1;
    FloatVector d1 = a1;
    FloatVector a2 = FloatVector.broadcast(SPECIES, bo < 0 ? 0f : bias[bo + 2]);
    FloatVector b2 = a2;
    FloatVector c2 = a2;
    FloatVector d2 = a2;
    FloatVector a3 = FloatVector.broadcast(SPECIES, bo < 0 ? 0f : bias[bo + 3]);
    FloatVector b3 = a3;
    FloatVector c3 = a3;
    FloatVector d3 = a3;
    for (int i = 0; i < inputs.length; i++) {
      int xi = inputs[i];
      int wi = wo + weights[i] * 4;
      FloatVector p = FloatVector.fromArray(SPECIES, x, x0 + xi);
      FloatVector q = FloatVector.fromArray(SPECIES, x, x1 + xi);
      FloatVector r = FloatVector.fromArray(SPECIES, x, x2 + xi);
      FloatVector s = FloatVector.fromArray(SPECIES, x, x3 + xi);
      FloatVector v = FloatVector.broadcast(SPECIES, w[wi]);
      a0 = v.fma(p, a0);
      b0 = v.fma(q, b0);
      c0 = v.fma(r, c0);
      d0 = v.fma(s, d0);
      v = FloatVector.broadcast(SPECIES, w[wi + 1]);
      a1 = v.fma(p, a1);
      b1 = v.fma(q, b1);
      c1 = v.fma(r, c1);
      d1 = v.fma(s, d1);
      v = FloatVector.broadcast(SPECIES, w[wi + 2]);
      a2 = v.fma(p, a2);
      b2 = v.fma(q, b2);
      c2 = v.fma(r, c2);
      d2 = v.fma(s, d2);
      v = FloatVector.broadcast(SPECIES, w[wi + 3]);
      a3 = v.fma(p, a3);
      b3 = v.fma(q, b3);
      c3 = v.fma(r, c3);
      d3 = v.fma(s, d3);
    }
    FloatVector least = FloatVector.broadcast(SPECIES, relu ? 0f : Float.NEGATIVE_INFINITY);
    int y0 = yo + tile[t + 4];
    int y1 = yo + tile[t + 5];
    int y2 = yo + tile[t + 6];
    int y3 = yo + tile[t + 7];
    a0.blend(least, a0.compare(LT, least)).intoArray(y, y0);
    b0.blend(least, b0.compare(LT, least)).intoArray(y, y1);
    c0.blend(least, c0.compare(LT, least)).intoArray(y, y2);
    d0.blend(least, d0.compare(LT, least)).intoArray(y, y3);
    a1.blend(least, a1.compare(LT, least)).intoArray(y, y0 + plane);
    b1.blend(least, b1.compare(LT, least)).intoArray(y, y1 + plane);
    c1.blend(least, c1.compare(LT, least)).intoArray(y, y2 + plane);
    d1.blend(least, d1.compare(LT, least)).intoArray(y, y3 + plane);
    a2.blend(least, a2.compare(LT, least)).intoArray(y, y0 + 2 * plane);
    b2.blend(least, b2.compare(LT, least)).intoArray(y, y1 + 2 * plane);
    c2.blend(least, c2.compare(LT, least)).intoArray(y, y2 + 2 * plane);
    d2.blend(least, d2.compare(LT, least)).intoArray(y, y3 + 2 * plane);
    a3.blend(least, a3.compare(LT, least)).intoArray(y, y0 + 3 * plane);
    b3.blend(least, b3.compare(LT, least)).intoArray(y, y1 + 3 * plane);
    c3.blend(least, c3.compare(LT, least)).intoArray(y, y2 + 3 * plane);
    d3.blend(least, d3.compare(LT, least)).intoArray(y, y3 + 3 * plane);
  }

  /** 2 outputs at 4 positions: 8 accumulators; {@code pack} is the width of the packed tile they belong to. */
  static void tile2x4(float[] x, int xo, int[] tile, int t, int[] inputs, int[] weights, float[] w, int wo, int pack,
      float[] bias, int bo, float[] y, int yo, int plane, boolean relu) {
    int x0 = xo + tile[t];
    int x1 = xo + tile[t + 1];
    int x2 = xo + tile[t + 2];
    int x3 = xo + tile[t + 3];
    FloatVector a0 = FloatVector.broadcast(SPECIES, bo < 0 ? 0f : bias[bo]);
    FloatVector b0 = a0;
    FloatVector c0 = a0;
    FloatVector d0 = a0;
    FloatVector a1 = FloatVector.broadcast(SPECIES, bo < 0 ? 0f : bias[bo + 1]);
    FloatVector b1 = a1;
    FloatVector c1 = a1;
    FloatVector d1 = a1;
    for (int i = 0; i < inputs.length; i++) {
      int xi = inputs[i];
      int wi = wo + weights[i] * pack;
      FloatVector p = FloatVector.fromArray(SPECIES, x, x0 + xi);
      FloatVector q = FloatVector.fromArray(SPECIES, x, x1 + xi);
      FloatVector r = FloatVector.fromArray(SPECIES, x, x2 + xi);
      FloatVector s = FloatVector.fromArray(SPECIES, x, x3 + xi);
      FloatVector v = FloatVector.broadcast(SPECIES, w[wi]);
      a0 = v.fma(p, a0);
      b0 = v.fma(q, b0);
      c0 = v.fma(r, c0);
      d0 = v.fma(s, d0);
      v = FloatVector.broadcast(SPECIES, w[wi + 1]);
      a1 = v.fma(p, a1);
      b1 = v.fma(q, b1);
      c1 = v.fma(r, c1);
      d1 = v.fma(s, d1);
    }
    FloatVector least = FloatVector.broadcast(SPECIES, relu ? 0f : Float.NEGATIVE_INFINITY);
    int y0 = yo + tile[t + 4];
    int y1 = yo + tile[t + 5];
    int y2 = yo + tile[t + 6];
    int y3 = yo + tile[t + 7];
    a0.blend(least, a0.compare(LT, least)).intoArray(y, y0);
    b0.blend(least, b0.compare(LT, least)).intoArray(y, y1);
    c0.blend(least, c0.compare(LT, least)).intoArray(y, y2);
    d0.blend(least, d0.compare(LT, least)).intoArray(y, y3);
    a1.blend(least, a1.compare(LT, least)).intoArray(y, y0 + plane);
    b1.blend(least, b1.compare(LT, least)).intoArray(y, y1 + plane);
    c1.blend(least, c1.compare(LT, least)).intoArray(y, y2 + plane);
    d1.blend(least, d1.compare(LT, least)).intoArray(y, y3 + plane);
  }

  /** 1 output at 4 positions: 4 accumulators. */
  static void tile1x4(float[] x, int xo, int[] tile, int t, int[] inputs, int[] weights, float[] w, int wo,
      float[] bias, int bo, float[] y, int yo, int plane, boolean relu) {
    int x0 = xo + tile[t];
    int x1 = xo + tile[t + 1];
    int x2 = xo + tile[t + 2];
    int x3 = xo + tile[t + 3];
    FloatVector a0 = FloatVector.broadcast(SPECIES, bo < 0 ? 0f : bias[bo]);
    FloatVector b0 = a0;
    FloatVector c0 = a0;
    FloatVector d0 = a0;
    for (int i = 0; i < inputs.length; i++) {
      int xi = inputs[i];
      int wi = wo + weights[i];
      FloatVector p = FloatVector.fromArray(SPECIES, x, x0 + xi);
      FloatVector q = FloatVector.fromArray(SPECIES, x, x1 + xi);
      FloatVector r = FloatVector.fromArray(SPECIES, x, x2 + xi);
      FloatVector s = FloatVector.fromArray(SPECIES, x, x3 + xi);
      FloatVector v = FloatVector.broadcast(SPECIES, w[wi]);
      a0 = v.fma(p, a0);
      b0 = v.fma(q, b0);
      c0 = v.fma(r, c0);
      d0 = v.fma(s, d0);
    }
    FloatVector least = FloatVector.broadcast(SPECIES, relu ? 0f : Float.NEGATIVE_INFINITY);
    int y0 = yo + tile[t + 4];
    int y1 = yo + tile[t + 5];
    int y2 = yo + tile[t + 6];
    int y3 = yo + tile[t + 7];
    a0.blend(least, a0.compare(LT, least)).intoArray(y, y0);
    b0.blend(least, b0.compare(LT, least)).intoArray(y, y1);
    c0.blend(least, c0.compare(LT, least)).intoArray(y, y2);
    d0.blend(least, d0.compare(LT, least)).intoArray(y, y3);
  }
}
