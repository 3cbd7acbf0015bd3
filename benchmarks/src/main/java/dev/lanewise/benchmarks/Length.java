package dev.lanewise.benchmarks;

import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** How long to measure. */
enum Length {
  /** As the benchmarks say: six seconds or more for each. */
  FULL(0, 0),
  /** For a first look: one value of each parameter, a second and a half for each. */
  QUICK(3, 250),
  /** To see that they run. */
  SHORTEST(1, 10);

  private final int iterations;
  private final int milliseconds;

  Length(int iterations, int milliseconds) {
    this.iterations = iterations;
    this.milliseconds = milliseconds;
  }

  /** Whether one value of each parameter is enough. */
  boolean isFew() {
    return this != FULL;
  }

  ChainedOptionsBuilder applied(ChainedOptionsBuilder options) {
    TimeValue time = TimeValue.milliseconds(milliseconds);
    return this == FULL
        ? options
        : options.warmupIterations(iterations).warmupTime(time).measurementIterations(iterations).measurementTime(time);
  }
}
