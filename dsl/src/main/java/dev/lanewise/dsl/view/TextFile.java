package dev.lanewise.dsl.view;

import dev.lanewise.runtime.file.AtomicFile;
import dev.lanewise.runtime.file.FileForm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Text as a file, in UTF-8: written beside its name, then moved into place. */
public final class TextFile {
  private TextFile() {}

  /**
   * @param form of the file, so that none of another form is replaced
   * @throws IOException if it cannot be written, or a file of another form is there
   */
  public static void write(Path path, FileForm form, String text) throws IOException {
    form.check(path);
    AtomicFile.write(path, channel -> AtomicFile.writeFully(channel, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
  }
}
