package dev.lanewise.runtime.data.table;

import dev.lanewise.runtime.data.TableExamples;
import java.util.List;

/**
 * Rows of which nothing is to be learned, as a network's encoding has them.
 *
 * @param others columns that the encoding does not have, in the order of the file: an {@code Id}, what was to be learned
 */
public record UnlabelledTable(TableExamples rows, List<Texts> others) {
  /** A column as it stands in the file, a text for each row. */
  public record Texts(String name, List<String> texts) {
    public Texts {
      texts = List.copyOf(texts);
    }
  }

  public UnlabelledTable {
    others = List.copyOf(others);
  }
}
