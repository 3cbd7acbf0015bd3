package dev.lanewise.runtime.data;

import java.util.List;

/**
 * By what examples are grouped: columns of a table, or words of files' names.
 *
 * @param columns what they are called; of several all must be alike
 * @param values of each group, by its number
 */
public record Grouping(List<String> columns, List<String> values) {
  public Grouping {
    columns = List.copyOf(columns);
    values = List.copyOf(values);
  }
}
