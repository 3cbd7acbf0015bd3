package dev.lanewise.dsl.spread;

import java.util.List;
import java.util.function.BooleanSupplier;

/** Processes that work for this one. A task says all that it needs, and is answered alike wherever and however often it is done: so one that is lost is done again. */
public interface Crew extends AutoCloseable {
  /** Is told of a task that has been done. */
  interface Listener {
    /** @param task its place among those that were given */
    void on(int task, byte[] answer);
  }

  /** How many tasks are at work at once, as far as that is known; 1 at least. */
  int hands();

  /**
   * Has tasks done. Returns when none is at work any more.
   *
   * @param errand which script they are of
   * @param shared what all of them need
   * @param ended told of each as it ends, on the caller's thread
   * @param stop asked again and again; once true, tasks that have not ended are given up
   * @throws LostException if the processes are gone, or cannot do it however often it is tried
   */
  void run(Errand errand, byte[] shared, List<byte[]> tasks, Listener ended, BooleanSupplier stop);

  @Override
  void close();
}
