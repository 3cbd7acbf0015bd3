package dev.lanewise.dsl.law;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/** A generator of random numbers, and what a script is made of. */
final class Pick {
  private final Random random;
  private boolean large;

  Pick(long seed) {
    random = new Random(seed);
  }

  /** From now on networks have more channels and values, as many kernels need. */
  void enlarge() {
    large = true;
  }

  /** How many times as many values a network may have. */
  int times() {
    return large ? 8 : 1;
  }

  /** A number of channels or features: of a large network more. */
  int wide(int least, int most) {
    return whole(least, large ? 4 * most : most);
  }

  /** From {@code least} to {@code most}, both included. */
  int whole(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  boolean chance(double share) {
    return random.nextDouble() < share;
  }

  <T> T of(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  @SafeVarargs
  final <T> T one(T... all) {
    return all[random.nextInt(all.length)];
  }

  /** A number with few digits, so that its text is all of it. */
  double number(double least, double most) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.3g", least + random.nextDouble() * (most - least)));
  }

  /** The same, its logarithm spread evenly. */
  double rate(double least, double most) {
    return Double.parseDouble(
        String.format(Locale.ROOT, "%.2g", Math.exp(Math.log(least) + random.nextDouble() * Math.log(most / least))));
  }

  float normal() {
    return (float) random.nextGaussian();
  }

  float uniform() {
    return random.nextFloat();
  }

  /** A divisor. */
  int divisor(int of) {
    List<Integer> all = java.util.stream.IntStream.rangeClosed(1, of).filter(d -> of % d == 0).boxed().toList();
    return of(all);
  }

  /** As a script writes it. */
  static String text(Object value) {
    return switch (value) {
      case Double d when d == Math.rint(d) && Math.abs(d) < 1e6 -> Long.toString(Math.round(d));
      case Double d -> new java.math.BigDecimal(Double.toString(d)).toPlainString();
      case List<?> items -> items.stream().map(Pick::text).toList().toString();
      default -> value.toString();
    };
  }
}
