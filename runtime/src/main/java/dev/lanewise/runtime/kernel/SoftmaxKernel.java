package dev.lanewise.runtime.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Softmax and its logarithm over {@code [classes][16]}: each lane is an example of its own, no sum crosses lanes. */
public final class SoftmaxKernel {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int LANES = Lanes.BLOCK;

  private SoftmaxKernel() {}

  /** y_i = e^{x_i} / Σ e^{x_j}. */
  public static void softmax(float[] x, int xo, int classes, float[] y, int yo) {
    for (int v = 0; v < LANES; v += Lanes.LENGTH) {
      logSumExp(x, xo + v, classes, y, yo + v);
      FloatVector logSum = FloatVector.fromArray(S, y, yo + v);
      for (int i = 0; i < classes * LANES; i += LANES) {
        VectorFunctions.exp(FloatVector.fromArray(S, x, xo + v + i).sub(logSum)).intoArray(y, yo + v + i);
      }
    }
  }

  /** dx_i = y_i (dy_i - Σ_j dy_j y_j). */
  public static void softmaxGradient(
      float[] y, int yo, float[] dy, int dyo, int classes, float[] dx, int dxo) {
    for (int v = 0; v < LANES; v += Lanes.LENGTH) {
      FloatVector sum = FloatVector.zero(S);
      for (int i = 0; i < classes * LANES; i += LANES) {
        sum = FloatVector.fromArray(S, y, yo + v + i).fma(FloatVector.fromArray(S, dy, dyo + v + i), sum);
      }
      for (int i = 0; i < classes * LANES; i += LANES) {
        FloatVector d = FloatVector.fromArray(S, dy, dyo + v + i).sub(sum);
        FloatVector.fromArray(S, y, yo + v + i).mul(d).intoArray(dx, dxo + v + i);
      }
    }
  }

  /** y_i = x_i - log Σ e^{x_j}. */
  public static void logSoftmax(float[] x, int xo, int classes, float[] y, int yo) {
    for (int v = 0; v < LANES; v += Lanes.LENGTH) {
      logSumExp(x, xo + v, classes, y, yo + v);
      FloatVector logSum = FloatVector.fromArray(S, y, yo + v);
      for (int i = 0; i < classes * LANES; i += LANES) {
        FloatVector.fromArray(S, x, xo + v + i).sub(logSum).intoArray(y, yo + v + i);
      }
    }
  }

  /** dx_i = dy_i - e^{y_i} Σ_j dy_j. */
  public static void logSoftmaxGradient(
      float[] y, int yo, float[] dy, int dyo, int classes, float[] dx, int dxo) {
    for (int v = 0; v < LANES; v += Lanes.LENGTH) {
      FloatVector sum = FloatVector.zero(S);
      for (int i = 0; i < classes * LANES; i += LANES) {
        sum = FloatVector.fromArray(S, dy, dyo + v + i).add(sum);
      }
      for (int i = 0; i < classes * LANES; i += LANES) {
        FloatVector p = VectorFunctions.exp(FloatVector.fromArray(S, y, yo + v + i)).neg();
        p.fma(sum, FloatVector.fromArray(S, dy, dyo + v + i)).intoArray(dx, dxo + v + i);
      }
    }
  }

  /**
   * log Σ e^{x_j} of one vector of lanes, the maximum taken out so that nothing overflows. It goes through memory: a
   * method as long as this is not inlined, and a vector that it returned would be an object.
   */
  static void logSumExp(float[] x, int xo, int classes, float[] y, int yo) {
    FloatVector max = FloatVector.fromArray(S, x, xo);
    for (int i = LANES; i < classes * LANES; i += LANES) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      max = v.blend(max, v.compare(VectorOperators.GT, max).not());
    }
    FloatVector sum = FloatVector.zero(S);
    for (int i = 0; i < classes * LANES; i += LANES) {
      sum = VectorFunctions.exp(FloatVector.fromArray(S, x, xo + i).sub(max)).add(sum);
    }
    VectorFunctions.log(sum).add(max).intoArray(y, yo);
  }
}
