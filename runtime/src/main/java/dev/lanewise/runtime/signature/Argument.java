package dev.lanewise.runtime.signature;

import java.util.List;

/**
 * One argument of a layer, loss, optimiser or data source, as users write it.
 *
 * @param fallback the value when it is not given; null if it must be given
 * @param doc one phrase for the help
 */
public record Argument(String name, Type type, Object fallback, String doc) {
  /** What may be written. Values arrive as Integer, Double, Boolean and String, those of a shape as a list of Integer. */
  public enum Type {
    /** A whole number, at least 0. */
    INTEGER,
    /** A number. */
    NUMBER,
    /** {@code true} or {@code false}. */
    FLAG,
    /** A whole number or the word {@code same}. */
    PADDING("same"),
    /** A whole number or the word {@code global}. */
    WINDOW("global"),
    /** {@code nearest} or {@code bilinear}. */
    INTERPOLATION("nearest", "bilinear"),
    /** A shape as behind {@code input}. */
    SHAPE,
    /** A string in quotes. */
    TEXT,
    /** A measure of an epoch, such as {@code val.loss}. It arrives as a String. */
    MEASURE,
    /** A list of numbers. */
    NUMBERS,
    /** How a weight gets its first values, such as {@code he_normal}. */
    INITIALIZATION,
    /** A column of a table: its name in quotes, or its number, counted from 1. It arrives as a String. */
    COLUMN,
    /** One such column, or a list of them. They arrive as a list of Strings. */
    COLUMNS;

    private final List<String> words;

    Type(String... words) {
      this.words = List.of(words);
    }

    /** Words that stand for themselves, such as {@code same}; they arrive as they are. */
    public List<String> words() {
      return words;
    }
  }

  public static Argument required(String name, Type type, String doc) {
    return new Argument(name, type, null, doc);
  }

  public static Argument optional(String name, Type type, Object fallback, String doc) {
    return new Argument(name, type, fallback, doc);
  }

  public boolean isRequired() {
    return fallback == null;
  }
}
