package dev.lanewise.runtime.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Softmax cross-entropy: loss = log Σ e^{x_j} - x_label, for scores {@code [classes][16]} and a label per lane. */
public final class CrossEntropyKernel {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int LANES = Lanes.BLOCK;

  private CrossEntropyKernel() {}

  public static void forward(
      float[] x, int xo, int classes, float[] label, int lo, float[] loss, int losso) {
    for (int v = 0; v < LANES; v += Lanes.LENGTH) {
      FloatVector target = FloatVector.fromArray(S, label, lo + v);
      FloatVector score = FloatVector.zero(S);
      for (int i = 0; i < classes; i++) {
        FloatVector xi = FloatVector.fromArray(S, x, xo + i * LANES + v);
        score = xi.blend(score, target.compare(VectorOperators.NE, (float) i));
      }
      SoftmaxKernel.logSumExp(x, xo + v, classes, loss, losso + v);
      FloatVector.fromArray(S, loss, losso + v).sub(score).intoArray(loss, losso + v);
    }
  }

  /** dx_i = (softmax(x)_i - [i = label]) dLoss. */
  public static void gradient(
      float[] x, int xo, int classes, float[] label, int lo, float[] dLoss, int dlo, float[] dx, int dxo) {
    for (int v = 0; v < LANES; v += Lanes.LENGTH) {
      FloatVector target = FloatVector.fromArray(S, label, lo + v);
      FloatVector weight = FloatVector.fromArray(S, dLoss, dlo + v);
      SoftmaxKernel.logSumExp(x, xo + v, classes, dx, dxo + v);
      FloatVector logSum = FloatVector.fromArray(S, dx, dxo + v);
      for (int i = 0; i < classes; i++) {
        FloatVector p = VectorFunctions.exp(FloatVector.fromArray(S, x, xo + i * LANES + v).sub(logSum));
        p = p.blend(p.sub(1f), target.compare(VectorOperators.EQ, (float) i));
        p.mul(weight).intoArray(dx, dxo + i * LANES + v);
      }
    }
  }
}
