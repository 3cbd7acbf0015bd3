package dev.lanewise.dsl.inspect;

/** What makes a doubt go away, as a change of the statement that names the data. */
public sealed interface Cure {
  /** Somebody has to choose, or to look. */
  record Choice() implements Cure {}

  /** {@code normalize = auto}. */
  record Setting(String key, String value) implements Cure {}

  /** {@code drop = ["place"]}: a column is left out. */
  record Drop(String column) implements Cure {}

  /** No file to test on: some examples are set apart. */
  record Apart() implements Cure {}

  Cure CHOICE = new Choice();
}
