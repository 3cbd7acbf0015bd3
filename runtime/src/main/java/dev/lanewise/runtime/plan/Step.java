package dev.lanewise.runtime.plan;

/** One kernel call of a plan, its buffers bound. */
@FunctionalInterface
interface Step {
  void run(Frame frame);
}
