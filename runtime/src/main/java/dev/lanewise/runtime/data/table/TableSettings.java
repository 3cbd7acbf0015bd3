package dev.lanewise.runtime.data.table;

import java.util.List;
import java.util.Optional;

/**
 * How a table is to be read.
 *
 * @param drop columns that are left out: their names, or their numbers, counted from 1
 * @param parts columns that alone are learned from, named so, too: each is a part of its own, and holds words; none where all are learned from
 * @param group columns of which nothing is learned: rows that have them alike belong together; none where each row is by itself
 * @param words what becomes of columns that hold words
 * @param missing what becomes of gaps
 * @param decimal the sign before decimals, {@code .} or {@code ,}
 * @param separator what stands between columns, a space for runs of them; empty if the file is to be asked
 */
public record TableSettings(List<String> drop, List<String> parts, List<String> group, Words words, Missing missing, char decimal, Optional<Character> separator) {
  /** A table of numbers without gaps, with a decimal point. */
  public static final TableSettings PLAIN = new TableSettings(List.of(), List.of(), List.of(), Words.REFUSE, Missing.REFUSE, '.', Optional.empty());

  /** What becomes of columns that hold words. */
  public enum Words {
    REFUSE,
    ONE_HOT,
    INDEX
  }

  /**
   * What becomes of gaps.
   *
   * @param number that stands for each, of {@link Way#NUMBER}
   */
  public record Missing(Way way, float number) {
    public static final Missing REFUSE = new Missing(Way.REFUSE, Float.NaN);
    /** The row is left out. */
    public static final Missing SKIP = new Missing(Way.SKIP, Float.NaN);
    /** The mean of the column, or its most frequent word. */
    public static final Missing MEAN = new Missing(Way.MEAN, Float.NaN);

    /** Which of them. */
    public enum Way {
      REFUSE,
      SKIP,
      MEAN,
      NUMBER
    }

    public static Missing of(float number) {
      return new Missing(Way.NUMBER, number);
    }
  }

  /** The same of a table whose columns are parts of their own. */
  public TableSettings ofParts(List<String> columns) {
    return new TableSettings(drop, columns, group, words, missing, decimal, separator);
  }

  public TableSettings {
    drop = List.copyOf(drop);
    parts = List.copyOf(parts);
    group = List.copyOf(group);
  }
}
