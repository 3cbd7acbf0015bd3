package dev.lanewise.runtime.file;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Numbers for TensorBoard: a file of records (length, checksum, data, checksum), each an Event message of protocol buffers with a
 * summary of scalars. The few fields that are needed are written by hand: tensorflow/core/util/event.proto, summary.proto.
 *
 * <pre>{@code
 * out.write(TensorBoard.head(begun));
 * out.write(TensorBoard.step(begun + 2.5, 1, Map.of("train.loss", 0.5)));
 * }</pre>
 */
public final class TensorBoard {
  private TensorBoard() {}

  /** What such a file is called: TensorBoard reads all of a folder whose names begin so. @param id tells it from the others there */
  public static String name(String id) {
    return "events.out.tfevents." + id + ".lanewise";
  }

  /** How a file begins. @param time seconds since 1970 */
  public static byte[] head(double time) {
    return record(event(time, 0, bytes(3, "brain.Event:2".getBytes(StandardCharsets.UTF_8))));
  }

  /** The numbers of a step. @param time seconds since 1970 */
  public static byte[] step(double time, long step, Map<String, Double> values) {
    ByteArrayOutputStream summary = new ByteArrayOutputStream();
    values.forEach((tag, value) -> {
      ByteArrayOutputStream one = new ByteArrayOutputStream();
      one.writeBytes(bytes(1, tag.getBytes(StandardCharsets.UTF_8)));
      one.write(2 << 3 | 5);
      one.writeBytes(little(4).putFloat(value.floatValue()).array());
      summary.writeBytes(bytes(1, one.toByteArray()));
    });
    return record(event(time, step, bytes(5, summary.toByteArray())));
  }

  /** wall_time = 1, step = 2, and what else there is. */
  private static byte[] event(double time, long step, byte[] what) {
    ByteArrayOutputStream event = new ByteArrayOutputStream();
    event.write(1 << 3 | 1);
    event.writeBytes(little(8).putDouble(time).array());
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

  private static byte[] record(byte[] data) {
    byte[] length = little(8).putLong(data.length).array();
    return little(16 + data.length).put(length).putInt(checksum(length)).put(data).putInt(checksum(data)).array();
  }

  /** CRC-32C, turned and shifted as the format wants it. */
  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
  }
}
