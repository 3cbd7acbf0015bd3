package dev.lanewise.benchmarks;

/** Times a task on a noisy machine: what it takes when nothing disturbs it. */
final class Best {
  private static final double LEAST_SECONDS = 0.02;

  private Best() {}

  /** The shortest of several rounds, each long enough to time, after a warm-up, in seconds per call. */
  static double of(double warmUpSeconds, int rounds, Runnable task) {
    long begin = System.nanoTime();
    int calls = 0;
    do {
      task.run();
      calls++;
    } while (since(begin) < warmUpSeconds);
    begin = System.nanoTime();
    task.run();
    int perRound = (int) Math.clamp(LEAST_SECONDS / Math.max(since(begin), 1e-9), 1, Math.max(1, calls));
    double best = Double.MAX_VALUE;
    for (int i = 0; i < rounds; i++) {
      begin = System.nanoTime();
      for (int k = 0; k < perRound; k++) {
        task.run();
      }
      best = Math.min(best, since(begin) / perRound);
    }
    return best;
  }

  private static double since(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }
}
