package dev.lanewise.runtime.plan;

import java.util.function.LongSupplier;

/** Told again and again how far the making of a plan has come; it may give it up by throwing. */
@FunctionalInterface
public interface Preparation {
  Preparation SILENT = (_, _) -> {};

  /**
   * @param done operations that have their kernels
   * @param operations of the graph as it is now: passes of the compiler change it before the first has a kernel
   */
  void at(int done, int operations);

  /**
   * Of a large network that takes longer than a second, ten times a second.
   *
   * @param goOn throws where it is to be given up. In the first second, and of small networks, it is not asked: what follows the
   *     preparation knows better how to go on
   */
  static Preparation ofLarge(Preparation told, Runnable goOn) {
    return new Slow(told, goOn, System::nanoTime);
  }

  /** Keeps to itself what is over in a moment. */
  final class Slow implements Preparation {
    /** A smaller network takes as long only where something else keeps the machine busy. */
    private static final int LARGE = 1_000;
    private static final long MOMENT_NANOS = 1_000_000_000;
    private static final long BETWEEN_NANOS = 100_000_000;

    private final Preparation told;
    private final Runnable goOn;
    private final LongSupplier clock;
    private long next;

    /** @param clock nanoseconds from any origin */
    Slow(Preparation told, Runnable goOn, LongSupplier clock) {
      this.told = told;
      this.goOn = goOn;
      this.clock = clock;
      this.next = clock.getAsLong() + MOMENT_NANOS;
    }

    @Override
    public void at(int done, int operations) {
      long now = clock.getAsLong();
      if (operations >= LARGE && now - next >= 0) {
        goOn.run();
        next = now + BETWEEN_NANOS;
        told.at(done, operations);
      }
    }
  }
}
