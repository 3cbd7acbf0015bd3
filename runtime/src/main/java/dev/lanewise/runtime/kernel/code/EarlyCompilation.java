package dev.lanewise.runtime.kernel.code;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Phaser;
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
  private static final Phaser RUNNING = new Phaser(1);

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
    if (isOn() && ASKED.add(key)) {
      RUNNING.register();
      CALLERS.execute(() -> call(idle));
    }
  }

  private static void call(Runnable idle) {
    try {
      for (int i = 0; i < CALLS; i++) {
        idle.run();
      }
    } finally {
      RUNNING.arriveAndDeregister();
    }
  }

  /** Waits until all that has been begun is compiled. */
  public static void await() {
    int phase = RUNNING.arrive();
    RUNNING.awaitAdvance(phase);
  }
}
