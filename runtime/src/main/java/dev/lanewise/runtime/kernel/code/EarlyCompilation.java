package dev.lanewise.runtime.kernel.code;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Has kernels compiled before they are needed. Vector code runs hundreds of times slower until the JVM's best compiler
 * has compiled it, and by itself the JVM first interprets it for a while, to learn which branches it takes. Kernels have
 * nothing to teach it. So each is called a few times with nothing to do; where the JVM has been told to compile kernels
 * after one or two calls and to let their caller wait (the options in {@code java.sh}, of which {@code lanewise.early} is
 * the one read here), the kernel is ready after that.
 *
 * <p>Without the option nothing is called: a JVM as it is would conclude that kernels never have anything to do.
 *
 * <pre>{@code
 * EarlyCompilation.of(kernel, () -> kernel.run(new float[0], 0));
 * EarlyCompilation.await();
 * }</pre>
 */
public final class EarlyCompilation {
  /** So many calls reach the JVM's thresholds; 0 for none. */
  private static final int CALLS = Integer.getInteger("lanewise.early", 0);

  private static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors());

  private static final Set<Object> ASKED = ConcurrentHashMap.newKeySet();
  private static final ThreadPoolExecutor CALLERS =
      new ThreadPoolExecutor(
          THREADS, THREADS, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
          call -> Thread.ofPlatform().daemon().name("lanewise-early").unstarted(call));

  /** Guards what follows. */
  private static final Object LOCK = new Object();

  private static int running;
  private static Throwable failure;

  static {
    CALLERS.allowCoreThreadTimeOut(true);
  }

  private EarlyCompilation() {}

  /** Whether the JVM has been told to compile kernels at once. */
  public static boolean isOn() {
    return CALLS > 0;
  }

  /**
   * Begins, in the background, and once for each key.
   *
   * @param idle calls the kernel with as little to do as it can have
   */
  public static void of(Object key, Runnable idle) {
    if (!isOn()) {
      return;
    }
    synchronized (LOCK) {
      // Together, so that whoever finds the key asked for also waits for it.
      if (!ASKED.add(key)) {
        return;
      }
      running++;
    }
    CALLERS.execute(() -> call(idle));
  }

  private static void call(Runnable idle) {
    Throwable thrown = null;
    try {
      for (int i = 0; i < CALLS; i++) {
        idle.run();
      }
    } catch (RuntimeException | Error e) {
      thrown = e;
    }
    synchronized (LOCK) {
      failure = failure == null ? thrown : failure;
      running--;
      LOCK.notifyAll();
    }
  }

  /**
   * Waits until all that has been begun is compiled.
   *
   * @throws IllegalStateException if a kernel could not even be called with nothing to do
   */
  public static void await() {
    boolean interrupted = false;
    synchronized (LOCK) {
      while (running > 0) {
        try {
          LOCK.wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (failure != null) {
        throw new IllegalStateException("a kernel cannot be called with nothing to do: " + failure, failure);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
