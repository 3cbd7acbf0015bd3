package dev.lanewise.runtime.random;

/**
 * Random numbers without state: draw {@code index} of the stream {@code key} is a hash of the two. So it does not matter which
 * thread draws what, or in which order.
 */
public final class Draws {
  private Draws() {}

  /** 32 random bits: the index, scrambled by the two halves of the key in turn (Wellons' "lowbias32" as the mixer). */
  public static int bits(long key, int index) {
    int z = index + (int) key;
    z = (z ^ z >>> 16) * 0x21f0aaad;
    z = (z ^ z >>> 15) * 0x735a2d97;
    z = (z ^ z >>> 15) + (int) (key >>> 32);
    z = (z ^ z >>> 16) * 0x7feb352d;
    z = (z ^ z >>> 15) * 0x846ca68b;
    return z ^ z >>> 16;
  }

  /** A number in [0, 1): one of 2^24, equally far apart. */
  public static float uniform(long key, int index) {
    return (bits(key, index) >>> 8) * 0x1p-24f;
  }

  /** A whole number from 0 to {@code bound - 1} (Lemire 2019, without rejection). */
  public static int below(int bound, long key, int index) {
    return (int) (((bits(key, index) & 0xffffffffL) * bound) >>> 32);
  }

  /** A normal number of two uniform ones (Box and Muller 1958), with the same bits on every machine. */
  public static double normal(double u, double v) {
    return Math.sqrt(-2 * StrictMath.log(1 - u)) * StrictMath.cos(2 * Math.PI * v);
  }

  /** A key derived from another: SplitMix64's finalizer. */
  public static long mix(long key, long salt) {
    long z = key + 0x9e3779b97f4a7c15L * (salt + 1);
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }
}
