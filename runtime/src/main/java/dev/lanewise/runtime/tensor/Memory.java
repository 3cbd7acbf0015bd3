package dev.lanewise.runtime.tensor;

/**
 * Arrays for kernels. A vector load that crosses a cache line costs two, so buffers should begin on one: an array's first element lies 16
 * bytes after the object, so element 12 begins a line where the object itself is aligned, which the collector grants to large arrays
 * only. Hence every array is made large.
 */
public final class Memory {
  /** The first element to use. */
  public static final int BASE = 12;

  /** A kernel that takes whole blocks of 16 may pass the last value. */
  private static final int BLOCK = 16;

  /** The most values of an array: a JVM may have a few fewer than an int can count. */
  public static final int MOST = Integer.MAX_VALUE - 64;

  private static final int LARGE = 1 << 18;

  private Memory() {}

  /** How long the array is that has room for so many values. */
  public static int allocated(int floats) {
    return Math.max(LARGE, Math.addExact(floats, BASE + BLOCK));
  }

  /** An array with room for {@code floats} values from {@link #BASE} on. */
  public static float[] allocate(int floats) {
    return new float[allocated(floats)];
  }
}
