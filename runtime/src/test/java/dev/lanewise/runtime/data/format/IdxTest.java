package dev.lanewise.runtime.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdxTest {
  private static final Path SAMPLES = Path.of("../samples/mnist");
  private static final byte[] SMALL = {0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, (byte) 255};

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "train-images-idx3-ubyte, 6bbc9ace898e44ae57da46a324031adb, 16",
    "train-labels-idx1-ubyte, a25bea736e30d166cdddb491f175f624, 8",
    "t10k-images-idx3-ubyte, 2646ac647ad5339dbf082846283269ea, 16",
    "t10k-labels-idx1-ubyte, 27ae3e4e09519cfbb04c329615203637, 8"
  })
  void theValuesAreTheFilesBytes(String name, String md5, int header) throws Exception {
    Path file = SAMPLES.resolve(name + ".gz");
    byte[] unpacked = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(file))).readAllBytes();
    MessageDigest digest = MessageDigest.getInstance("MD5");
    digest.update(unpacked, 0, header);
    assertThat(HexFormat.of().formatHex(digest.digest(Idx.read(file).values()))).isEqualTo(md5);
  }

  @Test
  void compressionIsSeenInTheBytesNotTheName() throws IOException {
    for (byte[] bytes : new byte[][] {SMALL, gzip(SMALL)}) {
      for (String name : new String[] {"f", "f.gz"}) {
        Idx idx = Idx.read(Files.write(folder.resolve(name), bytes));
        assertThat(idx.dims()).containsExactly(2, 3);
        assertThat(idx.values()).containsExactly(1, 2, 3, 4, 5, -1);
      }
    }
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    for (byte[] whole : new byte[][] {SMALL, gzip(SMALL)}) {
      for (int length = 0; length < whole.length; length++) {
        refuse(Arrays.copyOf(whole, length), "f: offset ");
      }
    }
  }

  @Test
  void whatFollowsTheValuesIsRefused() throws IOException {
    refuse(Arrays.copyOf(SMALL, SMALL.length + 1), "f: offset 18: more bytes");
    refuse(gzip(Arrays.copyOf(SMALL, SMALL.length + 1)), "f: offset 18: more bytes");
  }

  @Test
  void mutationsAreReadOrRefused() throws IOException {
    byte[] packed = gzip(SMALL);
    for (long seed = 0; seed < 1000; seed++) {
      Random random = new Random(seed);
      byte[] mutated = (random.nextBoolean() ? SMALL : packed).clone();
      for (int i = 0; i <= random.nextInt(4); i++) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
      }
      Path file = Files.write(folder.resolve("f"), mutated);
      try {
        assertThat(Idx.read(file).values()).as("seed %d", seed).hasSizeLessThan(19);
      } catch (IOException refused) {
        assertThat(refused).as("seed %d", seed).hasMessageContaining("f: offset ");
      }
    }
  }

  @Test
  void aFileTooLargeForAnArrayIsRefused() throws IOException {
    Path file = folder.resolve("f");
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.write(SMALL);
      large.setLength(3L << 30);
    }
    assertThatThrownBy(() -> Idx.read(file)).isInstanceOf(IOException.class).hasMessageContaining("f: offset 18: ");
  }

  @Test
  void aFolderIsNotAFile() {
    assertThatThrownBy(() -> Idx.read(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(folder.getFileName() + ": expected a file");
  }

  @Test
  void ranksAboveFourAreNamedAsTheyAre() throws IOException {
    refuse(new byte[] {0, 0, 8, (byte) 200}, "offset 3: rank 200");
  }

  private void refuse(byte[] bytes, String message) throws IOException {
    Path file = Files.write(folder.resolve("f"), bytes);
    assertThatThrownBy(() -> Idx.read(file))
        .as(HexFormat.of().formatHex(bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }
}
