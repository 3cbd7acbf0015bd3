package dev.lanewise.runtime.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.data.ArrayExamples;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.format.Idx;
import dev.lanewise.runtime.tensor.Shape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistTest {
  private static final Path SAMPLES = Path.of("../samples/mnist");

  @TempDir Path folder;

  @Test
  void theShippedFilesAreMnist() throws IOException {
    DataSplit mnist = Mnist.load(SAMPLES);
    assertThat(mnist.train().size()).isEqualTo(60_000);
    assertThat(mnist.test().size()).isEqualTo(10_000);
    assertThat(mnist.train().shape()).isEqualTo(Shape.of(1, 28, 28));
    assertThat(new int[] {mnist.train().label(0), mnist.train().label(1), mnist.test().label(0)}).containsExactly(5, 0, 7);
    DataSplit normal = mnist.normalizeAuto();
    float[] image = new float[784 * 16];
    mnist.train().read(0, image, 3, 16);
    assertThat(image[3 + 16 * (5 * 28 + 12)]).isEqualTo(3 / 255f);
    // The mean and standard deviation that every tutorial gives for MNIST.
    normal.train().read(0, image, 0, 1);
    assertThat(image[0]).isCloseTo(-0.1307f / 0.3081f, within(1e-3f));
  }

  @Test
  void splitsAreSeededAndDisjoint() throws IOException {
    DataSplit split = Mnist.load(SAMPLES).limit(100).validation(30, 1);
    assertThat(split.train().size()).isEqualTo(70);
    assertThat(split.validation().size()).isEqualTo(30);
    assertThat(labels(Mnist.load(SAMPLES).limit(100).validation(30, 1).validation())).isEqualTo(labels(split.validation()));
    assertThat(labels(Mnist.load(SAMPLES).limit(100).validation(30, 2).validation())).isNotEqualTo(labels(split.validation()));
    assertThatThrownBy(() -> split.validation(70, 1)).hasMessageContaining("1 to 69");
    assertThatThrownBy(() -> split.limit(0)).hasMessageContaining("at least 1");
  }

  /** Images that are mapped are the images that are read. */
  @Test
  void unpackedFilesCanBeMapped() throws IOException {
    for (String part : new String[] {"train", "t10k"}) {
      byte[] images = new byte[16 + 50 * 4];
      images[2] = 8;
      images[3] = 3;
      images[7] = 50;
      images[11] = 2;
      images[15] = 2;
      for (int i = 16; i < images.length; i++) {
        images[i] = (byte) (i * 7);
      }
      byte[] labels = new byte[8 + 50];
      labels[2] = 8;
      labels[3] = 1;
      labels[7] = 50;
      labels[57] = 9;
      Files.write(folder.resolve(part + "-images-idx3-ubyte"), images);
      Files.write(folder.resolve(part + "-labels-idx1-ubyte"), labels);
    }
    Dataset read = Mnist.load(folder, Long.MAX_VALUE).normalize(0.3f, 0.5f).train();
    Dataset mapped = Mnist.load(folder, 0).normalize(0.3f, 0.5f).train();
    assertThat(mapped).isInstanceOf(ArrayExamples.class);
    float[] expected = new float[4];
    float[] found = new float[4];
    for (int i = 0; i < 50; i++) {
      read.read(i, expected, 0, 1);
      mapped.read(i, found, 0, 1);
      assertThat(found).containsExactly(expected);
      assertThat(mapped.label(i)).isEqualTo(read.label(i));
    }
    Path images = folder.resolve("train-images-idx3-ubyte");
    Files.write(images, Arrays.copyOf(Files.readAllBytes(images), 215));
    assertThatThrownBy(() -> Mnist.load(folder, 0)).isInstanceOf(IOException.class)
        .hasMessageContaining("train-images-idx3-ubyte: offset 215: the file ends; dimensions [50, 2, 2] need 200 bytes from offset 16");
  }

  private static int[] labels(Dataset data) {
    int[] labels = new int[data.size()];
    Arrays.setAll(labels, data::label);
    return labels;
  }

  private byte[] labelFile() throws IOException {
    byte[] packed = Files.readAllBytes(SAMPLES.resolve("t10k-labels-idx1-ubyte.gz"));
    return new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes();
  }

  @Test
  void plainFilesAreReadToo() throws IOException {
    Path file = Files.write(folder.resolve("labels"), labelFile());
    assertThat(Idx.read(file).dims()).containsExactly(10_000);
  }

  @Test
  void truncationNamesFileAndOffset() throws IOException {
    byte[] whole = labelFile();
    for (int length : new int[] {0, 1, 3, 4, 7, 8, 100, whole.length - 1}) {
      Path file = Files.write(folder.resolve("labels"), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Idx.read(file))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("labels: offset " + length + ": the file ends");
    }
  }

  @Test
  void wrongHeadersAreRefused() throws IOException {
    refuse(new byte[] {'P', 'K', 3, 4, 0, 0, 0, 1, 0}, "not an IDX file");
    refuse(new byte[] {0, 0, 0x0D, 1, 0, 0, 0, 1, 0}, "offset 2: elements of type 0x0d");
    refuse(new byte[] {0, 0, 8, 9, 0, 0, 0, 1, 0}, "offset 3: rank 9");
    refuse(new byte[] {0, 0, 8, 1, -1, 0, 0, 1, 0}, "offset 4: a dimension of");
    refuse(new byte[] {0, 0, 8, 2, 127, 0, 0, 1, 127, 0, 0, 1, 0}, "over the limit");
    refuse(new byte[] {0, 0, 8, 1, 0, 0, 0, 1, 0, 0}, "offset 9: more bytes");
  }

  private void refuse(byte[] bytes, String message) throws IOException {
    Path file = Files.write(folder.resolve("f"), bytes);
    assertThatThrownBy(() -> Idx.read(file)).isInstanceOf(IOException.class).hasMessageContaining(message);
  }

  @Test
  void damagedGzipIsRefused() throws IOException {
    byte[] packed = Files.readAllBytes(SAMPLES.resolve("t10k-labels-idx1-ubyte.gz"));
    Path cut = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(packed, 2000));
    assertThatThrownBy(() -> Idx.read(cut)).isInstanceOf(IOException.class).hasMessageContaining("cut.gz");
    packed[packed.length / 2] ^= 0x55;
    Path flipped = Files.write(folder.resolve("flipped.gz"), packed);
    assertThatThrownBy(() -> Idx.read(flipped)).isInstanceOf(IOException.class).hasMessageContaining("flipped.gz");
  }

  @Test
  void missingFilesAreNamed() {
    assertThatThrownBy(() -> Mnist.load(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("train-images-idx3-ubyte.gz");
  }

  @Test
  void labelsMustFitTheImages() throws IOException {
    for (String part : new String[] {"train", "t10k"}) {
      Files.write(folder.resolve(part + "-images-idx3-ubyte"), new byte[] {0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 7});
      Files.write(folder.resolve(part + "-labels-idx1-ubyte"), new byte[] {0, 0, 8, 1, 0, 0, 0, 2, 1, 2});
    }
    assertThatThrownBy(() -> Mnist.load(folder)).hasMessageContaining("2 labels").hasMessageContaining("1 images");
  }

  private static byte[] idx(int... dims) {
    int size = IntStream.of(dims).reduce(1, (a, b) -> a * b);
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * dims.length + size).put(new byte[] {0, 0, 8, (byte) dims.length});
    IntStream.of(dims).forEach(bytes::putInt);
    for (int i = 0; i < size; i++) {
      bytes.put((byte) i);
    }
    return bytes.array();
  }

  private static byte[] labelled(int... labels) {
    byte[] bytes = idx(labels.length);
    for (int i = 0; i < labels.length; i++) {
      bytes[8 + i] = (byte) labels[i];
    }
    return bytes;
  }

  /** Both parts alike. @param set what stands before the names, with a hyphen */
  private void write(String set, String dot, String test, byte[] images, byte[] labels) throws IOException {
    for (String part : new String[] {"train", test}) {
      Files.write(folder.resolve(set + part + "-images" + dot + "idx3-ubyte"), images);
      Files.write(folder.resolve(set + part + "-labels" + dot + "idx1-ubyte"), labels);
    }
  }

  @Test
  void imagesOfAnySizeAndAnyClassesAreWhatTheyAre() throws IOException {
    write("", ".", "t10k", idx(3, 5, 6), labelled(0, 255, 1));
    Mnist opened = Mnist.open(folder, "", 0);
    assertThat(opened.shape()).isEqualTo(Shape.of(1, 5, 6));
    assertThat(opened.target().classes()).isEqualTo(256);
    assertThat(opened.load().train().label(1)).isEqualTo(255);
    assertThat(Mnist.open(folder, "", 0).notes()).isEmpty();
  }

  @Test
  void imagesMayHaveColours() throws IOException {
    write("", "-", "t10k", idx(2, 5, 6, 3), labelled(0, 1));
    DataSplit split = Mnist.load(folder);
    assertThat(split.train().shape()).isEqualTo(Shape.of(3, 5, 6));
    float[] read = new float[90];
    float[] mapped = new float[90];
    split.train().read(0, read, 0, 1);
    Mnist.load(folder, 0).train().read(0, mapped, 0, 1);
    assertThat(read[1]).isEqualTo(3 / 255f);
    assertThat(read[30]).isEqualTo(1 / 255f);
    assertThat(mapped).containsExactly(read);
  }

  @Test
  void lettersCountFromOneAndHaveNames() throws IOException {
    write("", "-", "t10k", idx(2, 4, 4), labelled(1, 26));
    Mnist numbered = Mnist.open(folder, "", 0);
    assertThat(numbered.target().classes()).isEqualTo(26);
    assertThat(numbered.notes()).containsExactly("labels from 1 on");
    DataSplit split = numbered.load();
    assertThat(split.classNames()).hasSize(26).startsWith("1", "2").endsWith("26");
    assertThat(split.train().label(1)).isEqualTo(25);
  }

  /** EMNIST has rows for columns: read or mapped, they change places. */
  @Test
  void setsOfEmnistAreToldApartAndTurned() throws IOException {
    write("emnist-letters-", "-", "test", idx(2, 4, 4), labelled(1, 26));
    DataSplit letters = Mnist.load(folder);
    assertThat(letters.classNames()).startsWith("a", "b").endsWith("z");
    float[] read = new float[16];
    float[] mapped = new float[16];
    letters.train().read(1, read, 0, 1);
    Mnist.load(folder, 0).train().read(1, mapped, 0, 1);
    assertThat(read[1]).isEqualTo((16 + 4) / 255f);
    assertThat(mapped).containsExactly(read);
    write("emnist-balanced-", "-", "test", idx(2, 4, 4), labelled(0, 46));
    assertThatThrownBy(() -> Mnist.load(folder)).isInstanceOf(IOException.class)
        .hasMessageContaining("several sets are there, emnist-balanced, emnist-letters: say which with set = \"emnist-balanced\"");
    assertThat(Mnist.open(folder, "emnist-balanced", 0).load().classNames()).hasSize(47).startsWith("0").endsWith("r", "t");
    assertThatThrownBy(() -> Mnist.open(folder, "letters", 0)).hasMessageContaining("has no set `letters`; there is emnist-balanced, emnist-letters");
  }

  @Test
  void theTwoPartsHaveTheSameSize() throws IOException {
    write("", "-", "t10k", idx(2, 4, 4), labelled(0, 1));
    Files.write(folder.resolve("t10k-images-idx3-ubyte"), idx(2, 4, 5));
    assertThatThrownBy(() -> Mnist.load(folder)).hasMessageContaining("images of 1x4x5, but those to train on are 1x4x4");
    Files.write(folder.resolve("t10k-images-idx3-ubyte"), idx(2, 4));
    assertThatThrownBy(() -> Mnist.load(folder)).hasMessageContaining("offset 3: rank 2, images need 3, or 4 with colours");
    byte[] floats = idx(2, 4, 4);
    floats[2] = 0x0d;
    Files.write(folder.resolve("t10k-images-idx3-ubyte"), floats);
    assertThatThrownBy(() -> Mnist.load(folder)).hasMessageContaining("offset 2: elements of type 0x0d, floats; only unsigned bytes");
  }
}
