package dev.lanewise.runtime.execute;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * A few threads that do the same task together, thousands of times a second. The caller is worker 0. Between tasks a worker spins for a
 * short while, since the next task mostly follows within microseconds, and then parks.
 */
public final class Workers implements AutoCloseable {
  private static final int SPINS = 20_000;

  private final Thread[] threads;
  private final ReadAhead ahead = new ReadAhead();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private volatile IntConsumer task;
  private volatile int generation;
  private volatile boolean closed;

  public Workers(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("needs at least one thread, not " + count);
    }
    threads = new Thread[count - 1];
    for (int i = 0; i < threads.length; i++) {
      int worker = i + 1;
      threads[i] = Thread.ofPlatform().daemon().name("lanewise-" + worker).start(() -> loop(worker));
    }
  }

  public int count() {
    return threads.length + 1;
  }

  /** Brings examples into memory before the workers need them. */
  ReadAhead ahead() {
    return ahead;
  }

  /** Runs {@code work.accept(worker)} on every worker and waits for all; rethrows what any of them threw. */
  public void run(IntConsumer work) {
    task = work;
    running.set(threads.length);
    generation++;
    for (Thread t : threads) {
      LockSupport.unpark(t);
    }
    perform(work, 0);
    for (int spins = 0; running.get() > 0; spins++) {
      pause(spins);
    }
    Throwable thrown = failure.getAndSet(null);
    if (thrown != null) {
      throw new IllegalStateException("a worker failed: " + thrown, thrown);
    }
  }

  private void perform(IntConsumer work, int worker) {
    try {
      work.accept(worker);
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
    }
  }

  private void loop(int worker) {
    int seen = 0;
    while (!closed) {
      for (int spins = 0; generation == seen && !closed; spins++) {
        if (spins < SPINS) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
        }
      }
      if (!closed) {
        seen++;
        perform(task, worker);
        running.decrementAndGet();
      }
    }
  }

  /** Waits politely: on a machine with fewer free cores than workers, spinning keeps the others from finishing. */
  private static void pause(int spins) {
    if (spins < SPINS) {
      Thread.onSpinWait();
    } else {
      Thread.yield();
    }
  }

  @Override
  public void close() {
    closed = true;
    ahead.close();
    for (Thread t : threads) {
      LockSupport.unpark(t);
    }
  }
}
