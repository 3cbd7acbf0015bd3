package dev.lanewise.runtime.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Reads the files back with a parser of its own: records, checksums bit by bit, and any protocol buffers. */
class TensorBoardTest {
  @Test
  void filesHoldWhatWasWritten() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(TensorBoard.head(1_750_000_000.25));
    file.writeBytes(TensorBoard.step(1_750_000_001.5, 1, Map.of("train.loss", 0.5)));
    file.writeBytes(TensorBoard.step(1_750_000_002, 300, Map.of("val.accuracy", 0.9375)));
    List<byte[]> records = records(ByteBuffer.wrap(file.toByteArray()));
    assertThat(records).hasSize(3);
    assertThat(text(fields(records.get(0)).get(3))).isEqualTo("brain.Event:2");
    assertThat(Double.longBitsToDouble((Long) fields(records.get(0)).get(1))).isEqualTo(1_750_000_000.25);
    assertThat(fields(records.get(1)).get(2)).isEqualTo(1L);
    assertThat(fields(records.get(2)).get(2)).isEqualTo(300L);
    Map<Integer, Object> value = fields((byte[]) fields((byte[]) fields(records.get(2)).get(5)).get(1));
    assertThat(text(value.get(1))).isEqualTo("val.accuracy");
    assertThat(Float.intBitsToFloat((Integer) value.get(2))).isEqualTo(0.9375f);
  }

  private static String text(Object bytes) {
    return new String((byte[]) bytes, StandardCharsets.UTF_8);
  }

  private static List<byte[]> records(ByteBuffer file) {
    file.order(ByteOrder.LITTLE_ENDIAN);
    List<byte[]> records = new ArrayList<>();
    while (file.hasRemaining()) {
      byte[] length = new byte[8];
      file.get(length);
      assertThat(file.getInt()).isEqualTo(masked(length));
      byte[] data = new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      file.get(data);
      assertThat(file.getInt()).isEqualTo(masked(data));
      records.add(data);
    }
    return records;
  }

  /** CRC-32C by its polynomial, one bit at a time. */
  private static int masked(byte[] bytes) {
    int crc = -1;
    for (byte b : bytes) {
      crc ^= b & 255;
      for (int i = 0; i < 8; i++) {
        crc = crc >>> 1 ^ ((crc & 1) == 1 ? 0x82f63b78 : 0);
      }
    }
    crc = ~crc;
    return (crc >>> 15 | crc << 17) + 0xa282ead8;
  }

  private static Map<Integer, Object> fields(byte[] message) {
    ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    Map<Integer, Object> fields = new LinkedHashMap<>();
    while (in.hasRemaining()) {
      long tag = varint(in);
      fields.put((int) (tag >>> 3), switch ((int) (tag & 7)) {
        case 0 -> varint(in);
        case 1 -> in.getLong();
        case 5 -> in.getInt();
        case 2 -> {
          byte[] bytes = new byte[(int) varint(in)];
          in.get(bytes);
          yield bytes;
        }
        default -> throw new IllegalStateException("wire type of " + tag);
      });
    }
    return fields;
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = in.get();
      value |= (long) (b & 127) << shift;
      if (b >= 0) {
        return value;
      }
    }
  }
}
