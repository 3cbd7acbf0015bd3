package dev.lanewise.runtime.data;

import java.util.Arrays;
import java.util.Random;

/** Damages files as disks, networks and attackers do: bytes changed, cut off, repeated, put in. */
public final class Mutants {
  private Mutants() {}

  public static byte[] of(byte[] original, long seed) {
    Random random = new Random(seed);
    byte[] bytes = original.clone();
    for (int i = 0; i <= random.nextInt(4); i++) {
      bytes = once(bytes, random);
    }
    return bytes;
  }

  private static byte[] once(byte[] bytes, Random random) {
    int at = random.nextInt(Math.max(1, bytes.length));
    int length = random.nextInt(Math.min(40, bytes.length - at + 1) + 1);
    length = Math.min(length, bytes.length - at);
    return switch (random.nextInt(6)) {
      case 0 -> joined(bytes, 0, at, new byte[0], bytes.length);
      case 1 -> joined(bytes, 0, at, Arrays.copyOfRange(bytes, at, at + length), at);
      case 2 -> joined(bytes, 0, at, new byte[0], at + length);
      case 3 -> joined(bytes, 0, at, new byte[] {"\",\n\r'-.e9(){}\0".getBytes()[random.nextInt(14)]}, at);
      default -> {
        if (at < bytes.length) {
          bytes[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : bytes[at] ^ 1 << random.nextInt(8));
        }
        yield bytes;
      }
    };
  }

  private static byte[] joined(byte[] bytes, int from, int to, byte[] middle, int rest) {
    byte[] all = Arrays.copyOf(Arrays.copyOfRange(bytes, from, to), to - from + middle.length + bytes.length - rest);
    System.arraycopy(middle, 0, all, to - from, middle.length);
    System.arraycopy(bytes, rest, all, to - from + middle.length, bytes.length - rest);
    return all;
  }
}
