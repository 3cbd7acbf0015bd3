package dev.lanewise.runtime.data.source;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.Paired;
import dev.lanewise.runtime.data.Parts;
import dev.lanewise.runtime.data.Points;
import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.tensor.Shape;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Ratings that users give items, made by a generator, so that it is known how well they can be predicted: a rating is a mean, what the user
 * gives more than others, what the item gets more than others, how well the tastes of both go together, and noise. Nobody can err by less
 * than the noise. No user rates an item twice.
 *
 * <pre>{@code rating = 3.5 + user's warmth + item's fame + <user's taste, item's style> + noise }</pre>
 *
 * @param count to train on; a fifth as many again are there to test on
 * @param noise deviation of what nobody can know: the least root of the mean squared error
 * @param factors numbers of a taste
 */
public record Ratings(int users, int items, int count, double noise, int factors) {
  public static final double MEAN = 3.5;
  /** Deviation of warmth and fame. Tastes and styles have such deviations that what goes together has 1. */
  private static final double BIAS = 0.5;
  /** Of all pairs of a user and an item so many may be rated: to draw others would take long. */
  private static final double MOST = 0.9;
  private static final Shape ONE = Shape.of(1);
  // Draws keep apart by their salt.
  private static final int USERS = 1;
  private static final int ITEMS = 2;
  private static final int PAIRS = 3;
  private static final int NOISE = 4;

  /**
   * @throws IllegalArgumentException if a number is too small, or there are more ratings than nine in ten of the pairs
   */
  public Ratings {
    if (users < 2 || items < 2 || factors < 1 || count < 1 || !(noise >= 0 && noise < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("ratings need at least 2 users, 2 items, 1 factor and 1 rating, and noise of at least 0");
    }
    if (count + tests(count) > MOST * users * items) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%,d ratings to train on, and a fifth as many to test on, are more than nine in ten of the %,d pairs of a user and an item",
              count, (long) users * items));
    }
  }

  private static int tests(int count) {
    return Math.max(1, count / 5);
  }

  /** The parts of an example: user, rating, item. */
  public List<Field> fields() {
    return List.of(new Field("user", ONE, users), new Field("rating", ONE, 0), new Field("item", ONE, items));
  }

  /** The same seed, the same ratings. */
  public DataSplit make(long seed) {
    float[][] user = vectors(users, Draws.mix(seed, USERS));
    float[][] item = vectors(items, Draws.mix(seed, ITEMS));
    int all = count + tests(count);
    float[][] who = new float[all][];
    float[][] what = new float[all][];
    float[][] rating = new float[all][];
    long pairs = Draws.mix(seed, PAIRS);
    long noises = Draws.mix(seed, NOISE);
    Set<Long> rated = new HashSet<>();
    for (int i = 0, draw = 0; i < all; draw++) {
      int u = Draws.below(users, pairs, 2 * draw);
      int k = Draws.below(items, pairs, 2 * draw + 1);
      if (rated.add((long) u * items + k)) {
        who[i] = new float[] {u};
        what[i] = new float[] {k};
        rating[i] = new float[] {(float) (expected(user[u], item[k]) + noise * normal(noises, i))};
        i++;
      }
    }
    return new DataSplit("ratings", part(who, rating, what, 0, count), null, part(who, rating, what, count, all)).inParts(Set.of());
  }

  /** What a rating is but for the noise. */
  private double expected(float[] user, float[] item) {
    double sum = MEAN + BIAS * (user[factors] + item[factors]);
    for (int f = 0; f < factors; f++) {
      sum += user[f] * item[f] / Math.sqrt(factors);
    }
    return sum;
  }

  /** Tastes, and behind them the bias. */
  private float[][] vectors(int of, long key) {
    float[][] vectors = new float[of][factors + 1];
    for (int i = 0; i < of; i++) {
      for (int f = 0; f <= factors; f++) {
        vectors[i][f] = (float) normal(Draws.mix(key, i), f);
      }
    }
    return vectors;
  }

  private static double normal(long key, int at) {
    return Draws.normal(Draws.uniform(key, 2 * at), Draws.uniform(key, 2 * at + 1));
  }

  private Dataset part(float[][] who, float[][] rating, float[][] what, int from, int to) {
    return new Parts(new Paired(points(who, from, to), points(rating, from, to)), fields(), List.of(points(what, from, to)));
  }

  private static Dataset points(float[][] values, int from, int to) {
    return new Points(ONE, Arrays.copyOfRange(values, from, to));
  }
}
