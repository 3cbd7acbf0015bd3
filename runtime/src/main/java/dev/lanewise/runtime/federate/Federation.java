package dev.lanewise.runtime.federate;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A training that clients do together, round by round: the server gives some of them its parameters, they train on their own examples, and it takes the mean of what they send back, each counting as many times as it has examples.
 *
 * <pre>{@code new Federation(100, 0.1, 5, 10, new Partition.ByClass(2), Method.fedavg(0), OptionalDouble.of(0.99)) }</pre>
 *
 * @param clients how many there are; {@link Partition#ALL} for as many as the partition finds
 * @param fraction of them that take part in a round, one at least
 * @param epochs of each over its own examples in a round, where {@code steps} is 0
 * @param batch of each; 0 for all of its examples at once
 * @param partition who has which examples
 * @param until the accuracy at which it ends
 * @param privacy of the clients; then each takes part by itself with probability {@code fraction}, and counts as much as any other
 * @param steps of each in a round, from one round to the next through its examples: gradient descent by several at once, who take the mean every so many steps (Stich 2019); 0 for whole epochs
 */
public record Federation(int clients, double fraction, int epochs, int batch, Partition partition, Method method, OptionalDouble until, Optional<Privacy> privacy, int steps) {
  public Federation {
    if (clients < (partition instanceof Partition.ByColumn ? Partition.ALL : 1)) {
      throw new IllegalArgumentException("clients must be at least 1, not " + clients);
    }
    if (!(fraction > 0 && fraction <= 1)) {
      throw new IllegalArgumentException("fraction must be above 0 and at most 1, not " + fraction);
    }
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs must be at least 1, not " + epochs);
    }
    if (batch < 0) {
      throw new IllegalArgumentException("batch must be at least 0, not " + batch);
    }
    if (steps < 0) {
      throw new IllegalArgumentException("steps must be at least 0, not " + steps);
    }
    if (privacy.isPresent() && method.corrects()) {
      throw new IllegalArgumentException("`" + method.name() + "` sends more than a change of the parameters, which nothing would hide");
    }
  }

  /** Of clients that hide nothing. */
  public Federation(int clients, double fraction, int epochs, int batch, Partition partition, Method method, OptionalDouble until) {
    this(clients, fraction, epochs, batch, partition, method, until, Optional.empty(), 0);
  }

  /** The same with clients that are hidden. */
  public Federation hiding(Privacy by) {
    return new Federation(clients, fraction, epochs, batch, partition, method, until, Optional.of(by), steps);
  }

  /** What has been given away after so many rounds; empty where nothing is hidden. */
  public Optional<Privacy.Spent> spent(int rounds) {
    return privacy.map(p -> p.spent(fraction, rounds));
  }

  /** How many take part in a round, of so many; with {@link #privacy} that is the mean. */
  public int chosen(int all) {
    return Math.max(1, (int) Math.round(fraction * all));
  }
}
