package dev.lanewise.benchmarks;

import java.util.SplittableRandom;

/** The same numbers in every run. */
final class SeededInput {
  private SeededInput() {}

  /** Numbers in [-1, 1). */
  static float[] random(long seed, int length) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = 2 * random.nextFloat() - 1;
    }
    return values;
  }

  /** 16 images {@code [16][size]} as a block of lanes {@code [size][16]}. */
  static float[] lanes(float[] images) {
    int size = images.length / 16;
    float[] block = new float[images.length];
    for (int i = 0; i < images.length; i++) {
      block[i % size * 16 + i / size] = images[i];
    }
    return block;
  }
}
