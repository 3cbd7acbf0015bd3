package dev.lanewise.runtime.kernel.element;

import static dev.lanewise.runtime.kernel.lane.Lanes.BLOCK;
import static dev.lanewise.runtime.kernel.lane.Lanes.INTEGERS;
import static dev.lanewise.runtime.kernel.lane.Lanes.LENGTH;
import static dev.lanewise.runtime.kernel.lane.Lanes.SPECIES;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHR;

import dev.lanewise.runtime.kernel.code.EarlyCompilation;
import dev.lanewise.runtime.kernel.lane.Generated;
import dev.lanewise.runtime.kernel.lane.VectorFunctions;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/** Normal numbers: added to the examples of a block, or in place of them. */
public final class NoiseKernel {
  /** A bit of the draws' 24. */
  private static final float UNIT = 0x1p-24f;

  private NoiseKernel() {}

  /** Has it compiled. */
  public static void prepare() {
    Generated.initialize();
    EarlyCompilation.of(
        "NoiseKernel.add", () -> add(new float[BLOCK], 0, 1, 1f, new int[2 * BLOCK]));
  }

  /**
   * x[i] += deviation · {@link dev.lanewise.runtime.random.Draws#normal normal}(u, v), with u = uniform(key, 2 i) and
   * v = uniform(key, 2 i + 1), each example with its own key.
   *
   * @param x {@code [count][16]}
   * @param keys the low halves of the keys, then the high ones, {@code [2][16]}
   */
  public static void add(float[] x, int xo, int count, float deviation, int[] keys) {
    for (int i = 0; i < count; i++) {
      for (int lane = 0; lane < BLOCK; lane += LENGTH) {
        IntVector low = IntVector.fromArray(INTEGERS, keys, lane).add(2 * i);
        IntVector high = IntVector.fromArray(INTEGERS, keys, BLOCK + lane);
        int at = xo + i * BLOCK + lane;
        FloatVector.fromArray(SPECIES, x, at).add(normal(low, low.add(1), high).mul(deviation)).intoArray(x, at);
      }
    }
  }

  /**
   * y[i][lane] = {@link dev.lanewise.runtime.random.Draws#normal normal}(u, v), with u = uniform(key, 16 · 2 i + lane) and
   * v = uniform(key, 16 (2 i + 1) + lane): what an operation draws for an example of a block.
   */
  public static void fill(float[] y, int yo, int count, long key) {
    IntVector high = IntVector.broadcast(INTEGERS, (int) (key >>> 32));
    for (int i = 0; i < count; i++) {
      for (int lane = 0; lane < BLOCK; lane += LENGTH) {
        IntVector low = IntVector.zero(INTEGERS).addIndex(1).add((int) key + 2 * i * BLOCK + lane);
        normal(low, low.add(BLOCK), high).intoArray(y, yo + i * BLOCK + lane);
      }
    }
  }

  /** Of the draws of one key whose low halves, with their places added, are these. */
  private static FloatVector normal(IntVector first, IntVector second, IntVector high) {
    // 1 - u, which is above 0.
    IntVector one = VectorFunctions.bits(first, high).lanewise(LSHR, 8).neg().add(1 << 24);
    IntVector other = VectorFunctions.bits(second, high).lanewise(LSHR, 8);
    FloatVector u = ((FloatVector) one.convert(I2F, 0)).mul(UNIT);
    FloatVector angle = ((FloatVector) other.convert(I2F, 0)).mul((float) (2 * Math.PI) * UNIT);
    return VectorFunctions.log(u).mul(-2f).sqrt().mul(VectorFunctions.cos(angle));
  }
}
