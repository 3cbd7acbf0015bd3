package dev.lanewise.dsl.meaning;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is warned of when examples are read, by the words of {@code allow = [imbalance]}, with which nobody is. */
public enum Concern {
  /** Numbers far above 1. */
  SCALE,
  /** A column of a table that counts its lines, or has another word in each. */
  ID,
  /** Classes that are hardly meant as such. */
  LABELS,
  /** A column with one value. */
  CONSTANT,
  /** Two columns with the same values. */
  DUPLICATE,
  /** A column that alone tells what is to be learned. */
  LEAK,
  /** Classes of which one has far more examples than another. */
  IMBALANCE,
  /** A class with hardly any examples. */
  FEW,
  /** Examples that are both learnt and tested on. */
  REPEATS,
  /** Files that are left out, or of which a part is. */
  FILES,
  /** Images of one colour. */
  BLANK,
  /** Digits and letters that are mirrored. */
  FLIP,
  /** A mean and deviation that are not those of the examples. */
  NORMALIZE;

  public static List<String> words() {
    return Arrays.stream(values()).map(Concern::word).toList();
  }

  public static Optional<Concern> named(String word) {
    return Arrays.stream(values()).filter(c -> c.word().equals(word)).findFirst();
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A remedy, and how one says that there is none to do. */
  public String orAllow(String remedy) {
    return remedy + ", or say allow = [" + word() + "] if that is meant";
  }
}
