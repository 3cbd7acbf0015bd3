package dev.lanewise.runtime.data.table;

import java.util.List;
import java.util.Optional;

/**
 * What a table was found to be.
 *
 * @param columns in the order of the file
 * @param rows how many were read
 * @param skipped how many were left out because of a gap
 * @param separator what stands between its columns; empty where the table is no text
 */
public record TableSummary(List<Column> columns, int rows, int skipped, Optional<Character> separator) {
  /** What becomes of a column. */
  public enum Role {
    /** Numbers to learn from. */
    NUMBER,
    /** Words to learn from, a feature for each. */
    ONE_HOT,
    /** Words to learn from, by their numbers. */
    INDEX,
    CLASS,
    /** Numbers to predict. */
    TARGET,
    /** Says which rows belong together. */
    GROUP,
    DROPPED
  }

  /**
   * One column.
   *
   * @param name as the header has it, or its place
   * @param low the smallest number; NaN where there is none, as below
   * @param words how many there are, or classes; 0 for numbers
   * @param gaps how many cells have no value, of the rows that were read
   * @param warning what is likely to be wrong with it; empty if nothing is
   * @param remedy what can be done about that
   */
  public record Column(String name, Role role, double low, double high, double mean, int words, int gaps, String warning, String remedy) {
    static Column grouping(String name, int groups) {
      return new Column(name, Role.GROUP, Double.NaN, Double.NaN, Double.NaN, groups, 0, "", "");
    }

    static Column dropped(String name) {
      return new Column(name, Role.DROPPED, Double.NaN, Double.NaN, Double.NaN, 0, 0, "", "");
    }
  }

  public TableSummary {
    columns = List.copyOf(columns);
  }

  /** Columns that something is likely to be wrong with. */
  public List<Column> doubtful() {
    return columns.stream().filter(c -> !c.warning.isEmpty()).toList();
  }
}
