package dev.lanewise.runtime.kernel.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.zip.CRC32;

/** Seeded inputs, and comparisons with a reference in double. */
public final class Samples {
  private Samples() {}

  /** Numbers in [-1, 1). */
  public static float[] random(long seed, int length) {
    Random random = new Random(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = 2 * random.nextFloat() - 1;
    }
    return values;
  }

  /** Asserts that actual, from {@code offset} on, is expected up to the tolerance, which is relative above 1. */
  public static void assertClose(float[] actual, int offset, double[] expected, double tolerance, Object context) {
    for (int i = 0; i < expected.length; i++) {
      double allowed = tolerance * Math.max(1, Math.abs(expected[i]));
      if (!(Math.abs(actual[offset + i] - expected[i]) <= allowed)) {
        assertThat((double) actual[offset + i]).as("%s, element %d", context, i).isEqualTo(expected[i]);
      }
    }
  }

  /** Asserts that nothing outside [from, to) has changed from NaN, with which the array was filled. */
  public static void assertUntouched(float[] values, int from, int to, Object context) {
    for (int i = 0; i < values.length; i++) {
      if ((i < from || i >= to) && !Float.isNaN(values[i])) {
        assertThat(i).as("%s wrote outside its result", context).isBetween(from, to - 1);
      }
    }
  }

  /** An array full of NaN. */
  public static float[] blank(int length) {
    float[] values = new float[length];
    java.util.Arrays.fill(values, Float.NaN);
    return values;
  }

  /** The check sum of the bits of all values. */
  public static String crc(float[]... arrays) {
    CRC32 crc = new CRC32();
    for (float[] array : arrays) {
      for (float value : array) {
        int bits = Float.floatToRawIntBits(value);
        for (int shift = 0; shift < 32; shift += 8) {
          crc.update(bits >>> shift);
        }
      }
    }
    return Long.toHexString(crc.getValue());
  }
}
