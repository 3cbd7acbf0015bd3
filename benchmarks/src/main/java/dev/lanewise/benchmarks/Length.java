package dev.lanewise.benchmarks;

import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** How long to measure. */
enum Length {
  /** As the benchmarks say: six seconds or more for each. */
  FULL(0, 0, 0),
  /** For a first look: one value of each parameter, three seconds for each. */
  QUICK(3, 500, 300),
  /** To see that they run. */
  SHORTEST(1, 10, 10);

  private final int iterations;
  private final int warmUp;
  private final int measurement;

  /** Both in milliseconds. */
  Length(int iterations, int warmUp, int measurement) {
    this.iterations = iterations;
    this.warmUp = warmUp;
    this.measurement = measurement;
  }

  /** Whether one value of each parameter is enough. */
  boolean isFew() {
    return this != FULL;
  }

  ChainedOptionsBuilder applied(ChainedOptionsBuilder options) {
    return this == FULL
        ? options
        : options.warmupIterations(iterations).warmupTime(TimeValue.milliseconds(warmUp))
            .measurementIterations(iterations).measurementTime(TimeValue.milliseconds(measurement));
  }
}
