package dev.lanewise.runtime.kernel;

import static dev.lanewise.runtime.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * The register tiles of {@link ConvWeightGradient}: a few outputs by five taps, or one, over a stretch of positions.
 *
 * <pre>sums[o][tap] += Σ_i dy[o][outputs[i]] · x[tap + inputs[i]]</pre>
 */
final class WeightGradientTiles {
  private WeightGradientTiles() {}

  /** 4 outputs by 5 taps: 20 accumulators. */
  static void tile4x5(float[] x, int xo, int[] taps, int t, float[] dy, int dyo, int plane, int[] inputs, int[] outputs,
      int from, int to, float[] sums, int so, int row) {
    int x0 = xo + taps[2 * t];
    int s0 = so + taps[2 * t + 1];
    int x1 = xo + taps[2 * t + 2];
    int s1 = so + taps[2 * t + 3];
    int x2 = xo + taps[2 * t + 4];
    int s2 = so + taps[2 * t + 5];
    int x3 = xo + taps[2 * t + 6];
    int s3 = so + taps[2 * t + 7];
    int x4 = xo + taps[2 * t + 8];
    int s4 = so + taps[2 * t + 9];
    FloatVector a0 = FloatVector.fromArray(SPECIES, sums, s0);
    FloatVector a1 = FloatVector.fromArray(SPECIES, sums, s1);
    FloatVector a2 = FloatVector.fromArray(SPECIES, sums, s2);
    FloatVector a3 = FloatVector.fromArray(SPECIES, sums, s3);
    FloatVector a4 = FloatVector.fromArray(SPECIES, sums, s4);
    FloatVector b0 = FloatVector.fromArray(SPECIES, sums, s0 + row);
    FloatVector b1 = FloatVector.fromArray(SPECIES, sums, s1 + row);
    FloatVector b2 = FloatVector.fromArray(SPECIES, sums, s2 + row);
    FloatVector b3 = FloatVector.fromArray(SPECIES, sums, s3 + row);
    FloatVector b4 = FloatVector.fromArray(SPECIES, sums, s4 + row);
    FloatVector c0 = FloatVector.fromArray(SPECIES, sums, s0 + 2 * row);
    FloatVector c1 = FloatVector.fromArray(SPECIES, sums, s1 + 2 * row);
    FloatVector c2 = FloatVector.fromArray(SPECIES, sums, s2 + 2 * row);
    FloatVector c3 = FloatVector.fromArray(SPECIES, sums, s3 + 2 * row);
    FloatVector c4 = FloatVector.fromArray(SPECIES, sums, s4 + 2 * row);
    FloatVector d0 = FloatVector.fromArray(SPECIES, sums, s0 + 3 * row);
    FloatVector d1 = FloatVector.fromArray(SPECIES, sums, s1 + 3 * row);
    FloatVector d2 = FloatVector.fromArray(SPECIES, sums, s2 + 3 * row);
    FloatVector d3 = FloatVector.fromArray(SPECIES, sums, s3 + 3 * row);
    FloatVector d4 = FloatVector.fromArray(SPECIES, sums, s4 + 3 * row);
    for (int i = from; i < to; i++) {
      int xi = inputs[i];
      int di = dyo + outputs[i];
      FloatVector p = FloatVector.fromArray(SPECIES, dy, di);
      FloatVector q = FloatVector.fromArray(SPECIES, dy, di + plane);
      FloatVector r = FloatVector.fromArray(SPECIES, dy, di + 2 * plane);
      FloatVector s = FloatVector.fromArray(SPECIES, dy, di + 3 * plane);
      FloatVector v = FloatVector.fromArray(SPECIES, x, x0 + xi);
      a0 = v.fma(p, a0);
      b0 = v.fma(q, b0);
      c0 = v.fma(r, c0);
      d0 = v.fma(s, d0);
      v = FloatVector.fromArray(SPECIES, x, x1 + xi);
      a1 = v.fma(p, a1);
      b1 = v.fma(q, b1);
      c1 = v.fma(r, c1);
      d1 = v.fma(s, d1);
      v = FloatVector.fromArray(SPECIES, x, x2 + xi);
      a2 = v.fma(p, a2);
      b2 = v.fma(q, b2);
      c2 = v.fma(r, c2);
      d2 = v.fma(s, d2);
      v = FloatVector.fromArray(SPECIES, x, x3 + xi);
      a3 = v.fma(p, a3);
      b3 = v.fma(q, b3);
      c3 = v.fma(r, c3);
      d3 = v.fma(s, d3);
      v = FloatVector.fromArray(SPECIES, x, x4 + xi);
      a4 = v.fma(p, a4);
      b4 = v.fma(q, b4);
      c4 = v.fma(r, c4);
      d4 = v.fma(s, d4);
    }
    a0.intoArray(sums, s0);
    a1.intoArray(sums, s1);
    a2.intoArray(sums, s2);
    a3.intoArray(sums, s3);
    a4.intoArray(sums, s4);
    b0.intoArray(sums, s0 + row);
    b1.intoArray(sums, s1 + row);
    b2.intoArray(sums, s2 + row);
    b3.intoArray(sums, s3 + row);
    b4.intoArray(sums, s4 + row);
    c0.intoArray(sums, s0 + 2 * row);
    c1.intoArray(sums, s1 + 2 * row);
    c2.intoArray(sums, s2 + 2 * row);
    c3.intoArray(sums, s3 + 2 * row);
    c4.intoArray(sums, s4 + 2 * row);
    d0.intoArray(sums, s0 + 3 * row);
    d1.intoArray(sums, s1 + 3 * row);
    d2.intoArray(sums, s2 + 3 * row);
    d3.intoArray(sums, s3 + 3 * row);
    d4.intoArray(sums, s4 + 3 * row);
  }

  /** 4 outputs by 1 tap: 4 accumulators. */
  static void tile4x1(float[] x, int xo, int[] taps, int t, float[] dy, int dyo, int plane, int[] inputs, int[] outputs,
      int from, int to, float[] sums, int so, int row) {
    int x0 = xo + taps[2 * t];
    int s0 = so + taps[2 * t + 1];
    FloatVector a0 = FloatVector.fromArray(SPECIES, sums, s0);
    FloatVector b0 = FloatVector.fromArray(SPECIES, sums, s0 + row);
    FloatVector c0 = FloatVector.fromArray(SPECIES, sums, s0 + 2 * row);
    FloatVector d0 = FloatVector.fromArray(SPECIES, sums, s0 + 3 * row);
    for (int i = from; i < to; i++) {
      int xi = inputs[i];
      int di = dyo + outputs[i];
      FloatVector p = FloatVector.fromArray(SPECIES, dy, di);
      FloatVector q = FloatVector.fromArray(SPECIES, dy, di + plane);
      FloatVector r = FloatVector.fromArray(SPECIES, dy, di + 2 * plane);
      FloatVector s = FloatVector.fromArray(SPECIES, dy, di + 3 * plane);
      FloatVector v = FloatVector.fromArray(SPECIES, x, x0 + xi);
      a0 = v.fma(p, a0);
      b0 = v.fma(q, b0);
      c0 = v.fma(r, c0);
      d0 = v.fma(s, d0);
    }
    a0.intoArray(sums, s0);
    b0.intoArray(sums, s0 + row);
    c0.intoArray(sums, s0 + 2 * row);
    d0.intoArray(sums, s0 + 3 * row);
  }

  /** 2 outputs by 5 taps: 10 accumulators. */
  static void tile2x5(float[] x, int xo, int[] taps, int t, float[] dy, int dyo, int plane, int[] inputs, int[] outputs,
      int from, int to, float[] sums, int so, int row) {
    int x0 = xo + taps[2 * t];
    int s0 = so + taps[2 * t + 1];
    int x1 = xo + taps[2 * t + 2];
    int s1 = so + taps[2 * t + 3];
    int x2 = xo + taps[2 * t + 4];
    int s2 = so + taps[2 * t + 5];
    int x3 = xo + taps[2 * t + 6];
    int s3 = so + taps[2 * t + 7];
    int x4 = xo + taps[2 * t + 8];
    int s4 = so + taps[2 * t + 9];
    FloatVector a0 = FloatVector.fromArray(SPECIES, sums, s0);
    FloatVector a1 = FloatVector.fromArray(SPECIES, sums, s1);
    FloatVector a2 = FloatVector.fromArray(SPECIES, sums, s2);
    FloatVector a3 = FloatVector.fromArray(SPECIES, sums, s3);
    FloatVector a4 = FloatVector.fromArray(SPECIES, sums, s4);
    FloatVector b0 = FloatVector.fromArray(SPECIES, sums, s0 + row);
    FloatVector b1 = FloatVector.fromArray(SPECIES, sums, s1 + row);
    FloatVector b2 = FloatVector.fromArray(SPECIES, sums, s2 + row);
    FloatVector b3 = FloatVector.fromArray(SPECIES, sums, s3 + row);
    FloatVector b4 = FloatVector.fromArray(SPECIES, sums, s4 + row);
    for (int i = from; i < to; i++) {
      int xi = inputs[i];
      int di = dyo + outputs[i];
      FloatVector p = FloatVector.fromArray(SPECIES, dy, di);
      FloatVector q = FloatVector.fromArray(SPECIES, dy, di + plane);
      FloatVector v = FloatVector.fromArray(SPECIES, x, x0 + xi);
      a0 = v.fma(p, a0);
      b0 = v.fma(q, b0);
      v = FloatVector.fromArray(SPECIES, x, x1 + xi);
      a1 = v.fma(p, a1);
      b1 = v.fma(q, b1);
      v = FloatVector.fromArray(SPECIES, x, x2 + xi);
      a2 = v.fma(p, a2);
      b2 = v.fma(q, b2);
      v = FloatVector.fromArray(SPECIES, x, x3 + xi);
      a3 = v.fma(p, a3);
      b3 = v.fma(q, b3);
      v = FloatVector.fromArray(SPECIES, x, x4 + xi);
      a4 = v.fma(p, a4);
      b4 = v.fma(q, b4);
    }
    a0.intoArray(sums, s0);
    a1.intoArray(sums, s1);
    a2.intoArray(sums, s2);
    a3.intoArray(sums, s3);
    a4.intoArray(sums, s4);
    b0.intoArray(sums, s0 + row);
    b1.intoArray(sums, s1 + row);
    b2.intoArray(sums, s2 + row);
    b3.intoArray(sums, s3 + row);
    b4.intoArray(sums, s4 + row);
  }

  /** 2 outputs by 1 tap: 2 accumulators. */
  static void tile2x1(float[] x, int xo, int[] taps, int t, float[] dy, int dyo, int plane, int[] inputs, int[] outputs,
      int from, int to, float[] sums, int so, int row) {
    int x0 = xo + taps[2 * t];
    int s0 = so + taps[2 * t + 1];
    FloatVector a0 = FloatVector.fromArray(SPECIES, sums, s0);
    FloatVector b0 = FloatVector.fromArray(SPECIES, sums, s0 + row);
    for (int i = from; i < to; i++) {
      int xi = inputs[i];
      int di = dyo + outputs[i];
      FloatVector p = FloatVector.fromArray(SPECIES, dy, di);
      FloatVector q = FloatVector.fromArray(SPECIES, dy, di + plane);
      FloatVector v = FloatVector.fromArray(SPECIES, x, x0 + xi);
      a0 = v.fma(p, a0);
      b0 = v.fma(q, b0);
    }
    a0.intoArray(sums, s0);
    b0.intoArray(sums, s0 + row);
  }

  /** 1 output by 5 taps: 5 accumulators. */
  static void tile1x5(float[] x, int xo, int[] taps, int t, float[] dy, int dyo, int plane, int[] inputs, int[] outputs,
      int from, int to, float[] sums, int so, int row) {
    int x0 = xo + taps[2 * t];
    int s0 = so + taps[2 * t + 1];
    int x1 = xo + taps[2 * t + 2];
    int s1 = so + taps[2 * t + 3];
    int x2 = xo + taps[2 * t + 4];
    int s2 = so + taps[2 * t + 5];
    int x3 = xo + taps[2 * t + 6];
    int s3 = so + taps[2 * t + 7];
    int x4 = xo + taps[2 * t + 8];
    int s4 = so + taps[2 * t + 9];
    FloatVector a0 = FloatVector.fromArray(SPECIES, sums, s0);
    FloatVector a1 = FloatVector.fromArray(SPECIES, sums, s1);
    FloatVector a2 = FloatVector.fromArray(SPECIES, sums, s2);
    FloatVector a3 = FloatVector.fromArray(SPECIES, sums, s3);
    FloatVector a4 = FloatVector.fromArray(SPECIES, sums, s4);
    for (int i = from; i < to; i++) {
      int xi = inputs[i];
      int di = dyo + outputs[i];
      FloatVector p = FloatVector.fromArray(SPECIES, dy, di);
      FloatVector v = FloatVector.fromArray(SPECIES, x, x0 + xi);
      a0 = v.fma(p, a0);
      v = FloatVector.fromArray(SPECIES, x, x1 + xi);
      a1 = v.fma(p, a1);
      v = FloatVector.fromArray(SPECIES, x, x2 + xi);
      a2 = v.fma(p, a2);
      v = FloatVector.fromArray(SPECIES, x, x3 + xi);
      a3 = v.fma(p, a3);
      v = FloatVector.fromArray(SPECIES, x, x4 + xi);
      a4 = v.fma(p, a4);
    }
    a0.intoArray(sums, s0);
    a1.intoArray(sums, s1);
    a2.intoArray(sums, s2);
    a3.intoArray(sums, s3);
    a4.intoArray(sums, s4);
  }

  /** 1 output by 1 tap: 1 accumulator. */
  static void tile1x1(float[] x, int xo, int[] taps, int t, float[] dy, int dyo, int plane, int[] inputs, int[] outputs,
      int from, int to, float[] sums, int so, int row) {
    int x0 = xo + taps[2 * t];
    int s0 = so + taps[2 * t + 1];
    FloatVector a0 = FloatVector.fromArray(SPECIES, sums, s0);
    for (int i = from; i < to; i++) {
      int xi = inputs[i];
      int di = dyo + outputs[i];
      FloatVector p = FloatVector.fromArray(SPECIES, dy, di);
      FloatVector v = FloatVector.fromArray(SPECIES, x, x0 + xi);
      a0 = v.fma(p, a0);
    }
    a0.intoArray(sums, s0);
  }
}
