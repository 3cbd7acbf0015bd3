package dev.lanewise.exchange;

import java.util.Arrays;
import java.util.Random;

/** Files that are changed at random: bits, bytes, stretches that stand twice, and now and then an end that is missing. */
public final class Bent {
  private static final int MOST_CHANGES = 8;
  private static final int STRETCH = 8;

  private Bent() {}

  public static byte[] of(byte[] bytes, Random random) {
    byte[] bent = bytes.clone();
    for (int changes = 1 + random.nextInt(MOST_CHANGES); changes > 0; changes--) {
      int place = random.nextInt(bent.length), other = random.nextInt(bent.length);
      switch (random.nextInt(10)) {
        case 0, 1, 2 -> bent[place] ^= (byte) (1 << random.nextInt(8));
        case 3, 4, 5 -> bent[place] = (byte) random.nextInt(256);
        case 6 -> bent = random.nextInt(3) == 0 ? Arrays.copyOf(bent, Math.max(1, place)) : bent;
        default -> System.arraycopy(bent, place, bent, other, Math.min(STRETCH, bent.length - Math.max(place, other)));
      }
    }
    return bent;
  }
}
