package dev.lanewise.runtime.file;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Numbers for which memory has no room: they are written to a file that nobody else sees, in the folder for such ({@code java.io.tmpdir}), and that is gone with the process. Once
 * all are there, it is mapped.
 */
public final class Overflow {
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int BUFFER = 1 << 18;

  private Path file;
  private FileChannel channel;
  private ByteBuffer buffer;
  private MemorySegment mapped;

  /**
   * Behind those that are there.
   *
   * @throws NoRoomException if the disk has no room for it
   */
  public void add(float[] numbers, int count) throws IOException {
    if (channel == null) {
      file = temporary();
      channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
      buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    }
    for (int i = 0; i < count; i++) {
      if (!buffer.hasRemaining()) {
        write();
      }
      buffer.putFloat(numbers[i]);
    }
  }

  private static Path temporary() throws IOException {
    try {
      return Files.createTempFile("lanewise", ".rows");
    } catch (IOException e) {
      throw noRoom(Path.of(System.getProperty("java.io.tmpdir")), e);
    }
  }

  private static NoRoomException noRoom(Path folder, IOException e) {
    return new NoRoomException(
        "memory does not hold all of it, and " + folder + " has no room for the rest: " + e.getMessage() + "; LANEWISE_JAVA_OPTIONS=-Djava.io.tmpdir=FOLDER names another folder", e);
  }

  private void write() throws IOException {
    try {
      AtomicFile.writeFully(channel, buffer.flip());
      buffer.clear();
    } catch (IOException e) {
      channel.close();
      throw noRoom(file.getParent(), e);
    }
  }

  /**
   * From now on they can be read.
   *
   * @throws NoRoomException if the disk has no room for the last ones
   */
  public void end() throws IOException {
    if (channel != null) {
      try (FileChannel last = channel) {
        write();
        mapped = MappedFiles.map(file, last, 0);
      }
      buffer = null;
    }
  }

  public float at(long index) {
    return mapped.getAtIndex(FLOAT, index);
  }
}
