package dev.lanewise.runtime.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Normalization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar10Test {
  private static final int RECORD = 3073;

  @TempDir Path folder;

  /** Two images a file; the first pixel of each colour tells file, image and colour. */
  private void write(Path to) throws IOException {
    Files.createDirectories(to);
    for (int file = 1; file <= 6; file++) {
      byte[] bytes = new byte[2 * RECORD];
      for (int image = 0; image < 2; image++) {
        bytes[image * RECORD] = (byte) file;
        for (int colour = 0; colour < 3; colour++) {
          bytes[image * RECORD + 1 + colour * 1024] = (byte) (file * 40 + image * 10 + colour);
        }
      }
      Files.write(to.resolve(file == 6 ? "test_batch.bin" : "data_batch_" + file + ".bin"), bytes);
    }
  }

  @Test
  void theSixFilesAreRead() throws IOException {
    write(folder.resolve("cifar-10-batches-bin"));
    DataSplit data = Cifar10.load(folder);
    assertThat(data.train().size()).isEqualTo(10);
    assertThat(data.test().size()).isEqualTo(2);
    assertThat(data.className(3)).isEqualTo("cat");
    float[] out = new float[3072];
    data.train().read(7, out, 0, 1);
    assertThat(data.train().label(7)).isEqualTo(4);
    for (int colour = 0; colour < 3; colour++) {
      assertThat(Math.round(out[colour * 1024] * 255)).isEqualTo(170 + colour);
    }
  }

  @Test
  void eachChannelIsNormalisedByItself() throws IOException {
    write(folder);
    Dataset normal = Cifar10.load(folder).normalize(new Normalization(new float[] {0, 1, 2}, new float[] {1, 2, 4}))
        .train();
    float[] out = new float[3072];
    normal.read(0, out, 0, 1);
    assertThat(out[1]).isZero();
    assertThat(out[1025]).isEqualTo(-0.5f);
    assertThat(out[2049]).isEqualTo(-0.5f);
    assertThat(normal.zero(2)).isEqualTo(-0.5f);
  }

  @Test
  void whatIsBrokenIsRefused() throws IOException {
    write(folder);
    Path file = folder.resolve("data_batch_2.bin");
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));
    assertThatThrownBy(() -> Cifar10.load(folder)).isInstanceOf(IOException.class)
        .hasMessageContaining("data_batch_2.bin: offset 6145: the file ends");
    whole[RECORD] = 10;
    Files.write(file, whole);
    assertThatThrownBy(() -> Cifar10.load(folder))
        .hasMessageContaining("data_batch_2.bin: offset 3073: label 10, expected 0 to 9");
    Files.delete(file);
    assertThatThrownBy(() -> Cifar10.load(folder)).isInstanceOf(IOException.class)
        .hasMessageContaining("data_batch_2.bin");
  }
}
