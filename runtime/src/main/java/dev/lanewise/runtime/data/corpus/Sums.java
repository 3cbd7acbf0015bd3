package dev.lanewise.runtime.data.corpus;

import dev.lanewise.runtime.data.corpus.TextPairs.Pair;
import dev.lanewise.runtime.random.Draws;

/**
 * Sums as texts: {@code 12+345} and {@code 357}.
 *
 * @param digits of a number, at most: how many it has is drawn first, so that short numbers are there, too
 */
public record Sums(int digits, int count) implements MadePairs {
  private static final int MOST = 6;
  private static final int DRAWS = 4;

  /** @throws IllegalArgumentException if a number is too small or too large */
  public Sums {
    if (digits < 1 || digits > MOST) {
      throw new IllegalArgumentException("digits must be between 1 and 6, not " + digits);
    }
  }

  @Override
  public String sources() {
    return "0123456789+";
  }

  @Override
  public String targets() {
    return "0123456789";
  }

  @Override
  public int length() {
    return 2 * digits + 1;
  }

  @Override
  public int longest() {
    return digits + 1;
  }

  @Override
  public long all() {
    return (long) Math.pow(10, 2 * digits);
  }

  @Override
  public Pair draw(long key, int at) {
    int a = number(key, DRAWS * at);
    int b = number(key, DRAWS * at + 2);
    return new Pair(a + "+" + b, Integer.toString(a + b));
  }

  private int number(long key, int at) {
    int below = (int) Math.pow(10, 1 + Draws.below(digits, key, at));
    return below == 10 ? Draws.below(below, key, at + 1) : below / 10 + Draws.below(below - below / 10, key, at + 1);
  }
}
