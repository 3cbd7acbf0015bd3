package dev.lanewise.repl.bench;

import java.util.Locale;

/** How far a run of benchmarks is, and how long it still takes: as long for each as those so far. */
final class Remaining {
  private int total;
  private int begun;
  private long started;

  /** @param now in nanoseconds */
  void total(int count, long now) {
    total = count;
    begun = 0;
    started = now;
  }

  /** The next one begins: {@code benchmark 3 of 36, 2:10 left}; how long is not said before the first is done. */
  String next(long now) {
    begun++;
    String place = "benchmark " + begun + " of " + total;
    if (begun == 1) {
      return place;
    }
    long seconds = Math.round((now - started) / 1e9 / (begun - 1) * (total - begun + 1));
    return place + String.format(Locale.ROOT, ", %d:%02d left", seconds / 60, seconds % 60);
  }
}
