package dev.lanewise.dsl.run;

import dev.lanewise.runtime.train.StoppedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Waits for work that has no end of its own where it could be stopped, such as reading a large file, and can be told not to wait any longer.
 * The work must change nothing: what is not waited for ends some time later, and its result is dropped.
 */
public final class Waiting {
  private final Object lock = new Object();
  private boolean given;
  private CompletableFuture<?> awaited = CompletableFuture.completedFuture(null);

  /** What was given up before does not count any more. */
  void begin() {
    synchronized (lock) {
      given = false;
    }
  }

  /** From any thread. */
  void giveUp() {
    synchronized (lock) {
      given = true;
      awaited.completeExceptionally(new StoppedException());
    }
  }

  /**
   * The result of the work, or what it throws.
   *
   * @throws StoppedException if it is given up
   */
  <T> T on(Supplier<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    synchronized (lock) {
      if (given) {
        throw new StoppedException();
      }
      awaited = result;
    }
    Thread.ofPlatform().daemon().name("lanewise-work").start(() -> {
      try {
        result.complete(work.get());
      } catch (RuntimeException | Error e) {
        result.completeExceptionally(e);
      }
    });
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    }
  }
}
