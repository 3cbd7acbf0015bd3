package dev.lanewise.runtime.kernel.element;

import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.kernel.lane.VectorFunctions;
import java.util.Arrays;
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
  /** How many of those are to be added: all, or none. */
  private final int smoothed;
  private final float ignore;

  /** @param ignore the class whose places count nothing; none of them without */
  public CrossEntropyKernel(int places, float[] right, float[] wrong, int ignore) {
    this.classes = right.length;
    this.places = places;
    this.right = right;
    this.wrong = wrong;
    this.ignore = ignore;
    float sum = 0;
    for (int i = 0; i < classes; i++) {
      sum += wrong[i];
    }
    this.allWrong = sum;
    this.smoothed = sum > 0 ? classes : 0;
  }

  /**
   * loss = mean over places of Σ q_i (log Σ e^{x_j - m} - (x_i - m)) with m = max x.
   *
   * @param lost 16 numbers of working memory: what additions round away
   */
  public void forward(float[] x, int xo, float[] label, int lo, float[] loss, int losso, float[] lost, int losto) {
    Arrays.fill(loss, losso, losso + LANES, 0);
    Arrays.fill(lost, losto, losto + LANES, 0);
    for (int p = 0; p < places * LANES; p += LANES) {
      for (int v = 0; v < LANES; v += Lanes.LENGTH) {
        place(x, xo + p + v, label, lo + p + v, loss, losso + v, lost, losto + v);
      }
    }
    for (int i = losso; i < losso + LANES; i++) {
      loss[i] *= 1f / places;
    }
  }

  /** Adds the loss of a place. */
  private void place(float[] x, int xo, float[] label, int lo, float[] loss, int losso, float[] lost, int losto) {
    int stride = places * LANES;
    FloatVector target = FloatVector.fromArray(S, label, lo);
    FloatVector max = VectorFunctions.max(x, xo, classes, stride);
    FloatVector score = FloatVector.zero(S);
    FloatVector own = FloatVector.zero(S);
    FloatVector sum = FloatVector.zero(S);
    FloatVector rounded = FloatVector.zero(S);
    for (int i = 0; i < classes; i++) {
      FloatVector xi = FloatVector.fromArray(S, x, xo + i * stride).sub(max);
      VectorMask<Float> other = target.compare(VectorOperators.NE, (float) i);
      score = xi.blend(score, other);
      own = FloatVector.broadcast(S, right[i]).blend(own, other);
      FloatVector added = VectorFunctions.exp(xi).add(rounded);
      FloatVector more = added.add(sum);
      rounded = sum.sub(more).add(added);
      sum = more;
    }
    FloatVector log = VectorFunctions.log(sum);
    FloatVector of = log.sub(score).mul(own);
    for (int i = 0; i < smoothed; i++) {
      FloatVector xi = FloatVector.fromArray(S, x, xo + i * stride).sub(max);
      of = log.sub(xi).fma(FloatVector.broadcast(S, wrong[i]), of);
    }
    FloatVector before = FloatVector.fromArray(S, loss, losso);
    FloatVector added = of.blend(0f, target.compare(VectorOperators.EQ, ignore)).add(FloatVector.fromArray(S, lost, losto));
    FloatVector more = added.add(before);
    before.sub(more).add(added).intoArray(lost, losto);
    more.intoArray(loss, losso);
  }

  /** dx_i = (softmax(x)_i Σ_j q_j - q_i) dLoss / places. */
  public void gradient(float[] x, int xo, float[] label, int lo, float[] dLoss, int dlo, float[] dx, int dxo) {
    for (int p = 0; p < places * LANES; p += LANES) {
      for (int v = 0; v < LANES; v += Lanes.LENGTH) {
        SoftmaxKernel.exponentials(x, xo + p + v, classes, places * LANES, dx, dxo + p + v);
        placeGradient(label, lo + p + v, dLoss, dlo + v, dx, dxo + p + v);
      }
    }
  }

  /** Of a place, from its exponentials. */
  private void placeGradient(float[] label, int lo, float[] dLoss, int dlo, float[] dx, int dxo) {
    int stride = places * LANES;
    FloatVector target = FloatVector.fromArray(S, label, lo);
    FloatVector weight = FloatVector.fromArray(S, dLoss, dlo).mul(1f / places);
    FloatVector sum = VectorFunctions.sum(dx, dxo, classes, stride);
    FloatVector all = FloatVector.zero(S);
    for (int i = 0; i < classes; i++) {
      all = FloatVector.broadcast(S, right[i]).blend(all, target.compare(VectorOperators.NE, (float) i));
    }
    all = all.add(allWrong);
    for (int i = 0; i < classes; i++) {
      FloatVector d = FloatVector.fromArray(S, dx, dxo + i * stride).div(sum).mul(all).sub(wrong[i]);
      d = d.blend(d.sub(right[i]), target.compare(VectorOperators.EQ, (float) i));
      d.mul(weight).blend(0f, target.compare(VectorOperators.EQ, ignore)).intoArray(dx, dxo + i * stride);
    }
  }
}
