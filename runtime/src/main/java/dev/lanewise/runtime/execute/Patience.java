package dev.lanewise.runtime.execute;

/**
 * How long one thread spins before it parks: long where what it waits for mostly comes in that time, hardly at all where it does not, as on a
 * machine that others keep busy. There, whoever spins burns the core that the one waited for may need.
 */
final class Patience {
  private static final int MOST = 20_000;
  private static final int LEAST = 100;

  private int limit = MOST;
  private int spins;

  /** A wait begins. */
  void begin() {
    spins = 0;
  }

  /** Spins for a moment; false once it is time to park. */
  boolean spins() {
    if (spins >= limit) {
      spins = limit + 1;
      return false;
    }
    spins++;
    Thread.onSpinWait();
    return true;
  }

  /** A wait has ended. Where spinning helps now and then, it goes on. */
  void end() {
    if (spins > limit) {
      limit = Math.max(LEAST, limit - limit / 8);
    } else if (spins > 0) {
      limit = Math.min(MOST, 2 * limit);
    }
  }
}
