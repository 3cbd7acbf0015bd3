package dev.lanewise.runtime.plan;

/** One kernel call of a plan, its buffers bound. */
@FunctionalInterface
interface Step {
  void run(Frame frame);

  /** In how many parts it can be done, side by side: where there are fewer blocks than workers. */
  default int parts() {
    return 1;
  }

  /** Does one of them. */
  default void run(Frame frame, int part) {
    run(frame);
  }

  /** The same of two blocks, where that is faster at once. */
  default void run(Frame frame, Frame other) {
    run(frame);
    run(other);
  }
}
