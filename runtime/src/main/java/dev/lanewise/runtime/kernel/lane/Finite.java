package dev.lanewise.runtime.kernel.lane;

import static dev.lanewise.runtime.kernel.lane.Lanes.LENGTH;
import static dev.lanewise.runtime.kernel.lane.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Whether numbers are numbers. */
public final class Finite {
  private Finite() {}

  /**
   * Whether no value of from..to, a multiple of 16 of them, is NaN or infinite.
   *
   * <p>0 · x is 0 for every number, and NaN for all else; so is a sum of such products.
   */
  public static boolean all(float[] values, int from, int to) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = from; i < to; i += LENGTH) {
      sum = FloatVector.fromArray(SPECIES, values, i).fma(zero, sum);
    }
    // Of what a loop carries the compiler does not know the class, see decision 7; of a sum that begins with a new vector it does.
    return zero.add(sum).compare(VectorOperators.NE, 0).trueCount() == 0;
  }

  /** The specification. */
  static boolean scalar(float[] values, int from, int to) {
    boolean all = true;
    for (int i = from; i < to; i++) {
      all &= Float.isFinite(values[i]);
    }
    return all;
  }
}
