package dev.lanewise.runtime.kernel;

import static dev.lanewise.runtime.kernel.Lanes.SPECIES;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/** The tiles of {@link TapSum} for a position that has no neighbours with the same taps: the corners of an input gradient. */
final class SingleTapTiles {
  private SingleTapTiles() {}

  /** 4 outputs at one position. */
  static void tile4(float[] x, int xo, int[] inputs, int[] weights, float[] w, int wo, float[] bias, int bo, float[] y,
      int yo, int plane, boolean relu) {
    FloatVector a0 = FloatVector.broadcast(SPECIES, bo < 0 ? 0f : bias[bo]);
    FloatVector a1 = FloatVector.broadcast(SPECIES, bo < 0 ? 0f : bias[bo + 1]);
    FloatVector a2 = FloatVector.broadcast(SPECIES, bo < 0 ? 0f : bias[bo + 2]);
    FloatVector a3 = FloatVector.broadcast(SPECIES, bo < 0 ? 0f : bias[bo + 3]);
    for (int i = 0; i < inputs.length; i++) {
      int wi = wo + weights[i] * 4;
      FloatVector p = FloatVector.fromArray(SPECIES, x, xo + inputs[i]);
      a0 = FloatVector.broadcast(SPECIES, w[wi]).fma(p, a0);
      a1 = FloatVector.broadcast(SPECIES, w[wi + 1]).fma(p, a1);
      a2 = FloatVector.broadcast(SPECIES, w[wi + 2]).fma(p, a2);
      a3 = FloatVector.broadcast(SPECIES, w[wi + 3]).fma(p, a3);
    }
    FloatVector least = FloatVector.broadcast(SPECIES, relu ? 0f : Float.NEGATIVE_INFINITY);
    a0.blend(least, a0.compare(LT, least)).intoArray(y, yo);
    a1.blend(least, a1.compare(LT, least)).intoArray(y, yo + plane);
    a2.blend(least, a2.compare(LT, least)).intoArray(y, yo + 2 * plane);
    a3.blend(least, a3.compare(LT, least)).intoArray(y, yo + 3 * plane);
  }

  /** 2 outputs at one position. */
  static void tile2(float[] x, int xo, int[] inputs, int[] weights, float[] w, int wo, float[] bias, int bo, float[] y,
      int yo, int plane, boolean relu) {
    FloatVector a0 = FloatVector.broadcast(SPECIES, bo < 0 ? 0f : bias[bo]);
    FloatVector a1 = FloatVector.broadcast(SPECIES, bo < 0 ? 0f : bias[bo + 1]);
    for (int i = 0; i < inputs.length; i++) {
      int wi = wo + weights[i] * 2;
      FloatVector p = FloatVector.fromArray(SPECIES, x, xo + inputs[i]);
      a0 = FloatVector.broadcast(SPECIES, w[wi]).fma(p, a0);
      a1 = FloatVector.broadcast(SPECIES, w[wi + 1]).fma(p, a1);
    }
    FloatVector least = FloatVector.broadcast(SPECIES, relu ? 0f : Float.NEGATIVE_INFINITY);
    a0.blend(least, a0.compare(LT, least)).intoArray(y, yo);
    a1.blend(least, a1.compare(LT, least)).intoArray(y, yo + plane);
  }

  /** 1 output at one position. */
  static void tile1(float[] x, int xo, int[] inputs, int[] weights, float[] w, int wo, float[] bias, int bo, float[] y,
      int yo, boolean relu) {
    FloatVector a0 = FloatVector.broadcast(SPECIES, bo < 0 ? 0f : bias[bo]);
    for (int i = 0; i < inputs.length; i++) {
      int wi = wo + weights[i];
      FloatVector p = FloatVector.fromArray(SPECIES, x, xo + inputs[i]);
      a0 = FloatVector.broadcast(SPECIES, w[wi]).fma(p, a0);
    }
    FloatVector least = FloatVector.broadcast(SPECIES, relu ? 0f : Float.NEGATIVE_INFINITY);
    a0.blend(least, a0.compare(LT, least)).intoArray(y, yo);
  }
}
