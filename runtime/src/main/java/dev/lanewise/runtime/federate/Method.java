package dev.lanewise.runtime.federate;

import java.util.ArrayList;
import java.util.List;

/**
 * What clients do besides their steps, and what the server makes of the mean of their parameters.
 *
 * @param name as a script calls it
 * @param mu of FedProx: how strongly a client is drawn to the parameters it began with; 0 for none
 * @param corrects whether steps are corrected by control variates: SCAFFOLD
 * @param rate by how much the server follows the mean of the changes
 * @param momentum of the server; 0 for none
 * @param adaptive whether the server divides by the size of earlier changes, as Adam does
 */
public record Method(String name, double mu, boolean corrects, double rate, double momentum, boolean adaptive) {
  /** Of Adam at the server: beta2 and tau of Reddi et al. (2021), section 5. */
  public static final double SECOND = 0.99, TAU = 1e-3;

  public Method {
    if (!(mu >= 0) || Double.isInfinite(mu)) {
      throw new IllegalArgumentException("mu must be at least 0, not " + mu);
    }
    if (!(rate > 0) || Double.isInfinite(rate)) {
      throw new IllegalArgumentException("rate must be above 0, not " + rate);
    }
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException("momentum must be at least 0 and below 1, not " + momentum);
    }
  }

  /** FederatedAveraging (McMahan et al. 2017, algorithm 1), with momentum at the server (Hsu, Qi and Brown 2019). */
  public static Method fedavg(double momentum) {
    return new Method("fedavg", 0, false, 1, momentum, false);
  }

  /** Li et al. (2020), algorithm 2: each client minimises its loss + mu/2 |w - w of the server|². */
  public static Method fedprox(double mu) {
    return new Method("fedprox", mu, false, 1, 0, false);
  }

  /** Karimireddy et al. (2020), algorithm 1, with option II for the control variates. */
  public static Method scaffold() {
    return new Method("scaffold", 0, true, 1, 0, false);
  }

  /** Reddi et al. (2021), algorithm 2. */
  public static Method fedadam(double rate, double momentum) {
    return new Method("fedadam", 0, false, rate, momentum, true);
  }

  /** Whether the server keeps a running mean of the changes. */
  public boolean hasMomentum() {
    return momentum > 0 || adaptive;
  }

  /** With the numbers that are not those of any method: {@code fedprox(mu 0.1)}. */
  @Override
  public String toString() {
    List<String> numbers = new ArrayList<>();
    if (mu > 0) {
      numbers.add("mu " + mu);
    }
    if (rate != 1) {
      numbers.add("rate " + rate);
    }
    if (momentum > 0) {
      numbers.add("momentum " + momentum);
    }
    return numbers.isEmpty() ? name : name + "(" + String.join(", ", numbers) + ")";
  }

  /** Whether it changes the steps of the clients: then these are those of plain gradient descent. */
  public boolean isOfClients() {
    return mu > 0 || corrects;
  }
}
