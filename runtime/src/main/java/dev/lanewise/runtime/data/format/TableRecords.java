package dev.lanewise.runtime.data.format;

import dev.lanewise.runtime.data.foreign.TableForm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The records of a table, one after the other. */
public interface TableRecords extends AutoCloseable {
  /**
   * Of CSV, or of another form that a module brings: what it is, the file says.
   *
   * @param separator a space for runs of them; empty if the file is to be asked @param point the sign before decimals
   */
  static TableRecords open(Path file, Optional<Character> separator, char point) throws IOException {
    Optional<TableForm> form = TableForm.of(file);
    return form.isPresent() ? new ForeignRecords(form.get(), file) : new CsvRecords(file, separator, point);
  }

  /** The next record, the same object each time; null at the end. */
  TableFields next() throws IOException;

  /** How its text begins; empty where a table is no text: then the first record names the columns. */
  Optional<CsvStart> start();

  /** Whether the letters of fields are bytes of UTF-8. */
  boolean isBytes();

  /** What is wrong with the file. @param message with its place */
  IOException error(String message);

  @Override
  void close() throws IOException;
}
