package dev.lanewise.repl.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Who answers the question of a benchmark, as the names of its methods say, in the order of the columns. */
public enum Who {
  SCALAR("scalar", "scalar"),
  BY_HAND("byHand", "by hand"),
  GENERAL("general", "general"),
  SIMD("simd", "simd"),
  OPENBLAS("openBlas", "OpenBLAS"),
  LIBTORCH("libTorch", "LibTorch");

  private final String word;
  private final String label;

  Who(String word, String label) {
    this.word = word;
    this.label = label;
  }

  /** At the head of a column. */
  public String label() {
    return label;
  }

  /** By a word alone: the value of a parameter. */
  static Optional<Who> called(String word) {
    return Arrays.stream(values()).filter(w -> w.word.equals(word)).findFirst();
  }

  /** By a method: {@code simdForward} and {@code maxSimd} alike. */
  static Optional<Who> in(String method) {
    return Arrays.stream(values()).filter(w -> method.startsWith(w.word) || method.endsWith(capital(w.word))).findFirst();
  }

  /** What is asked, without who answers: {@code forward}, {@code max gradient}. */
  String without(String method) {
    String rest = method.startsWith(word) ? method.substring(word.length()) : method.substring(0, method.length() - word.length());
    return words(rest);
  }

  static String words(String camelCase) {
    return camelCase.replaceAll("(?<=.)([A-Z])", " $1").toLowerCase(Locale.ROOT);
  }

  private static String capital(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
