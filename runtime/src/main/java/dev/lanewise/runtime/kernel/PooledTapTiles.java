package dev.lanewise.runtime.kernel;

import static dev.lanewise.runtime.kernel.Lanes.SPECIES;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * The register tiles of {@link TapSum} with 2x2 max-pooling: the four positions of {@link TapTiles} are one window.
 * y receives
 * its maximum, or 0 if that is less and {@code relu}; argmax the position 0..3 of the first of the largest.
 *
 * <p>A class of its own: with both endings in one method C2 gives up inlining, and the convolution runs five times
 * slower.
 */
final class PooledTapTiles {
  private PooledTapTiles() {}

  /** 4 outputs at 4 positions: 16 accumulators. */
  static void tile4x4(float[] x, int xo, int[] tile, int t, int[] inputs, int[] weights, float[] w, int wo,
      float[] bias, int bo, float[] y, int yo, int plane, float[] argmax, int ao, boolean relu) {
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
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector two = FloatVector.broadcast(SPECIES, 2f);
    FloatVector three = FloatVector.broadcast(SPECIES, 3f);
    int out = tile[t + 4];
    VectorMask<Float> right0 = b0.compare(GT, a0);
    VectorMask<Float> belowRight0 = d0.compare(GT, c0);
    a0 = a0.blend(b0, right0);
    c0 = c0.blend(d0, belowRight0);
    VectorMask<Float> below0 = c0.compare(GT, a0);
    a0 = a0.blend(c0, below0);
    b0 = zero.blend(one, right0).blend(two.blend(three, belowRight0), below0);
    a0.blend(least, a0.compare(LT, least)).intoArray(y, yo + out);
    b0.intoArray(argmax, ao + out);
    VectorMask<Float> right1 = b1.compare(GT, a1);
    VectorMask<Float> belowRight1 = d1.compare(GT, c1);
    a1 = a1.blend(b1, right1);
    c1 = c1.blend(d1, belowRight1);
    VectorMask<Float> below1 = c1.compare(GT, a1);
    a1 = a1.blend(c1, below1);
    b1 = zero.blend(one, right1).blend(two.blend(three, belowRight1), below1);
    a1.blend(least, a1.compare(LT, least)).intoArray(y, yo + out + plane);
    b1.intoArray(argmax, ao + out + plane);
    VectorMask<Float> right2 = b2.compare(GT, a2);
    VectorMask<Float> belowRight2 = d2.compare(GT, c2);
    a2 = a2.blend(b2, right2);
    c2 = c2.blend(d2, belowRight2);
    VectorMask<Float> below2 = c2.compare(GT, a2);
    a2 = a2.blend(c2, below2);
    b2 = zero.blend(one, right2).blend(two.blend(three, belowRight2), below2);
    a2.blend(least, a2.compare(LT, least)).intoArray(y, yo + out + 2 * plane);
    b2.intoArray(argmax, ao + out + 2 * plane);
    VectorMask<Float> right3 = b3.compare(GT, a3);
    VectorMask<Float> belowRight3 = d3.compare(GT, c3);
    a3 = a3.blend(b3, right3);
    c3 = c3.blend(d3, belowRight3);
    VectorMask<Float> below3 = c3.compare(GT, a3);
    a3 = a3.blend(c3, below3);
    b3 = zero.blend(one, right3).blend(two.blend(three, belowRight3), below3);
    a3.blend(least, a3.compare(LT, least)).intoArray(y, yo + out + 3 * plane);
    b3.intoArray(argmax, ao + out + 3 * plane);
  }

  /** 2 outputs at 4 positions: 8 accumulators; {@code pack} is the width of the packed tile they belong to. */
  static void tile2x4(float[] x, int xo, int[] tile, int t, int[] inputs, int[] weights, float[] w, int wo, int pack,
      float[] bias, int bo, float[] y, int yo, int plane, float[] argmax, int ao, boolean relu) {
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
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector two = FloatVector.broadcast(SPECIES, 2f);
    FloatVector three = FloatVector.broadcast(SPECIES, 3f);
    int out = tile[t + 4];
    VectorMask<Float> right0 = b0.compare(GT, a0);
    VectorMask<Float> belowRight0 = d0.compare(GT, c0);
    a0 = a0.blend(b0, right0);
    c0 = c0.blend(d0, belowRight0);
    VectorMask<Float> below0 = c0.compare(GT, a0);
    a0 = a0.blend(c0, below0);
    b0 = zero.blend(one, right0).blend(two.blend(three, belowRight0), below0);
    a0.blend(least, a0.compare(LT, least)).intoArray(y, yo + out);
    b0.intoArray(argmax, ao + out);
    VectorMask<Float> right1 = b1.compare(GT, a1);
    VectorMask<Float> belowRight1 = d1.compare(GT, c1);
    a1 = a1.blend(b1, right1);
    c1 = c1.blend(d1, belowRight1);
    VectorMask<Float> below1 = c1.compare(GT, a1);
    a1 = a1.blend(c1, below1);
    b1 = zero.blend(one, right1).blend(two.blend(three, belowRight1), below1);
    a1.blend(least, a1.compare(LT, least)).intoArray(y, yo + out + plane);
    b1.intoArray(argmax, ao + out + plane);
  }

  /** 1 output at 4 positions: 4 accumulators. */
  static void tile1x4(float[] x, int xo, int[] tile, int t, int[] inputs, int[] weights, float[] w, int wo,
      float[] bias, int bo, float[] y, int yo, int plane, float[] argmax, int ao, boolean relu) {
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
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector two = FloatVector.broadcast(SPECIES, 2f);
    FloatVector three = FloatVector.broadcast(SPECIES, 3f);
    int out = tile[t + 4];
    VectorMask<Float> right0 = b0.compare(GT, a0);
    VectorMask<Float> belowRight0 = d0.compare(GT, c0);
    a0 = a0.blend(b0, right0);
    c0 = c0.blend(d0, belowRight0);
    VectorMask<Float> below0 = c0.compare(GT, a0);
    a0 = a0.blend(c0, below0);
    b0 = zero.blend(one, right0).blend(two.blend(three, belowRight0), below0);
    a0.blend(least, a0.compare(LT, least)).intoArray(y, yo + out);
    b0.intoArray(argmax, ao + out);
  }
}
