package dev.lanewise.runtime.kernel.lane;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The layout of the kernels: one lane, one example.
 *
 * <p>A block is 16 examples on every machine, and the example is the innermost axis: {@code [element][16]}. A
 * 512-bit vector
 * holds one value of all of them; a narrower machine takes the block in two or four vectors.
 */
public final class Lanes {
  /** The number of examples in a block. */
  public static final int BLOCK = 16;

  /** The shape of the vectors, at most 512 bits. System property {@code lanewise.vector} overrides the machine's. */
  public static final VectorSpecies<Float> SPECIES = species();

  /** Integers in vectors of that shape. */
  public static final VectorSpecies<Integer> INTEGERS = VectorSpecies.of(int.class, SPECIES.vectorShape());

  /** The number of examples in one vector: 4, 8 or 16. */
  public static final int LENGTH = SPECIES.length();

  private Lanes() {}

  /** The width of the vectors in bits. */
  public static int bits() {
    return SPECIES.vectorBitSize();
  }

  private static VectorSpecies<Float> species() {
    int bits = Integer.getInteger("lanewise.vector", FloatVector.SPECIES_PREFERRED.vectorBitSize());
    if (bits >= 512) {
      return FloatVector.SPECIES_512;
    }
    return bits >= 256 ? FloatVector.SPECIES_256 : FloatVector.SPECIES_128;
  }
}
