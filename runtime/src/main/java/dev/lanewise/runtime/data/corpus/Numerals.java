package dev.lanewise.runtime.data.corpus;

import dev.lanewise.runtime.data.corpus.TextPairs.Pair;
import dev.lanewise.runtime.random.Draws;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Whole numbers in words, in English and Chinese, and in digits: {@code three hundred and seven}, {@code 三百零七} and {@code 307}.
 *
 * @param below the numbers are below this
 * @param back whether words are to be made of digits: then {@code en 307} and {@code zh 307} say of which language
 */
public record Numerals(int below, boolean back, int count) implements MadePairs {
  private static final int MOST = 1_000_000;
  private static final int THOUSAND = 1_000;
  private static final String[] ONES = {
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"
  };
  private static final String[] TENS = {"", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"};
  private static final String DIGITS = "零一二三四五六七八九";
  private static final String[] UNITS = {"", "十", "百", "千"};

  /** @throws IllegalArgumentException if the bound is too small or too large */
  public Numerals {
    if (below < 10 || below > MOST) {
      throw new IllegalArgumentException("below must be between 10 and 1,000,000, not " + below);
    }
  }

  private static String words() {
    return String.join("", ONES) + String.join("", TENS) + "hundred thousand and-" + DIGITS + "十百千万";
  }

  @Override
  public String sources() {
    return back ? "0123456789 enzh" : words();
  }

  @Override
  public String targets() {
    return back ? words() : "0123456789";
  }

  private int longestWords() {
    return below <= THOUSAND ? longest(below) : longest((below - 1) / THOUSAND + 1) + " thousand ".length() + longest(THOUSAND);
  }

  private static int longest(int below) {
    return IntStream.range(0, below).map(n -> english(n).length()).max().orElse(1);
  }

  private int longestDigits() {
    return Integer.toString(below - 1).length();
  }

  @Override
  public int length() {
    return back ? 3 + longestDigits() : longestWords();
  }

  @Override
  public int longest() {
    return back ? longestWords() : longestDigits();
  }

  @Override
  public long all() {
    return 2L * below;
  }

  @Override
  public Pair draw(long key, int at) {
    int number = Draws.below(below, key, 2 * at);
    boolean english = Draws.below(2, key, 2 * at + 1) == 0;
    String words = english ? english(number) : chinese(number);
    return back ? new Pair((english ? "en " : "zh ") + number, words) : new Pair(words, Integer.toString(number));
  }

  static String english(int number) {
    if (number < ONES.length) {
      return ONES[number];
    }
    if (number < 100) {
      return TENS[number / 10] + (number % 10 == 0 ? "" : "-" + ONES[number % 10]);
    }
    if (number < 1_000) {
      return ONES[number / 100] + " hundred" + (number % 100 == 0 ? "" : " and " + english(number % 100));
    }
    int rest = number % 1_000;
    return english(number / 1_000) + " thousand" + (rest == 0 ? "" : rest < 100 ? " and " + english(rest) : " " + english(rest));
  }

  static String chinese(int number) {
    if (number >= 10_000) {
      int rest = number % 10_000;
      return chinese(number / 10_000) + "万" + (rest == 0 ? "" : (rest < 1_000 ? "零" : "") + below10000(rest));
    }
    String said = below10000(number);
    return said.startsWith("一十") ? said.substring(1) : said;
  }

  private static String below10000(int number) {
    if (number == 0) {
      return "零";
    }
    String digits = Integer.toString(number);
    String said = IntStream.range(0, digits.length())
        .mapToObj(i -> digits.charAt(i) == '0' ? "零" : DIGITS.charAt(digits.charAt(i) - '0') + UNITS[digits.length() - 1 - i]).collect(Collectors.joining());
    return said.replaceAll("零+", "零").replaceAll("零$", "");
  }
}
