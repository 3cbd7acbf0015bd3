package dev.lanewise.runtime.signature;

/**
 * One argument of a layer, loss, optimiser or data source, as users write it.
 *
 * @param fallback the value when it is not given; null if it must be given
 * @param doc one phrase for the help
 */
public record Argument(String name, Type type, Object fallback, String doc) {
  /** What may be written. Values arrive as Integer, Double, Boolean and String. */
  public enum Type {
    /** A whole number, at least 0. */
    INTEGER,
    /** A number. */
    NUMBER,
    /** {@code true} or {@code false}. */
    FLAG,
    /** A whole number or the word {@code same}. */
    PADDING,
    /** A whole number or the word {@code global}. */
    WINDOW,
    /** A string in quotes. */
    TEXT,
    /** A measure of an epoch, such as {@code val.loss}. It arrives as a String. */
    MEASURE,
    /** A list of numbers. */
    NUMBERS,
    /** How a weight gets its first values, such as {@code he_normal}. */
    INITIALIZATION
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
