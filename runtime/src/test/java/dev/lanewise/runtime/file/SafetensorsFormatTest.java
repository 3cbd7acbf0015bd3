package dev.lanewise.runtime.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the format allows and forbids beyond damage: empty tensors, order, names, encodings; and where errors point. */
class SafetensorsFormatTest {
  private static final String A = "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}";

  @TempDir Path folder;

  private Path file(byte[] json, int valueBytes) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + valueBytes).order(ByteOrder.LITTLE_ENDIAN);
    return Files.write(folder.resolve("m.safetensors"), bytes.putLong(json.length).put(json).array());
  }

  private Path file(String json, int valueBytes) throws IOException {
    return file(json.getBytes(StandardCharsets.UTF_8), valueBytes);
  }

  private static void refuse(Path file, String message) {
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("m.safetensors: offset ")
        .hasMessageContaining(message);
  }

  @Test
  void scalarsAndEmptyTensorsComeBack() throws IOException {
    Path file = folder.resolve("m.safetensors");
    List<Tensor> tensors =
        List.of(
            new Tensor("empty", List.of(0, 3), new float[0]),
            new Tensor("scalar", List.of(), new float[] {2}),
            new Tensor("last", List.of(0), new float[0]));
    Safetensors.write(file, tensors, Map.of());
    assertThat(Safetensors.read(file).tensors().stream().map(Tensor::name)).containsExactly("empty", "scalar", "last");
  }

  @Test
  void tensorsOfSeveralPiecesComeBack() throws IOException {
    Random random = new Random(1);
    Path file = folder.resolve("m.safetensors");
    for (int size : new int[] {(1 << 18) - 1, 1 << 18, (1 << 18) + 1, 700_001}) {
      float[] values = new float[size];
      for (int i = 0; i < size; i++) {
        values[i] = random.nextFloat();
      }
      Safetensors.write(file, List.of(new Tensor("a", List.of(size), values)), Map.of());
      assertThat(Safetensors.read(file).tensors().getFirst().values()).isEqualTo(values);
    }
  }

  @Test
  void anEmptyTensorMayFollowInTheHeaderWhatItPrecedesInTheFile() throws IOException {
    String empty = "\"e\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}";
    assertThat(Safetensors.read(file("{" + A + "," + empty + "}", 4)).tensors()).hasSize(2);
  }

  @Test
  void dimensionsAreNotCutToInts() throws IOException {
    refuse(file("{\"a\":{\"dtype\":\"F32\",\"shape\":[0,4294967297],\"data_offsets\":[0,0]}}", 0), "4294967297");
  }

  @Test
  void metadataIsText() throws IOException {
    refuse(file("{\"__metadata__\":{\"k\":[1]}," + A + "}", 4), "__metadata__ holds texts only, not k = [1]");
  }

  @Test
  void badEncodingsAreRefused() throws IOException {
    byte[] latin = ("{" + A.replace("\"a", "\"\u00ff") + "}").getBytes(StandardCharsets.ISO_8859_1);
    refuse(file(latin, 4), "offset 10: the header is not UTF-8");
    // Digits of another script.
    refuse(file("{\"\\u\uff10\uff10\uff14\uff11\":0}", 0), "offset 12: the header is no such JSON: expected four hex");
    refuse(file("{" + A.replace("[1]", "[01]") + "}", 4), "without a leading zero");
  }

  @Test
  void errorsPointAtTheByte() throws IOException {
    // 8 bytes of length, then {"网络": which is 10 bytes.
    refuse(file("{\"网络\":?}", 0), "offset 18: ");
    String ue = A.replace("\"a\"", "\"ü\"");
    String half = "\"b\":{\"dtype\":\"F4\",\"shape\":[1],\"data_offsets\":[4,6]}";
    refuse(file("{" + ue + "," + half + "}", 6), "offset " + (8 + 1 + A.length() + 1 + 1) + ": b has dtype F4; there is [BOOL, U8,");
    refuse(file("{" + A + "}", 12), "offset " + (8 + A.length() + 2 + 4) + ": ");
    refuse(file("{" + A + "," + A + "}", 4), "offset " + (8 + 1 + A.length() + 1) + ": ");
  }

  @Test
  void manySmallValuesTakeLittleMemory() throws IOException {
    refuse(file("{\"a\":[" + "{},".repeat(2_000_000) + "{}]}", 0), "at most 1000000 values");
  }

  /** What the file claims would be more than the tests' heap: nothing may be set aside for it before it is known to be there. */
  @Test
  void claimsTakeNoMemory() throws IOException {
    refuse(file("{\"a\":{\"dtype\":\"U8\",\"shape\":[530000000],\"data_offsets\":[0,530000000]}}", 8), "the tensors end at");
    String many = "";
    for (int i = 0; i < 20; i++) {
      long begin = 100_000_000L * i;
      many += ",\"a" + i + "\":{\"dtype\":\"U8\",\"shape\":[100000000],\"data_offsets\":[" + begin + "," + (begin + 100_000_000) + "]}";
    }
    refuse(file("{" + many.substring(1) + "}", 8), "the tensors end at");
    Path giant = Files.write(
        folder.resolve("m.safetensors"), ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(99_000_000).array());
    refuse(giant, "a header of 99000000 bytes in a file of 16");
  }

  @Test
  void onlyWhatCanBeReadIsWritten() {
    Path file = folder.resolve("m.safetensors");
    assertThatThrownBy(() -> new Tensor("a", List.of(2, 2), new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[2, 2]");
    Tensor a = new Tensor("a", List.of(1), new float[1]);
    Tensor reserved = new Tensor("__metadata__", List.of(0), new float[0]);
    assertThatThrownBy(() -> Safetensors.write(file, List.of(a, a), Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Safetensors.write(file, List.of(reserved), Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aWrittenFileHasTheRightsOfAnyNewFile() throws IOException {
    Path plain = Files.createFile(folder.resolve("plain"));
    Path file = folder.resolve("m.safetensors");
    Safetensors.write(file, List.of(), Map.of());
    assertThat(Safetensors.read(file).tensors()).isEmpty();
    if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(plain));
    }
  }

  @Test
  void aFolderInTheWayIsKept() throws IOException {
    Path inTheWay = Files.createDirectory(folder.resolve("m.safetensors"));
    assertThatThrownBy(() -> Safetensors.write(inTheWay, List.of(), Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("found a folder");
    assertThat(folder.toFile().list()).containsExactly("m.safetensors");
    assertThat(inTheWay).isDirectory();
  }
}
