package dev.lanewise.runtime.data;

import dev.lanewise.runtime.tensor.Shape;

/**
 * A named part of every example: numbers of a shape, or whole numbers from 0 on below a bound, such as a class, a user, or the words of a
 * sentence.
 *
 * <pre>{@code
 * new Field("image", Shape.of(1, 28, 28), 0)      // 1x28x28
 * new Field("user", Shape.of(1), 610)             // 1 of 610
 * new Field("text", Shape.of(40), 2_000, true)    // 40 of 2_000 padded
 * }</pre>
 *
 * @param bound 0 if they are numbers
 * @param padded whether number 0 is padding: a place that has it is none, and takes no part in anything
 */
public record Field(String name, Shape shape, int bound, boolean padded) {
  /** What the main part of examples is called that have no names for their parts. */
  public static final String INPUT = "input";

  /** Without padding. */
  public Field(String name, Shape shape, int bound) {
    this(name, shape, bound, false);
  }

  /** A name as the language can write it: {@code user id} becomes {@code user_id}, the column 2 of a table without names {@code column2}. */
  public static String named(String text) {
    String name = text.strip().replaceAll("[^\\p{L}\\p{M}\\p{Nd}_]+", "_");
    return name.matches("[\\p{L}_].*") ? name : "column" + name;
  }

  /** Whether it consists of whole numbers below a bound. */
  public boolean isWhole() {
    return bound > 0;
  }

  /** What it is, without its name: {@code 1x28x28}, {@code 1 of 610}, {@code 40 of 2_000 padded}. */
  public String kind() {
    return isWhole() ? shape + " of " + String.format(java.util.Locale.ROOT, "%,d", bound).replace(',', '_') + (padded ? " padded" : "") : shape.toString();
  }
}
