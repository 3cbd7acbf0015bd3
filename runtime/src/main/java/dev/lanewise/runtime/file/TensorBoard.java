package dev.lanewise.runtime.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Numbers for TensorBoard: a file of records (length, checksum, data, checksum), each an Event message of protocol buffers with a
 * summary of scalars. The few fields that are needed are written by hand: tensorflow/core/util/event.proto, summary.proto.
 *
 * <pre>{@code
 * try (TensorBoard board = TensorBoard.create(Path.of("runs"))) {
 *   board.write(1, Map.of("train.loss", 0.5));
 * }
 * }</pre>
 */
public final class TensorBoard implements AutoCloseable {
  private final FileChannel channel;

  private TensorBoard(FileChannel channel) {
    this.channel = channel;
  }

  /** Begins a new file in the folder, which is made if it is not there. */
  public static TensorBoard create(Path folder) throws IOException {
    Files.createDirectories(folder);
    String name = "events.out.tfevents." + System.currentTimeMillis() / 1000 + "." + ProcessHandle.current().pid() + ".lanewise";
    for (int i = 0; ; i++) {
      Path file = folder.resolve(i == 0 ? name : name + "." + i);
      if (!Files.exists(file)) {
        TensorBoard board =
            new TensorBoard(FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        board.record(event(0, bytes(3, "brain.Event:2".getBytes(StandardCharsets.UTF_8))));
        return board;
      }
    }
  }

  /** The numbers of a step. */
  public void write(long step, Map<String, Double> values) throws IOException {
    ByteArrayOutputStream summary = new ByteArrayOutputStream();
    values.forEach((tag, value) -> {
      ByteArrayOutputStream one = new ByteArrayOutputStream();
      one.writeBytes(bytes(1, tag.getBytes(StandardCharsets.UTF_8)));
      one.write(2 << 3 | 5);
      one.writeBytes(little(4).putFloat(value.floatValue()).array());
      summary.writeBytes(bytes(1, one.toByteArray()));
    });
    record(event(step, bytes(5, summary.toByteArray())));
  }

  /** wall_time = 1, step = 2, and what else there is. */
  private static byte[] event(long step, byte[] what) {
    ByteArrayOutputStream event = new ByteArrayOutputStream();
    event.write(1 << 3 | 1);
    event.writeBytes(little(8).putDouble(System.currentTimeMillis() / 1e3).array());
    event.write(2 << 3);
    varint(event, step);
    event.writeBytes(what);
    return event.toByteArray();
  }

  /** A field whose length comes before it. */
  private static byte[] bytes(int field, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(field << 3 | 2);
    varint(out, content.length);
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while (rest > 127) {
      out.write((int) (rest & 127 | 128));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void record(byte[] data) throws IOException {
    byte[] length = little(8).putLong(data.length).array();
    ByteBuffer all = little(16 + data.length);
    all.put(length).putInt(checksum(length)).put(data).putInt(checksum(data)).flip();
    while (all.hasRemaining()) {
      channel.write(all);
    }
  }

  /** CRC-32C, turned and shifted as the format wants it. */
  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
