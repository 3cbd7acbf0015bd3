package dev.lanewise.runtime.data.foreign;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * A form of tables in which columns have names and kinds. A module brings it as a service.
 *
 * <pre>{@code
 * try (TableForm.Rows rows = TableForm.of(file).orElseThrow().open(file)) {
 *   while (rows.next()) {
 *     rows.number(0);
 *   }
 * }
 * }</pre>
 */
public interface TableForm {
  /** Letters of a mark, at most. */
  int MOST_MARK = 8;

  /** With which bytes its files begin, as letters: {@code PAR1}. */
  String mark();

  /** @throws IOException naming the file, if it is none, or has what no column of a table can be */
  Rows open(Path file) throws IOException;

  /** The rows, one after the other. */
  interface Rows extends AutoCloseable {
    List<String> names();

    /** Whether a column has numbers, true and false among them, and no words. */
    boolean isNumber(int column);

    /** Goes to the next row, the first one at first; false if there is none. */
    boolean next() throws IOException;

    /** Of a column of numbers: NaN where there is none. */
    float number(int column) throws IOException;

    /** As one would write it; empty where there is nothing. */
    String text(int column) throws IOException;

    @Override
    void close() throws IOException;
  }

  /** That of a file; empty if no module brings one that begins so. */
  static Optional<TableForm> of(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(MOST_MARK);
    }
    String begins = new String(head, StandardCharsets.ISO_8859_1);
    return ServiceLoader.load(TableForm.class).stream().map(ServiceLoader.Provider::get).filter(f -> begins.startsWith(f.mark())).findFirst();
  }
}
