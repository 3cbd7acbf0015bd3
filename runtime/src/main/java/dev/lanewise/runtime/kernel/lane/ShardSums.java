package dev.lanewise.runtime.kernel.lane;

import dev.lanewise.runtime.kernel.code.EarlyCompilation;

/** Adds up the gradients of shards, one after the other. */
public final class ShardSums {
  private static final float[] NOTHING = {};

  private ShardSums() {}

  /** Has it compiled. */
  public static void prepare() {
    EarlyCompilation.of(ShardSums.class, () -> add(NOTHING, NOTHING, 0, 0));
  }

  /** total[i] += more[i], for i in from..to. */
  public static void add(float[] total, float[] more, int from, int to) {
    for (int i = from; i < to; i++) {
      total[i] += more[i];
    }
  }
}
