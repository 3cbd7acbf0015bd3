package dev.lanewise.runtime.kernel.lane;

import static dev.lanewise.runtime.kernel.lane.Lanes.BLOCK;

import dev.lanewise.runtime.kernel.code.EarlyCompilation;

/** Reads examples of unsigned bytes into the lanes of a block. */
public final class ByteLanes {
  private static final int[] NONE = {};
  private static final float[] NOTHING = {};
  private static final byte[] NO_BYTES = {};

  private ByteLanes() {}

  /** Has it compiled. */
  public static void prepare() {
    EarlyCompilation.of(ByteLanes.class, () -> read(NOTHING, NO_BYTES, 0, NONE, 0, 0, 0, 0, NOTHING, 0));
  }

  /**
   * block[offset + i * 16 + lane] = values[bytes[order[first + lane] * size + i]], for the elements i in from..to of {@code count}
   * examples.
   *
   * @param values what a byte is read as, 256 of them
   * @param size the bytes of an example
   */
  public static void read(float[] values, byte[] bytes, int size, int[] order, int first, int count, int from, int to, float[] block,
      int offset) {
    for (int lane = 0; lane < count; lane++) {
      int example = order[first + lane] * size;
      for (int i = from; i < to; i++) {
        block[offset + i * BLOCK + lane] = values[bytes[example + i] & 255];
      }
    }
  }
}
