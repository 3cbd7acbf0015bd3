package dev.lanewise.exchange.bent;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;

/** Bytes that are changed at random: bits, bytes, stretches that stand twice, numbers that may be lengths, and now and then an end that is missing. */
final class Bytes {
  private static final int MOST_CHANGES = 8;
  private static final int STRETCH = 8;
  /** What a length is not, or should not be. */
  private static final long[] LENGTHS = {-1, 0, 1, 255, 65_535, 1 << 24, Integer.MAX_VALUE, Integer.MIN_VALUE, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE};

  private Bytes() {}

  static byte[] bent(byte[] bytes, Random random) {
    byte[] bent = bytes.clone();
    for (int changes = 1 + random.nextInt(MOST_CHANGES); changes > 0; changes--) {
      int place = random.nextInt(bent.length), other = random.nextInt(bent.length);
      switch (random.nextInt(12)) {
        case 0, 1, 2 -> bent[place] ^= (byte) (1 << random.nextInt(8));
        case 3, 4, 5 -> bent[place] = (byte) random.nextInt(256);
        case 6 -> bent = random.nextInt(3) == 0 ? Arrays.copyOf(bent, Math.max(1, place)) : bent;
        case 7, 8 -> length(bent, place, random);
        default -> System.arraycopy(bent, place, bent, other, Math.min(STRETCH, bent.length - Math.max(place, other)));
      }
    }
    return bent;
  }

  private static void length(byte[] bytes, int place, Random random) {
    int width = random.nextBoolean() ? Integer.BYTES : Long.BYTES;
    ByteBuffer number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(length(random));
    System.arraycopy(number.array(), 0, bytes, place, Math.min(width, bytes.length - place));
  }

  static long length(Random random) {
    return LENGTHS[random.nextInt(LENGTHS.length)];
  }
}
