package dev.lanewise.runtime.kernel;

import dev.lanewise.runtime.random.Draws;

/** The factors of dropout: 0 with probability p, else 1 / (1 - p). */
public final class DropoutMask {
  private DropoutMask() {}

  /** Element i of the mask depends on key and i alone. */
  public static void fill(float[] mask, int mo, int count, long key, float p) {
    float kept = 1 / (1 - p);
    for (int i = 0; i < count; i++) {
      mask[mo + i] = Draws.uniform(key, i) < p ? 0 : kept;
    }
  }
}
