package dev.lanewise.runtime.train;

import dev.lanewise.runtime.random.Draws;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** The order of examples in an epoch. */
final class Shuffle {
  private Shuffle() {}

  /** Fisher and Yates, by a generator that depends on seed and epoch alone. */
  static void inPlace(int[] order, long seed, int epoch) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(Draws.mix(seed, epoch));
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }
}
