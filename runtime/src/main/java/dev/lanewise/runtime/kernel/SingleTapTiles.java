package dev.lanewise.runtime.kernel;

import static dev.lanewise.runtime.kernel.Lanes.SPECIES;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/**
 * The tiles of {@link TapSum} for positions without three neighbours that see the same taps: the corners of an input
 * gradient. As parts of tiles of four they took 233 us a block in the 5x5 convolution of 10 to 20 channels, so 130.
 */
final class SingleTapTiles {
  private SingleTapTiles() {}

  /** 8 outputs at one position, of two tiles of packed weights: the second is {@code next} floats on. */
  static void tile8(float[] x, int xi, int yi, int[] inputs, int[] weights, float[] w, int wo, int next,
      float[] bias, int bo, float[] y, int plane, boolean relu) {
    FloatVector a0 = FloatVector.broadcast(SPECIES, bo < 0 ? 0f : bias[bo]);
    FloatVector a1 = FloatVector.broadcast(SPECIES, bo < 0 ? 0f : bias[bo + 1]);
    FloatVector a2 = FloatVector.broadcast(SPECIES, bo < 0 ? 0f : bias[bo + 2]);
    FloatVector a3 = FloatVector.broadcast(SPECIES, bo < 0 ? 0f : bias[bo + 3]);
    FloatVector a4 = FloatVector.broadcast(SPECIES, bo < 0 ? 0f : bias[bo + 4]);
    FloatVector a5 = FloatVector.broadcast(SPECIES, bo < 0 ? 0f : bias[bo + 5]);
    FloatVector a6 = FloatVector.broadcast(SPECIES, bo < 0 ? 0f : bias[bo + 6]);
    FloatVector a7 = FloatVector.broadcast(SPECIES, bo < 0 ? 0f : bias[bo + 7]);
    for (int i = 0; i < inputs.length; i++) {
      int wi = wo + weights[i] * 4;
      FloatVector p = FloatVector.fromArray(SPECIES, x, xi + inputs[i]);
      a0 = p.fma(FloatVector.broadcast(SPECIES, w[wi]), a0);
      a1 = p.fma(FloatVector.broadcast(SPECIES, w[wi + 1]), a1);
      a2 = p.fma(FloatVector.broadcast(SPECIES, w[wi + 2]), a2);
      a3 = p.fma(FloatVector.broadcast(SPECIES, w[wi + 3]), a3);
      a4 = p.fma(FloatVector.broadcast(SPECIES, w[wi + next]), a4);
      a5 = p.fma(FloatVector.broadcast(SPECIES, w[wi + next + 1]), a5);
      a6 = p.fma(FloatVector.broadcast(SPECIES, w[wi + next + 2]), a6);
      a7 = p.fma(FloatVector.broadcast(SPECIES, w[wi + next + 3]), a7);
    }
    FloatVector least = FloatVector.broadcast(SPECIES, relu ? 0f : Float.NEGATIVE_INFINITY);
    a0.blend(least, a0.compare(LT, least)).intoArray(y, yi);
    a1.blend(least, a1.compare(LT, least)).intoArray(y, yi + plane);
    a2.blend(least, a2.compare(LT, least)).intoArray(y, yi + 2 * plane);
    a3.blend(least, a3.compare(LT, least)).intoArray(y, yi + 3 * plane);
    a4.blend(least, a4.compare(LT, least)).intoArray(y, yi + 4 * plane);
    a5.blend(least, a5.compare(LT, least)).intoArray(y, yi + 5 * plane);
    a6.blend(least, a6.compare(LT, least)).intoArray(y, yi + 6 * plane);
    a7.blend(least, a7.compare(LT, least)).intoArray(y, yi + 7 * plane);
  }

  /** 4 outputs at one position. */
  static void tile4(float[] x, int xi, int yi, int[] inputs, int[] weights, float[] w, int wo,
      float[] bias, int bo, float[] y, int plane, boolean relu) {
    FloatVector a0 = FloatVector.broadcast(SPECIES, bo < 0 ? 0f : bias[bo]);
    FloatVector a1 = FloatVector.broadcast(SPECIES, bo < 0 ? 0f : bias[bo + 1]);
    FloatVector a2 = FloatVector.broadcast(SPECIES, bo < 0 ? 0f : bias[bo + 2]);
    FloatVector a3 = FloatVector.broadcast(SPECIES, bo < 0 ? 0f : bias[bo + 3]);
    for (int i = 0; i < inputs.length; i++) {
      int wi = wo + weights[i] * 4;
      FloatVector p = FloatVector.fromArray(SPECIES, x, xi + inputs[i]);
      a0 = p.fma(FloatVector.broadcast(SPECIES, w[wi]), a0);
      a1 = p.fma(FloatVector.broadcast(SPECIES, w[wi + 1]), a1);
      a2 = p.fma(FloatVector.broadcast(SPECIES, w[wi + 2]), a2);
      a3 = p.fma(FloatVector.broadcast(SPECIES, w[wi + 3]), a3);
    }
    FloatVector least = FloatVector.broadcast(SPECIES, relu ? 0f : Float.NEGATIVE_INFINITY);
    a0.blend(least, a0.compare(LT, least)).intoArray(y, yi);
    a1.blend(least, a1.compare(LT, least)).intoArray(y, yi + plane);
    a2.blend(least, a2.compare(LT, least)).intoArray(y, yi + 2 * plane);
    a3.blend(least, a3.compare(LT, least)).intoArray(y, yi + 3 * plane);
  }

  /** 2 outputs at one position. */
  static void tile2(float[] x, int xi, int yi, int[] inputs, int[] weights, float[] w, int wo,
      float[] bias, int bo, float[] y, int plane, boolean relu) {
    FloatVector a0 = FloatVector.broadcast(SPECIES, bo < 0 ? 0f : bias[bo]);
    FloatVector a1 = FloatVector.broadcast(SPECIES, bo < 0 ? 0f : bias[bo + 1]);
    for (int i = 0; i < inputs.length; i++) {
      int wi = wo + weights[i] * 2;
      FloatVector p = FloatVector.fromArray(SPECIES, x, xi + inputs[i]);
      a0 = p.fma(FloatVector.broadcast(SPECIES, w[wi]), a0);
      a1 = p.fma(FloatVector.broadcast(SPECIES, w[wi + 1]), a1);
    }
    FloatVector least = FloatVector.broadcast(SPECIES, relu ? 0f : Float.NEGATIVE_INFINITY);
    a0.blend(least, a0.compare(LT, least)).intoArray(y, yi);
    a1.blend(least, a1.compare(LT, least)).intoArray(y, yi + plane);
  }

  /** 1 output at one position. */
  static void tile1(float[] x, int xi, int yi, int[] inputs, int[] weights, float[] w, int wo,
      float[] bias, int bo, float[] y, int plane, boolean relu) {
    FloatVector a0 = FloatVector.broadcast(SPECIES, bo < 0 ? 0f : bias[bo]);
    for (int i = 0; i < inputs.length; i++) {
      int wi = wo + weights[i];
      FloatVector p = FloatVector.fromArray(SPECIES, x, xi + inputs[i]);
      a0 = p.fma(FloatVector.broadcast(SPECIES, w[wi]), a0);
    }
    FloatVector least = FloatVector.broadcast(SPECIES, relu ? 0f : Float.NEGATIVE_INFINITY);
    a0.blend(least, a0.compare(LT, least)).intoArray(y, yi);
  }
}
