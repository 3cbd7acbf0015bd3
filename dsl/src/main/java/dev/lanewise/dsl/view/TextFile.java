package dev.lanewise.dsl.view;

import dev.lanewise.runtime.file.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Text as a file, in UTF-8: written beside its name, then moved into place. */
public final class TextFile {
  private TextFile() {}

  public static void write(Path path, String text) throws IOException {
    AtomicFile.write(path, channel -> AtomicFile.writeFully(channel, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
  }
}
