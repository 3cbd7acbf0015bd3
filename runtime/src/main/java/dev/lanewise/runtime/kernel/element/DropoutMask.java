package dev.lanewise.runtime.kernel.element;

import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.kernel.lane.VectorFunctions;
import dev.lanewise.runtime.random.Draws;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/** The factors of dropout: 0 with probability p, else 1 / (1 - p). */
public final class DropoutMask {
  private static final VectorSpecies<Integer> INTS = Lanes.INTEGERS;

  private DropoutMask() {}

  /**
   * Element i of the mask depends on key and i alone: it is 0 if {@link Draws#uniform uniform(key, i)} &lt; p. C2
   * makes no vectors of a loop over {@link Draws#bits} by itself: 36 ns for 16 elements instead of 5.
   */
  public static void fill(float[] mask, int mo, int count, long key, float p) {
    int limit = (int) Math.ceil(p * 0x1p24);
    float kept = 1 / (1 - p);
    int low = (int) key;
    int high = (int) (key >>> 32);
    int i = 0;
    for (; i + Lanes.LENGTH <= count; i += Lanes.LENGTH) {
      IntVector index = IntVector.zero(INTS).addIndex(1).add(i + low);
      IntVector z = VectorFunctions.bits(index, IntVector.broadcast(INTS, high)).lanewise(LSHR, 8);
      FloatVector.broadcast(Lanes.SPECIES, kept)
          .blend(0f, z.compare(LT, limit).cast(Lanes.SPECIES))
          .intoArray(mask, mo + i);
    }
    for (; i < count; i++) {
      mask[mo + i] = Draws.uniform(key, i) < p ? 0 : kept;
    }
  }

  /** The same elements {@code [columns][rows]}, each lane an example, with their axes exchanged: {@code [rows][columns]}. */
  public static void fillTurned(float[] mask, int mo, int rows, int columns, long key, float p) {
    int limit = (int) Math.ceil(p * 0x1p24);
    float kept = 1 / (1 - p);
    int low = (int) key;
    int high = (int) (key >>> 32);
    for (int i = 0; i < rows * columns; i++) {
      int to = mo + (i % rows * columns + i / rows) * Lanes.BLOCK;
      for (int v = 0; v < Lanes.BLOCK; v += Lanes.LENGTH) {
        IntVector index = IntVector.zero(INTS).addIndex(1).add(i * Lanes.BLOCK + v + low);
        IntVector z = VectorFunctions.bits(index, IntVector.broadcast(INTS, high)).lanewise(LSHR, 8);
        FloatVector.broadcast(Lanes.SPECIES, kept).blend(0f, z.compare(LT, limit).cast(Lanes.SPECIES)).intoArray(mask, to + v);
      }
    }
  }
}
