package dev.lanewise.runtime.train;

/**
 * How the learning rate changes while a network is trained.
 *
 * <pre>{@code schedule = one_cycle(peak = 0.01) }</pre>
 */
@FunctionalInterface
public interface Schedule {
  Schedule CONSTANT = (base, progress, epoch) -> base;

  /**
   * The learning rate of a step.
   *
   * @param base that of the optimiser
   * @param progress the share of all steps that lies behind, 0 at the first, below 1
   * @param epoch how many epochs lie behind
   */
  double rate(double base, double progress, int epoch);
}
