package dev.lanewise.runtime.kernel.product;

import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.kernel.lane.VectorFunctions;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** A row of scores {@code [count][16]} becomes probabilities, in place; and the way back. */
public final class AttendSoftmax {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int LANES = Lanes.BLOCK;
  private static final float LEFT_OUT = -1e30f;

  private AttendSoftmax() {}

  /** p_j = e^{scale s_j} / Σ e^{scale s_j}, the largest taken out. */
  public static void row(float[] s, int so, int count, float scale) {
    column(s, so, count, LANES, scale);
  }

  /** The same of scores that lie so far from each other. */
  public static void column(float[] s, int so, int count, int stride, float scale) {
    for (int lane = 0; lane < LANES; lane += Lanes.LENGTH) {
      exponentials(s, so + lane, count, stride, scale);
      shares(s, so + lane, count, stride);
    }
  }

  /** The same of those whose mask is not 0; zeros where there is none. */
  public static void masked(float[] s, int so, int count, float scale, int mask) {
    leaveOut(s, so, count, mask);
    row(s, so, count, scale);
    cleared(s, so, count, mask);
  }

  /** Scores so low that their exponential is 0, unless there are no others. */
  private static void leaveOut(float[] s, int so, int count, int mask) {
    FloatVector low = FloatVector.broadcast(S, LEFT_OUT);
    for (int j = 0; j < count * LANES; j += Lanes.LENGTH) {
      FloatVector m = FloatVector.fromArray(S, s, mask + j);
      FloatVector.fromArray(S, s, so + j).blend(low, m.compare(VectorOperators.EQ, 0f)).intoArray(s, so + j);
    }
  }

  private static void cleared(float[] s, int so, int count, int mask) {
    FloatVector zero = FloatVector.zero(S);
    for (int j = 0; j < count * LANES; j += Lanes.LENGTH) {
      FloatVector m = FloatVector.fromArray(S, s, mask + j);
      FloatVector.fromArray(S, s, so + j).blend(zero, m.compare(VectorOperators.EQ, 0f)).intoArray(s, so + j);
    }
  }

  private static void exponentials(float[] s, int so, int count, int stride, float scale) {
    FloatVector off = VectorFunctions.max(s, so, count, stride).mul(-scale);
    FloatVector factor = FloatVector.broadcast(S, scale);
    for (int j = so; j < so + count * stride; j += stride) {
      VectorFunctions.exp(FloatVector.fromArray(S, s, j).fma(factor, off)).intoArray(s, j);
    }
  }

  private static void shares(float[] s, int so, int count, int stride) {
    FloatVector sum = FloatVector.zero(S);
    for (int j = so; j < so + count * stride; j += stride) {
      sum = FloatVector.fromArray(S, s, j).add(sum);
    }
    FloatVector inverse = FloatVector.broadcast(S, 1f).div(sum);
    for (int j = so; j < so + count * stride; j += stride) {
      FloatVector.fromArray(S, s, j).mul(inverse).intoArray(s, j);
    }
  }

  /** ds_j = scale p_j (dp_j - Σ_j p_j dp_j), in place of dp. */
  public static void gradient(float[] p, int po, int count, float scale, int dp) {
    columnGradient(p, po, count, LANES, scale, dp);
  }

  /** The same of probabilities that lie so far from each other. */
  public static void columnGradient(float[] p, int po, int count, int stride, float scale, int dp) {
    for (int lane = 0; lane < LANES; lane += Lanes.LENGTH) {
      FloatVector sum = FloatVector.zero(S);
      for (int j = lane; j < count * stride; j += stride) {
        sum = FloatVector.fromArray(S, p, po + j).fma(FloatVector.fromArray(S, p, dp + j), sum);
      }
      for (int j = lane; j < count * stride; j += stride) {
        FloatVector d = FloatVector.fromArray(S, p, dp + j).sub(sum).mul(scale);
        FloatVector.fromArray(S, p, po + j).mul(d).intoArray(p, dp + j);
      }
    }
  }
}
