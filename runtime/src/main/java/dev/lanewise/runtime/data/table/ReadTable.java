package dev.lanewise.runtime.data.table;

import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Encoding;
import dev.lanewise.runtime.data.Grouped;
import dev.lanewise.runtime.data.TableExamples;
import java.util.List;

/**
 * A table that was read.
 *
 * @param named whether its columns have names of a header
 * @param columns how many there were
 * @param places of the columns to learn from, from 0, in the order of the encoding
 * @param learned what the columns to be learned are called
 */
public record ReadTable(TableExamples examples, TableSummary summary, boolean named, int columns, List<Integer> places, List<String> learned, Groups groups) {
  /**
   * Which rows belong together.
   *
   * @param columns that say so; none where each row is by itself
   * @param values of each row
   */
  public record Groups(List<String> columns, List<String> values) {
    public Groups {
      columns = List.copyOf(columns);
      values = List.copyOf(values);
    }

    /** The same examples, grouped. */
    public Dataset of(Dataset examples) {
      return columns.isEmpty() ? examples : Grouped.of(examples, columns, values);
    }
  }

  public Encoding encoding() {
    return examples.encoding();
  }
}
