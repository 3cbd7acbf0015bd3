package dev.lanewise.runtime.train;

import dev.lanewise.runtime.plan.Preparation;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Where making a large network ready takes longer than a moment: tells how far it is, and gives it up when told to. */
final class Preparing implements Preparation {
  /** A smaller network takes as long only where something else keeps the machine busy. */
  private static final int LARGE = 1_000;
  private static final long MOMENT_NANOS = 1_000_000_000;
  private static final long BETWEEN_NANOS = 100_000_000;

  private final String net;
  private final Listener listener;
  private final BooleanSupplier stop;
  private final LongSupplier clock;
  private long next;

  Preparing(String net, Listener listener, BooleanSupplier stop) {
    this(net, listener, stop, System::nanoTime);
  }

  /** @param clock nanoseconds from any origin */
  Preparing(String net, Listener listener, BooleanSupplier stop, LongSupplier clock) {
    this.net = net;
    this.listener = listener;
    this.stop = stop;
    this.clock = clock;
    this.next = clock.getAsLong() + MOMENT_NANOS;
  }

  /**
   * A stop before the moment is over is left to what follows, which knows better how to go on.
   *
   * @throws StoppedException if it is told to stop
   */
  @Override
  public void at(int done, int operations) {
    long now = clock.getAsLong();
    if (operations < LARGE || now - next < 0) {
      return;
    }
    if (stop.getAsBoolean()) {
      throw new StoppedException();
    }
    next = now + BETWEEN_NANOS;
    listener.on(new TrainEvent.Preparing(net, done, operations));
  }
}
