package dev.lanewise.dsl.meaning;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Some examples of data, as {@code digits.test.item(7)} and {@code digits.train.batch(2, size = 32)} name them: from one on, counted from 0. */
public record Examples(CheckedData data, Part part, long first, long count) {
  /** {@code digits.test.item(7)}: the first of them as a script names it. */
  public String call() {
    return data.name() + "." + part + ".item(" + first + ")";
  }

  /** Of data. */
  public enum Part {
    TRAIN,
    VAL,
    TEST;

    public static Optional<Part> named(String word) {
      return Arrays.stream(values()).filter(p -> p.toString().equals(word)).findFirst();
    }

    /** As the language writes it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
