package dev.lanewise.runtime.optimize;

import java.util.function.DoubleUnaryOperator;

/**
 * How the learning rate changes while a network is trained. A step is one of the optimiser: where gradients of several batches are put
 * together, it counts once, so that a training sees the same rates as one whose batches are as large.
 *
 * <pre>{@code schedule = one_cycle(peak = 0.01) }</pre>
 */
@FunctionalInterface
public interface Schedule {
  Schedule CONSTANT = (base, step, steps, epoch) -> base;

  /**
   * The learning rate of a step.
   *
   * @param base that of the optimiser
   * @param step how many steps lie behind: 0 at the first, steps - 1 at the last
   * @param steps of the whole training
   * @param epoch how many epochs lie behind
   */
  double rate(double base, long step, long steps, int epoch);

  /** The optimiser's rate times a function of the share of the steps that lies behind: 0 at the first, 1 - 1/steps at the last. */
  static Schedule factor(DoubleUnaryOperator ofProgress) {
    return (base, step, steps, _) -> base * ofProgress.applyAsDouble((double) step / steps);
  }
}
