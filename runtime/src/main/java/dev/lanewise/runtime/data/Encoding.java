package dev.lanewise.runtime.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How the columns of a table become the numbers that a network sees: its features, one after the other.
 *
 * <pre>{@code
 * new Encoding(List.of(
 *     Encoding.Column.number("age"),
 *     new Encoding.Column("sex", Encoding.How.ONE_HOT, List.of("female", "male"), Float.NaN)))
 * // features: "age", "sex=female", "sex=male"
 * }</pre>
 *
 * @param columns in the order of the features; those that are left out, or to be learned, are not among them
 */
public record Encoding(List<Column> columns) {
  /** What becomes of a column. */
  public enum How {
    /** One feature: the number. */
    NUMBER,
    /** A feature for each word: 1 for the one that stands there, 0 for the others. */
    ONE_HOT,
    /** One feature: the word's place in the list, from 0. */
    INDEX
  }

  /**
   * One column of a table.
   *
   * @param name as the header has it, or its place in the file, counted from 1
   * @param words that may stand in a column of words, sorted; empty for numbers
   * @param fill what stands for a gap: a number; in a column of words the number of a word, or what is no word's number: then ONE_HOT has
   *     zeros alone. NaN where gaps are not allowed
   */
  public record Column(String name, How how, List<String> words, float fill) {
    /**
     * @throws IllegalArgumentException if there are words for numbers, no words for words, or a word twice
     */
    public Column {
      words = List.copyOf(words);
      if (words.isEmpty() != (how == How.NUMBER)) {
        throw new IllegalArgumentException("the column `" + name + "` is " + how + ", of " + words.size() + " words");
      }
      if (Set.copyOf(words).size() < words.size()) {
        throw new IllegalArgumentException("the column `" + name + "` has a word twice");
      }
    }

    /** Of numbers, without gaps. */
    public static Column number(String name) {
      return new Column(name, How.NUMBER, List.of(), Float.NaN);
    }

    public boolean isWords() {
      return how != How.NUMBER;
    }

    /** How many features it gives. */
    public int features() {
      return how == How.ONE_HOT ? words.size() : 1;
    }
  }

  /**
   * @throws IllegalArgumentException if two columns have one name
   */
  public Encoding {
    columns = List.copyOf(columns);
    Set<String> names = new HashSet<>();
    for (Column column : columns) {
      if (!names.add(column.name)) {
        throw new IllegalArgumentException("two columns are called `" + column.name + "`");
      }
    }
  }

  public int features() {
    return columns.stream().mapToInt(Column::features).sum();
  }

  /** Of each feature: the column's name, in a one-hot column with the word behind it, {@code sex=male}. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (Column column : columns) {
      if (column.how == How.ONE_HOT) {
        column.words.forEach(word -> names.add(column.name + "=" + word));
      } else {
        names.add(column.name);
      }
    }
    return List.copyOf(names);
  }
}
