package dev.lanewise.repl.play;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A thread that does one task after the other. A fault of ours is told, and ends nothing. */
final class Worker implements AutoCloseable {
  private final ExecutorService thread;
  private final Consumer<Throwable> faults;

  /** @param faults is told of them, on that thread */
  Worker(String name, Consumer<Throwable> faults) {
    this.thread = Executors.newSingleThreadExecutor(r -> Thread.ofPlatform().daemon().name(name).unstarted(r));
    this.faults = faults;
  }

  /** Nothing, if it is closed: then nobody looks any more. */
  void submit(Runnable task) {
    try {
      thread.execute(() -> {
        try {
          task.run();
        } catch (Throwable fault) {
          faults.accept(fault);
        }
      });
    } catch (RejectedExecutionException closed) {
      // Nobody waits for it.
    }
  }

  /** Waits for what comes of it. @throws Refusal if it is closed meanwhile */
  <T> T ask(Callable<T> task) {
    try {
      return thread.submit(task).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e.getCause());
    } catch (InterruptedException | RejectedExecutionException closed) {
      throw new Refusal(410, "this page is closed", "load it again");
    }
  }

  /** Ends the task at work as soon as it lets itself be interrupted, and begins no other; then does a last one. */
  void interrupt(Runnable last) {
    thread.shutdownNow();
    Thread.ofVirtual().start(() -> {
      try {
        thread.awaitTermination(1, TimeUnit.HOURS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      last.run();
    });
  }

  /** What has been submitted is still done. */
  @Override
  public void close() {
    thread.shutdown();
  }
}
