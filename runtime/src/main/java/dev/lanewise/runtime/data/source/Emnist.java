package dev.lanewise.runtime.data.source;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What is special of EMNIST (Cohen et al. 2017): its sets have letters, and its images rows for columns. */
final class Emnist {
  private static final String NAME = "emnist-";
  private static final String DIGITS = "0123456789";
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
  /** Of which small and capital letters look different. */
  private static final String UNLIKE = "abdefghnqrt";

  private Emnist() {}

  /** Whether the images of a set lie on their side. */
  static boolean isTransposed(String set) {
    return set.startsWith(NAME);
  }

  /** What the classes of a set are called, in order; empty if they are digits, or the set is another. */
  static List<String> names(String set) {
    return switch (set) {
      case NAME + "letters" -> letters(LETTERS);
      case NAME + "byclass" -> letters(DIGITS + LETTERS.toUpperCase(Locale.ROOT) + LETTERS);
      case NAME + "bymerge", NAME + "balanced" -> letters(DIGITS + LETTERS.toUpperCase(Locale.ROOT) + UNLIKE);
      default -> List.of();
    };
  }

  private static List<String> letters(String all) {
    return Stream.of(all.split("")).toList();
  }
}
