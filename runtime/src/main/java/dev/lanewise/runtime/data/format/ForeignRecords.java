package dev.lanewise.runtime.data.format;

import dev.lanewise.runtime.data.foreign.TableForm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The records of a table of another form; the first one is the names of its columns. */
final class ForeignRecords implements TableRecords {
  private final String file;
  private final TableForm.Rows rows;
  private final int columns;
  private final TableFields fields;
  /** Of the record that comes next; 0 is the names. */
  private int row;

  /** @throws IOException if the file cannot be read, or is of another form */
  ForeignRecords(TableForm form, Path path) throws IOException {
    file = path.toString();
    rows = form.open(path);
    columns = rows.names().size();
    fields = TableFields.ofRows(file);
  }

  @Override
  public TableFields next() throws IOException {
    boolean names = row == 0;
    if (!names && !rows.next()) {
      return null;
    }
    fields.begin(row++);
    for (int c = 0; c < columns; c++) {
      if (names) {
        fields.add(rows.names().get(c));
      } else if (!rows.isNumber(c) || !fields.addNumber(rows.number(c))) {
        fields.add(rows.text(c));
      }
    }
    return fields;
  }

  @Override
  public Optional<CsvStart> start() {
    return Optional.empty();
  }

  @Override
  public boolean isBytes() {
    return false;
  }

  @Override
  public IOException error(String message) {
    return new IOException(file + ": " + message);
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
