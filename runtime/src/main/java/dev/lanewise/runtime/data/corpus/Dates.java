package dev.lanewise.runtime.data.corpus;

import dev.lanewise.runtime.data.corpus.TextPairs.Pair;
import dev.lanewise.runtime.random.Draws;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Dates as people write them, in English and Chinese, and as computers do: {@code 3rd of May 2024}, {@code 2024年5月3日} and {@code 2024-05-03}. */
public record Dates(int count) implements MadePairs {
  private static final LocalDate FIRST = LocalDate.of(1900, 1, 1);
  private static final int DAYS = (int) (LocalDate.of(2100, 1, 1).toEpochDay() - FIRST.toEpochDay());
  private static final int FORMS = 6;
  /** {@code Wednesday, 23 September 2020}. */
  private static final int LONGEST = 28;

  @Override
  public String sources() {
    return IntStream.range(0, FORMS).boxed()
        .flatMap(f -> Stream.iterate(FIRST, d -> d.plusDays(1)).limit(366).map(d -> said(d, f))).collect(Collectors.joining()) + "0123456789";
  }

  @Override
  public String targets() {
    return "0123456789-";
  }

  @Override
  public int length() {
    return LONGEST;
  }

  @Override
  public int longest() {
    return FIRST.toString().length();
  }

  @Override
  public long all() {
    return (long) FORMS * DAYS;
  }

  @Override
  public Pair draw(long key, int at) {
    LocalDate date = FIRST.plusDays(Draws.below(DAYS, key, 2 * at));
    return new Pair(said(date, Draws.below(FORMS, key, 2 * at + 1)), date.toString());
  }

  static String said(LocalDate date, int form) {
    int day = date.getDayOfMonth();
    String month = date.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    return switch (form) {
      case 0 -> day + ending(day) + " of " + month + " " + date.getYear();
      case 1 -> month + " " + day + ", " + date.getYear();
      case 2 -> day + " " + date.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH) + " " + date.getYear();
      case 3 -> date.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH) + ", " + day + " " + month + " " + date.getYear();
      case 4 -> day + "." + date.getMonthValue() + "." + date.getYear();
      default -> date.getYear() + "年" + date.getMonthValue() + "月" + day + "日";
    };
  }

  private static String ending(int day) {
    boolean teen = day / 10 == 1;
    return switch (teen ? 0 : day % 10) {
      case 1 -> "st";
      case 2 -> "nd";
      case 3 -> "rd";
      default -> "th";
    };
  }
}
