package dev.lanewise.runtime.federate;

/**
 * Differential privacy of clients (McMahan, Ramage, Talwar and Zhang 2018, algorithm 1): each client takes part in a round by itself with the same probability, what it sends is brought down to a norm, and the server adds normal noise to the
 * sum before it divides by the number of clients that is to be expected. So nobody who sees the network can tell whether a client took part at all, but for (epsilon, delta).
 *
 * <pre>{@code new Privacy(1, 1.1, 1e-5).spent(0.1, 100)   // after a hundred rounds with a tenth of the clients each }</pre>
 *
 * @param clip the largest norm of a client's change of the parameters
 * @param noise the deviation of the noise, in multiples of {@code clip}; 0 for none
 * @param delta how likely the guarantee may fail
 */
public record Privacy(double clip, double noise, double delta) {
  public Privacy {
    if (!(clip > 0)) {
      throw new IllegalArgumentException("clip must be above 0, not " + clip);
    }
    if (!(noise >= 0) || Double.isInfinite(noise)) {
      throw new IllegalArgumentException("noise must be at least 0, not " + noise);
    }
    if (!(delta > 0 && delta < 1)) {
      throw new IllegalArgumentException("delta must be above 0 and below 1, not " + delta);
    }
  }

  /**
   * What has been given away.
   *
   * @param epsilon infinite without noise
   */
  public record Spent(double epsilon, double delta) {}

  /** What is given away by so many rounds. @param fraction of the clients, the probability with which each takes part */
  public Spent spent(double fraction, int rounds) {
    return new Spent(Accountant.epsilon(fraction, noise, rounds, delta), delta);
  }

  /** By what a change of this norm is multiplied. */
  public double scale(double norm) {
    return norm > clip ? clip / norm : 1;
  }

  @Override
  public String toString() {
    return "gaussian(clip " + clip + ", noise " + noise + ", delta " + delta + ")";
  }
}
