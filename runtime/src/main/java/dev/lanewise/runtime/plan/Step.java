package dev.lanewise.runtime.plan;

/** One kernel call of a plan, its buffers bound. */
@FunctionalInterface
interface Step {
  void run(Frame frame);

  /** The same of two blocks, where that is faster at once. */
  default void run(Frame frame, Frame other) {
    run(frame);
    run(other);
  }
}
