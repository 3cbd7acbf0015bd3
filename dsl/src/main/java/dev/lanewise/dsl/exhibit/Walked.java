package dev.lanewise.dsl.exhibit;

import java.util.List;
import java.util.Optional;

/**
 * Numbers of a network, value by value, and how they come about: what {@code trace}, {@code backward} and {@code step} show.
 *
 * @param columns what is told of each row
 * @param rows in the order in which they are computed
 * @param worked numbers that are told by themselves
 * @param notes sentences: what was found, and what is left out
 */
public record Walked(String title, List<Column> columns, List<Row> rows, List<Worked> worked, List<String> notes) implements Exhibit {
  /** @param isShare whether it is told in percent */
  public record Column(String name, boolean isShare) {}

  /**
   * A value of the network, or a parameter.
   *
   * @param figures one for each column
   * @param values the numbers themselves, where they are few; else none
   * @param profile means of equal groups of them, in their order
   * @param picture of all of them
   * @param standsOut whether it is to be looked at
   * @param worked its numbers one by one, where they are few
   */
  public record Row(
      String name, String shape, List<Double> figures, List<Double> values, List<Double> profile, Optional<Picture> picture, boolean standsOut,
      List<Worked> worked) {
    public Row {
      figures = List.copyOf(figures);
      values = List.copyOf(values);
      profile = List.copyOf(profile);
      worked = List.copyOf(worked);
    }
  }

  public Walked {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    worked = List.copyOf(worked);
    notes = List.copyOf(notes);
  }
}
