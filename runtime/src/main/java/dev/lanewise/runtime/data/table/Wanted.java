package dev.lanewise.runtime.data.table;

import java.util.List;

/**
 * Which columns are to be learned.
 *
 * @param columns their names, or their numbers, counted from 1; of classes there is one
 * @param classes whether its values are classes, or numbers to predict
 */
public record Wanted(List<String> columns, boolean classes) {
  /** Of a table of which nothing is to be learned. */
  static final Wanted NOTHING = new Wanted(List.of(), false);

  public Wanted {
    columns = List.copyOf(columns);
  }
}
