package dev.lanewise.runtime.data.table;

import java.io.IOException;
import java.util.List;

/** A table has no column of a name that a script asks for. */
public final class NoColumn extends IOException {
  private static final long serialVersionUID = 1;

  private final String column;
  private final transient List<String> columns;

  /** @param columns that there are, in their order */
  NoColumn(IOException said, String column, List<String> columns) {
    super(said.getMessage(), said);
    this.column = column;
    this.columns = List.copyOf(columns);
  }

  /** That was asked for: a name, or a number. */
  public String column() {
    return column;
  }

  /** Those that the table has, in their order. */
  public List<String> columns() {
    return columns;
  }
}
