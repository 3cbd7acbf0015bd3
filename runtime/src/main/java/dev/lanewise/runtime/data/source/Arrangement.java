package dev.lanewise.runtime.data.source;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How the digits of a picture stand: in one row or two, each of one digit or two; and the sentence that says so. */
enum Arrangement {
  ONE(1, 0),
  BESIDE(2, 0),
  ABOVE(1, 1),
  TWO_ABOVE(2, 1),
  ABOVE_TWO(1, 2),
  SQUARE(2, 2);

  private static final String[] NAMES = {"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"};
  private static final String CHINESE = "零一二三四五六七八九";

  /** Digits in each of its rows, from left to right; the lower one may have none. */
  private final int upper;
  private final int lower;

  Arrangement(int upper, int lower) {
    this.upper = upper;
    this.lower = lower;
  }

  int digits() {
    return upper + lower;
  }

  int upper() {
    return upper;
  }

  boolean isOneRow() {
    return lower == 0;
  }

  /** How many pictures it can be that are told apart. */
  int kinds() {
    return IntStream.range(0, digits()).reduce(1, (kinds, _) -> 10 * kinds);
  }

  /** A digit of one of the {@link #kinds}, which is a number with these digits: those of the upper row first. */
  int digit(int kind, int at) {
    return IntStream.range(at + 1, digits()).reduce(kind, (rest, _) -> rest / 10) % 10;
  }

  /** The kind whose digits are all the same one. */
  int all(int digit) {
    return IntStream.range(0, digits()).reduce(0, (kind, _) -> 10 * kind + digit);
  }

  String sentence(int kind, Captions.Language language) {
    return switch (language) {
      case ENGLISH -> english(kind);
      case CHINESE -> chinese(kind);
    };
  }

  private String english(int kind) {
    if (isOneRow()) {
      return row(kind, 0, upper, " left of ", Captions.Language.ENGLISH);
    }
    return row(kind, 0, upper, " and ", Captions.Language.ENGLISH) + " above " + row(kind, upper, digits(), " and ", Captions.Language.ENGLISH);
  }

  private String chinese(int kind) {
    if (isOneRow()) {
      return row(kind, 0, upper, "在", Captions.Language.CHINESE) + (upper > 1 ? "的左边" : "");
    }
    return row(kind, 0, upper, "和", Captions.Language.CHINESE) + "在" + row(kind, upper, digits(), "和", Captions.Language.CHINESE) + "的上面";
  }

  private String row(int kind, int from, int to, String between, Captions.Language language) {
    return IntStream.range(from, to).mapToObj(i -> name(digit(kind, i), language)).collect(Collectors.joining(between));
  }

  private static String name(int digit, Captions.Language language) {
    return switch (language) {
      case ENGLISH -> (digit == 8 ? "an " : "a ") + NAMES[digit];
      case CHINESE -> CHINESE.substring(digit, digit + 1);
    };
  }
}
