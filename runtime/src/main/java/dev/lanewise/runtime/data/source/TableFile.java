package dev.lanewise.runtime.data.source;

import dev.lanewise.runtime.data.format.CsvText;
import dev.lanewise.runtime.file.AtomicFile;
import dev.lanewise.runtime.file.FileForm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Writes a table as a CSV file, in UTF-8. */
public final class TableFile {
  private TableFile() {}

  /**
   * @param header names of the columns
   * @throws IOException if it cannot be written, or there is a file that does not begin with the same columns: it may be somebody's data
   */
  public static void write(Path path, List<String> header, List<List<String>> rows) throws IOException {
    String head = CsvText.of(header);
    FileForm.beginning("a table with the columns " + String.join(", ", header), head).check(path);
    StringBuilder text = new StringBuilder(head);
    rows.forEach(row -> text.append(CsvText.of(row)));
    AtomicFile.write(path, channel -> AtomicFile.writeFully(channel, ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8))));
  }
}
