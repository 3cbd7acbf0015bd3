package dev.lanewise.runtime.kernel.element;

import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.kernel.lane.VectorFunctions;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Softmax cross-entropy: loss = log Σ e^{x_j} - x_label, for scores {@code [classes][16]} and a label per lane. The largest score is taken
 * from all of them first, so that nothing overflows, and nothing is lost where they are large.
 */
public final class CrossEntropyKernel {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int LANES = Lanes.BLOCK;

  private CrossEntropyKernel() {}

  /** loss = log Σ e^{x_j - m} - (x_label - m) with m = max x. */
  public static void forward(
      float[] x, int xo, int classes, float[] label, int lo, float[] loss, int losso) {
    for (int v = 0; v < LANES; v += Lanes.LENGTH) {
      FloatVector target = FloatVector.fromArray(S, label, lo + v);
      FloatVector score = FloatVector.zero(S);
      for (int i = 0; i < classes; i++) {
        FloatVector xi = FloatVector.fromArray(S, x, xo + i * LANES + v);
        score = xi.blend(score, target.compare(VectorOperators.NE, (float) i));
      }
      FloatVector max = VectorFunctions.max(x, xo + v, classes);
      FloatVector sum = FloatVector.zero(S);
      FloatVector lost = FloatVector.zero(S);
      for (int i = 0; i < classes * LANES; i += LANES) {
        FloatVector added = VectorFunctions.exp(FloatVector.fromArray(S, x, xo + v + i).sub(max)).add(lost);
        FloatVector more = added.add(sum);
        lost = sum.sub(more).add(added);
        sum = more;
      }
      VectorFunctions.log(sum).sub(score.sub(max)).intoArray(loss, losso + v);
    }
  }

  /** dx_i = (softmax(x)_i - [i = label]) dLoss. */
  public static void gradient(
      float[] x, int xo, int classes, float[] label, int lo, float[] dLoss, int dlo, float[] dx, int dxo) {
    for (int v = 0; v < LANES; v += Lanes.LENGTH) {
      FloatVector target = FloatVector.fromArray(S, label, lo + v);
      FloatVector weight = FloatVector.fromArray(S, dLoss, dlo + v);
      SoftmaxKernel.exponentials(x, xo + v, classes, dx, dxo + v);
      FloatVector sum = VectorFunctions.sum(dx, dxo + v, classes);
      for (int i = 0; i < classes; i++) {
        FloatVector p = FloatVector.fromArray(S, dx, dxo + i * LANES + v).div(sum);
        p = p.blend(p.sub(1f), target.compare(VectorOperators.EQ, (float) i));
        p.mul(weight).intoArray(dx, dxo + i * LANES + v);
      }
    }
  }
}
