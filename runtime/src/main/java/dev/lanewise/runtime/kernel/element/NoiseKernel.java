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
        // 1 - u, which is above 0.
        IntVector one = VectorFunctions.bits(low, high).lanewise(LSHR, 8).neg().add(1 << 24);
        IntVector other = VectorFunctions.bits(low.add(1), high).lanewise(LSHR, 8);
        FloatVector u = ((FloatVector) one.convert(I2F, 0)).mul(UNIT);
        FloatVector angle = ((FloatVector) other.convert(I2F, 0)).mul((float) (2 * Math.PI) * UNIT);
        FloatVector drawn = VectorFunctions.log(u).mul(-2f).sqrt().mul(VectorFunctions.cosOfNear(angle));
        FloatVector.fromArray(SPECIES, x, at).add(drawn.mul(deviation)).intoArray(x, at);
      }
    }
  }

  /**
   * y[i][lane] = {@link dev.lanewise.runtime.random.Draws#normal normal}(u, v), with u = uniform(key, 16 · 2 i + lane) and
   * v = uniform(key, 16 (2 i + 1) + lane): what an operation draws for an example of a block.
   */
  public static void fill(float[] y, int yo, int count, long key) {
    // One after the other: of a loop that holds both functions, the compiler would leave vectors as objects.
    radii(y, yo, count, (int) key, (int) (key >>> 32));
    turn(y, yo, count, (int) key, (int) (key >>> 32));
  }

  /** y = the root of -2 log(1 - u). */
  private static void radii(float[] y, int yo, int count, int low, int high) {
    for (int i = 0; i < count * BLOCK; i += LENGTH) {
      IntVector first = IntVector.zero(INTEGERS).addIndex(1).add(low + i + i / BLOCK * BLOCK);
      // 1 - u, which is above 0.
      IntVector one = VectorFunctions.bits(first, IntVector.broadcast(INTEGERS, high)).lanewise(LSHR, 8).neg().add(1 << 24);
      VectorFunctions.log(((FloatVector) one.convert(I2F, 0)).mul(UNIT)).mul(-2f).sqrt().intoArray(y, yo + i);
    }
  }

  /** y = y cos(2 pi v). */
  private static void turn(float[] y, int yo, int count, int low, int high) {
    for (int i = 0; i < count * BLOCK; i += LENGTH) {
      IntVector second = IntVector.zero(INTEGERS).addIndex(1).add(low + BLOCK + i + i / BLOCK * BLOCK);
      IntVector other = VectorFunctions.bits(second, IntVector.broadcast(INTEGERS, high)).lanewise(LSHR, 8);
      FloatVector angle = ((FloatVector) other.convert(I2F, 0)).mul((float) (2 * Math.PI) * UNIT);
      FloatVector.fromArray(SPECIES, y, yo + i).mul(VectorFunctions.cosOfNear(angle)).intoArray(y, yo + i);
    }
  }
}
