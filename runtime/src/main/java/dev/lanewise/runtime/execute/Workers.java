package dev.lanewise.runtime.execute;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A few threads that share out the parts of a task, thousands of times a second. The caller is worker 0.
 *
 * <p>Nobody waits for a thread that has not begun: where other programs keep the machine busy, a worker may wake long after the others have
 * taken every part, and then finds the task closed. Whoever has to wait spins for a short while, since the next task, or the end of this
 * one, mostly follows within microseconds, and then parks; how long depends on whether that helped the last times.
 */
public final class Workers implements AutoCloseable {
  /** Of {@code inside}, between two tasks. */
  private static final int CLOSED = -1;

  private final Thread[] threads;
  private final ReadAhead ahead = new ReadAhead();
  /** How many threads besides the caller are at the task. */
  private final AtomicInteger inside = new AtomicInteger(CLOSED);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final Patience patience = new Patience();
  private AtomicIntegerArray taken = new AtomicIntegerArray(16);
  private Parts task;
  private int parts;
  private Thread caller;
  private volatile boolean callerWaits;
  private volatile int generation;
  private volatile boolean closed;

  /** The parts of a task; each is done once, by any worker. */
  @FunctionalInterface
  public interface Parts {
    void run(int worker, int part);
  }

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

  /**
   * Does all parts of a task and waits for their end; rethrows what any of them threw. Each worker begins with parts of its own, the same in
   * every task of as many, whose values lie in its cache; then it helps the others. A single part is the caller's, and wakes nobody.
   */
  public void run(int count, Parts work) {
    begin(count, work);
    if (count > 1 && threads.length > 0) {
      inside.set(0);
      generation++;
      for (int i = 0; i < Math.min(count - 1, threads.length); i++) {
        LockSupport.unpark(threads[i]);
      }
      takeParts(0);
      awaitOthers();
    } else {
      takeParts(0);
    }
    Throwable thrown = failure.getAndSet(null);
    if (thrown != null) {
      throw new IllegalStateException("a worker failed: " + thrown, thrown);
    }
  }

  /** Nobody is inside. */
  private void begin(int count, Parts work) {
    if (taken.length() < count) {
      taken = new AtomicIntegerArray(2 * count);
    }
    for (int i = 0; i < count; i++) {
      taken.setPlain(i, 0);
    }
    caller = Thread.currentThread();
    task = work;
    parts = count;
  }

  /** Every part has been taken; waits for those that others are at. */
  private void awaitOthers() {
    patience.begin();
    while (!inside.compareAndSet(0, CLOSED)) {
      if (!patience.spins()) {
        callerWaits = true;
        if (inside.get() > 0) {
          LockSupport.park(this);
        }
        callerWaits = false;
      }
    }
    patience.end();
  }

  private void takeParts(int worker) {
    int own = (int) ((long) parts * worker / count());
    for (int i = 0; i < parts; i++) {
      int part = own + i < parts ? own + i : own + i - parts;
      if (taken.compareAndSet(part, 0, 1)) {
        perform(worker, part);
      }
    }
  }

  private void perform(int worker, int part) {
    try {
      task.run(worker, part);
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
    }
  }

  private void loop(int worker) {
    Patience own = new Patience();
    int seen = 0;
    while (!closed) {
      own.begin();
      while (generation == seen && !closed) {
        if (!own.spins()) {
          LockSupport.park(this);
        }
      }
      own.end();
      seen = generation;
      if (enter()) {
        takeParts(worker);
        if (inside.decrementAndGet() == 0 && callerWaits) {
          LockSupport.unpark(caller);
        }
      }
    }
  }

  /** False if the task is over. */
  private boolean enter() {
    int now = inside.get();
    while (now != CLOSED && !inside.compareAndSet(now, now + 1)) {
      now = inside.get();
    }
    return now != CLOSED;
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
