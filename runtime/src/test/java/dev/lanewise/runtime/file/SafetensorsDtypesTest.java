package dev.lanewise.runtime.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every dtype against NumPy and PyTorch, bit by bit; the numbers come from src/test/python/dtypes.py. */
class SafetensorsDtypesTest {
  @TempDir private Path folder;

  private record Line(String dtype, byte[] bytes, int[] bits) {}

  private static List<Line> lines() throws IOException {
    try (InputStream in = SafetensorsDtypesTest.class.getResourceAsStream("dtypes.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().map(l -> l.split(" "))
          .map(l -> new Line(
              l[0], HexFormat.of().parseHex(l[1]), Arrays.stream(l).skip(2).mapToInt(HexFormat::fromHexDigits).toArray()))
          .toList();
    }
  }

  @Test
  void everyDtypeHasItsLine() throws IOException {
    assertThat(lines().stream().map(Line::dtype)).containsExactlyInAnyOrderElementsOf(
        Arrays.stream(Dtype.values()).map(Dtype::name).toList());
  }

  /** All in one file, so that values of one byte lie before those of eight. */
  @Test
  void everyDtypeIsReadAsTheNearestFloat() throws IOException {
    List<Line> lines = lines();
    List<String> entries = new ArrayList<>();
    int end = 0;
    for (Line l : lines) {
      entries.add(entry(l.dtype, l.dtype, l.bits.length, end, end += l.bytes.length));
    }
    ByteBuffer values = ByteBuffer.allocate(end);
    lines.forEach(l -> values.put(l.bytes));
    List<Tensor> tensors = Safetensors.read(file("{" + String.join(",", entries) + "}", values.array())).tensors();
    for (int i = 0; i < lines.size(); i++) {
      float[] read = tensors.get(i).values();
      int[] bits = new int[read.length];
      Arrays.setAll(bits, k -> Float.floatToRawIntBits(read[k]));
      assertThat(bits).as(lines.get(i).dtype).isEqualTo(lines.get(i).bits);
    }
  }

  @Test
  void valuesOfSeveralPiecesComeBack() throws IOException {
    int count = (1 << 18) + 3;
    ByteBuffer values = ByteBuffer.allocate(8 * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      values.putLong(i);
    }
    float[] read = Safetensors.read(file("{" + entry("a", "I64", count, 0, 8 * count) + "}", values.array())).tensors().getFirst().values();
    for (int i = 0; i < count; i++) {
      assertThat(read[i]).isEqualTo(i);
    }
  }

  private static String entry(String name, String dtype, int count, int begin, int end) {
    return "\"" + name + "\":{\"dtype\":\"" + dtype + "\",\"shape\":[" + count + "],\"data_offsets\":[" + begin + "," + end + "]}";
  }

  private Path file(String header, byte[] values) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + values.length).order(ByteOrder.LITTLE_ENDIAN);
    return Files.write(folder.resolve("m.safetensors"), bytes.putLong(json.length).put(json).put(values).array());
  }
}
