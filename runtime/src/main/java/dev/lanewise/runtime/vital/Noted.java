package dev.lanewise.runtime.vital;

/**
 * One step of a training. Of each parameter three sizes, root mean squares of its numbers, in the order of {@link Vitals#parameters}.
 *
 * @param step from 1 on
 * @param loss of the step's last batch
 * @param weights of the parameter before the step
 * @param updates of what the step has added to it
 * @param gradients of its gradient
 */
public record Noted(int step, double loss, double[] weights, double[] updates, double[] gradients) {
  /** How large the step is beside what it moves: about 0.001 where a network learns well. NaN of a parameter that is 0. */
  public double ratio(int parameter) {
    return weights[parameter] == 0 ? Double.NaN : updates[parameter] / weights[parameter];
  }
}
