package dev.lanewise.runtime.kernel.element;

import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.kernel.lane.VectorFunctions;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Softmax cross-entropy of scores {@code [classes][places][16]} and a class for each place and lane: the mean over places of
 * Σ_i q_i (log Σ_j e^{x_j} - x_i), where q_i = right_i at the class, and wrong_i more everywhere. The largest score is taken from all of them
 * first, so that nothing overflows, and nothing is lost where they are large.
 */
public final class CrossEntropyKernel {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int LANES = Lanes.BLOCK;

  private final int classes;
  private final int places;
  private final float[] right;
  private final float[] wrong;
  private final float allWrong;
  private final boolean isEven;
  private final float ignore;

  /** @param ignore the class whose places count nothing; none of them without */
  public CrossEntropyKernel(int places, float[] right, float[] wrong, int ignore) {
    this.classes = right.length;
    this.places = places;
    this.right = right;
    this.wrong = wrong;
    this.ignore = ignore;
    float sum = 0;
    boolean even = true;
    for (int i = 0; i < classes; i++) {
      sum += wrong[i];
      even &= right[i] == right[0];
    }
    this.allWrong = sum;
    this.isEven = even;
  }

  /** loss = mean over places of Σ q_i (log Σ e^{x_j - m} - (x_i - m)) with m = max x. */
  public void forward(float[] x, int xo, float[] label, int lo, float[] loss, int losso) {
    for (int v = 0; v < LANES; v += Lanes.LENGTH) {
      FloatVector sum = FloatVector.zero(S);
      FloatVector lost = FloatVector.zero(S);
      for (int p = 0; p < places * LANES; p += LANES) {
        FloatVector added = place(x, xo + p + v, FloatVector.fromArray(S, label, lo + p + v)).add(lost);
        FloatVector more = added.add(sum);
        lost = sum.sub(more).add(added);
        sum = more;
      }
      sum.mul(1f / places).intoArray(loss, losso + v);
    }
  }

  private FloatVector place(float[] x, int xo, FloatVector target) {
    int stride = places * LANES;
    FloatVector max = VectorFunctions.max(x, xo, classes, stride);
    FloatVector score = FloatVector.zero(S);
    FloatVector sum = FloatVector.zero(S);
    FloatVector lost = FloatVector.zero(S);
    for (int i = 0; i < classes; i++) {
      FloatVector xi = FloatVector.fromArray(S, x, xo + i * stride);
      score = xi.blend(score, target.compare(VectorOperators.NE, (float) i));
      FloatVector added = VectorFunctions.exp(xi.sub(max)).add(lost);
      FloatVector more = added.add(sum);
      lost = sum.sub(more).add(added);
      sum = more;
    }
    FloatVector own = own(target);
    FloatVector log = VectorFunctions.log(sum);
    FloatVector loss = log.sub(score.sub(max)).mul(own);
    if (allWrong > 0) {
      for (int i = 0; i < classes; i++) {
        loss = log.sub(FloatVector.fromArray(S, x, xo + i * stride).sub(max)).fma(FloatVector.broadcast(S, wrong[i]), loss);
      }
    }
    return loss.blend(0f, target.compare(VectorOperators.EQ, ignore));
  }

  /** right_i at the class. */
  private FloatVector own(FloatVector target) {
    FloatVector own = FloatVector.broadcast(S, right[0]);
    for (int i = 1; !isEven && i < classes; i++) {
      own = own.blend(right[i], target.compare(VectorOperators.EQ, (float) i));
    }
    return own;
  }

  /** dx_i = (softmax(x)_i Σ_j q_j - q_i) dLoss / places. */
  public void gradient(float[] x, int xo, float[] label, int lo, float[] dLoss, int dlo, float[] dx, int dxo) {
    int stride = places * LANES;
    for (int v = 0; v < LANES; v += Lanes.LENGTH) {
      FloatVector weight = FloatVector.fromArray(S, dLoss, dlo + v).mul(1f / places);
      for (int p = 0; p < stride; p += LANES) {
        FloatVector target = FloatVector.fromArray(S, label, lo + p + v);
        VectorMask<Float> none = target.compare(VectorOperators.EQ, ignore);
        int at = dxo + p + v;
        SoftmaxKernel.exponentials(x, xo + p + v, classes, stride, dx, at);
        FloatVector sum = VectorFunctions.sum(dx, at, classes, stride);
        FloatVector all = own(target).add(allWrong);
        for (int i = 0; i < classes; i++) {
          FloatVector d = FloatVector.fromArray(S, dx, at + i * stride).div(sum).mul(all).sub(wrong[i]);
          d = d.blend(d.sub(right[i]), target.compare(VectorOperators.EQ, (float) i));
          d.mul(weight).blend(0f, none).intoArray(dx, at + i * stride);
        }
      }
    }
  }
}
