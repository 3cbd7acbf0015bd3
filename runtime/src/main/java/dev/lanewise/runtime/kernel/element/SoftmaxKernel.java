package dev.lanewise.runtime.kernel.element;

import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.kernel.lane.VectorFunctions;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Softmax over {@code [classes][16]}, and its logarithm over {@code [classes][places][16]}: each lane is an example of its own, no sum crosses lanes. */
public final class SoftmaxKernel {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int LANES = Lanes.BLOCK;

  private SoftmaxKernel() {}

  /** y_i = e^{x_i} / Σ e^{x_j}. */
  public static void softmax(float[] x, int xo, int classes, float[] y, int yo) {
    for (int v = 0; v < LANES; v += Lanes.LENGTH) {
      exponentials(x, xo + v, classes, y, yo + v);
      FloatVector sum = VectorFunctions.sum(y, yo + v, classes);
      for (int i = 0; i < classes * LANES; i += LANES) {
        FloatVector.fromArray(S, y, yo + v + i).div(sum).intoArray(y, yo + v + i);
      }
    }
  }

  /** dx_i = y_i (dy_i - Σ_j dy_j y_j). */
  public static void softmaxGradient(
      float[] y, int yo, float[] dy, int dyo, int classes, float[] dx, int dxo) {
    for (int v = 0; v < LANES; v += Lanes.LENGTH) {
      FloatVector sum = FloatVector.zero(S);
      FloatVector lost = FloatVector.zero(S);
      for (int i = 0; i < classes * LANES; i += LANES) {
        FloatVector added = FloatVector.fromArray(S, y, yo + v + i).fma(FloatVector.fromArray(S, dy, dyo + v + i), lost);
        FloatVector more = added.add(sum);
        lost = sum.sub(more).add(added);
        sum = more;
      }
      for (int i = 0; i < classes * LANES; i += LANES) {
        FloatVector d = FloatVector.fromArray(S, dy, dyo + v + i).sub(sum);
        FloatVector.fromArray(S, y, yo + v + i).mul(d).intoArray(dx, dxo + v + i);
      }
    }
  }

  /** y_i = (x_i - m) - log Σ e^{x_j - m} with m = max x, at each place: nothing is lost where the scores are large. */
  public static void logSoftmax(float[] x, int xo, int classes, int places, float[] y, int yo) {
    int stride = places * LANES;
    for (int v = 0; v < stride; v += Lanes.LENGTH) {
      exponentials(x, xo + v, classes, stride, y, yo + v);
      FloatVector logSum = VectorFunctions.log(VectorFunctions.sum(y, yo + v, classes, stride));
      FloatVector max = VectorFunctions.max(x, xo + v, classes, stride);
      for (int i = 0; i < classes * stride; i += stride) {
        FloatVector.fromArray(S, x, xo + v + i).sub(max).sub(logSum).intoArray(y, yo + v + i);
      }
    }
  }

  /** dx_i = dy_i - e^{y_i} Σ_j dy_j, at each place. */
  public static void logSoftmaxGradient(
      float[] y, int yo, float[] dy, int dyo, int classes, int places, float[] dx, int dxo) {
    int stride = places * LANES;
    for (int v = 0; v < stride; v += Lanes.LENGTH) {
      FloatVector sum = VectorFunctions.sum(dy, dyo + v, classes, stride);
      for (int i = 0; i < classes * stride; i += stride) {
        FloatVector p = VectorFunctions.exp(FloatVector.fromArray(S, y, yo + v + i)).neg();
        p.fma(sum, FloatVector.fromArray(S, dy, dyo + v + i)).intoArray(dx, dxo + v + i);
      }
    }
  }

  /** y_i = e^{x_i - max x} of one vector of lanes: nothing overflows. */
  private static void exponentials(float[] x, int xo, int classes, float[] y, int yo) {
    exponentials(x, xo, classes, LANES, y, yo);
  }

  /** The same of scores that lie so far from each other. */
  static void exponentials(float[] x, int xo, int classes, int stride, float[] y, int yo) {
    FloatVector max = VectorFunctions.max(x, xo, classes, stride);
    for (int i = 0; i < classes; i++) {
      VectorFunctions.exp(FloatVector.fromArray(S, x, xo + i * stride).sub(max)).intoArray(y, yo + i * stride);
    }
  }
}
