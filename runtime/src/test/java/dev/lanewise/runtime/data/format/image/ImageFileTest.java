package dev.lanewise.runtime.data.format.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.runtime.data.Mutants;
import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that Pillow wrote: see kinds.py. */
class ImageFileTest {
  static final Path IMAGES = Path.of("src/test/resources/dev/lanewise/runtime/data/format/images");

  @TempDir Path folder;

  private static int[] levels(Path file, int channels, int size) throws IOException {
    byte[] bytes = ImageFile.square(file, channels, size);
    int[] levels = new int[bytes.length];
    Arrays.setAll(levels, i -> bytes[i] & 255);
    return levels;
  }

  /** Of the image in 8x8, the middles of the quarters. */
  private static int[] quarters(Path file, int channel, int channels) throws IOException {
    int[] levels = levels(file, channels, 8);
    int from = 64 * channel;
    return new int[] {levels[from + 9], levels[from + 14], levels[from + 49], levels[from + 54]};
  }

  private static void assertClose(int[] found, int within, int... expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i]).as(Arrays.toString(found)).isBetween(expected[i] - within, expected[i] + within);
    }
  }

  private Path file(String name, String text) throws IOException {
    return Files.write(folder.resolve(name), text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lies1.jpg", "lies2.jpg", "lies3.jpg", "lies4.jpg", "lies5.jpg", "lies6.jpg", "lies7.jpg", "lies8.jpg",
      "lies6.png", "lies6.tif", "lies6.webp", "grey.pgm", "grey16.tif"})
  void imagesAreTurnedUpright(String name) throws IOException {
    assertClose(quarters(IMAGES.resolve(name), 0, 1), 2, 0, 200, 120, 60);
  }

  @ParameterizedTest
  @CsvSource({"lossy.webp, 12", "lossless.webp, 0", "print.jpg, 3", "colour.ppm, 0"})
  void coloursAreThoseOfTheImage(String name, int within) throws IOException {
    Path file = IMAGES.resolve(name);
    assertClose(quarters(file, 0, 3), within, 255, 0, 0, 255);
    assertClose(quarters(file, 1, 3), within, 0, 255, 0, 255);
    assertClose(quarters(file, 2, 3), within, 0, 0, 255, 255);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bits.pbm", "bits.tif"})
  void bitsAreBlackAndWhite(String name) throws IOException {
    assertClose(quarters(IMAGES.resolve(name), 0, 1), 0, 0, 255, 255, 0);
  }

  @ParameterizedTest
  @CsvSource({"dark.png, 255, 0", "dark.webp, 255, 0", "dark-lossless.webp, 255, 0", "dark.gif, 255, 40", "light.png, 0, 230"})
  void inkOnNothingIsSeen(String name, int ground, int ink) throws IOException {
    int[] levels = levels(IMAGES.resolve(name), 1, 8);
    assertThat(levels[0]).isEqualTo(ground);
    assertClose(new int[] {levels[8 * 4 + 4]}, 4, ink);
  }

  @Test
  void netpbmAsText() throws IOException {
    Path grey = file("a.pgm", "P2 # a comment\n2 #another\n2\n4\n0 4\n2 # and here\n 1\n");
    assertThat(levels(grey, 1, 2)).containsExactly(0, 255, 128, 64);
    assertThat(levels(file("a.pbm", "P1\n2 2\n01\n1 0"), 1, 2)).containsExactly(255, 0, 0, 255);
    assertThat(levels(file("a.ppm", "P3\n1 1\n255\n1 2 3"), 3, 1)).containsExactly(1, 2, 3);
    assertThat(levels(file("b.pgm", "P5\n2 1\n1023\n\u0003\u00ff\u0000\u0000"), 1, 2)).containsExactly(255, 0, 255, 0);
    assertThatThrownBy(() -> ImageFile.square(file("c.pgm", "P2\n2 2\n4\n0 5"), 1, 2))
        .hasMessageContaining("c.pgm: offset ").hasMessageContaining("a value of 5, above the greatest, 4");
    assertThatThrownBy(() -> ImageFile.square(file("d.pgm", "P2\n2 2\n4\n0 1 1"), 1, 2)).hasMessageContaining("the file ends");
    assertThatThrownBy(() -> ImageFile.square(file("e.pgm", "P5\n90000 90000\n255\n"), 1, 2)).hasMessageContaining("90000x90000 pixels");
  }

  @Test
  void whatIsNotReadIsToldByName() throws IOException {
    assertThatThrownBy(() -> ImageFile.square(IMAGES.resolve("colour.avif"), 1, 4))
        .hasMessage(IMAGES.resolve("colour.avif") + ": offset 0: an AVIF image: convert it to PNG");
    assertTold("\0\0\0\u0018ftypheic", "a HEIC image: convert it to PNG");
    assertTold("<?xml version=\"1.0\"?>\n<!-- drawn -->\n<svg xmlns", "an SVG drawing: convert it to PNG");
    assertTold("8BPS\0\u0001", "a Photoshop image: convert it to PNG");
    assertTold("\n<!DOCTYPE html><svg>", "a web page, not an image: download the image itself");
    assertTold("version https://git-lfs.github.com/spec/v1\n", "a pointer of Git LFS, not an image: `git lfs pull` fetches the image");
    assertTold("", "the file is empty");
    assertTold("words", "not an image of a known format");
  }

  private void assertTold(String bytes, String told) throws IOException {
    Path file = file("x.png", bytes);
    assertThatThrownBy(() -> ImageFile.square(file, 1, 4)).isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + ": offset 0: " + told);
  }

  @Test
  void imagesAreMeantByEndingOrFirstBytes() throws IOException {
    assertThat(ImageFile.isMeant(file("a.PNG", ""))).isTrue();
    assertThat(ImageFile.isMeant(file("a.heic", "\0\0\0\u0018ftypheic"))).isTrue();
    assertThat(ImageFile.isMeant(file("b", "\u00ff\u00d8\u00ff\u00e0"))).isTrue();
    assertThat(ImageFile.isMeant(file("BMW.txt", "BMW and others"))).isFalse();
    assertThat(ImageFile.isMeant(file("page", "<html><body>"))).isFalse();
    assertThat(ImageFile.isMeant(file("labels.csv", "a,b\n1,2\n"))).isFalse();
  }

  @Test
  void numbersWithoutAWhiteAreRefused() {
    assertThatThrownBy(() -> ImageFile.square(IMAGES.resolve("float.tif"), 1, 4))
        .hasMessageContaining("float.tif: offset ").hasMessageContaining("its numbers are floating-point");
  }

  /** A camera's files are often cut off by a full card. */
  @ParameterizedTest
  @ValueSource(strings = {"lies1.jpg", "lossy.webp", "lossless.webp", "grey.pgm", "grey16.tif"})
  void whatIsCutOffIsRefused(String name) throws IOException {
    byte[] whole = Files.readAllBytes(IMAGES.resolve(name));
    Path cut = Files.write(folder.resolve("cut." + name), Arrays.copyOf(whole, whole.length * 9 / 10));
    assertThatThrownBy(() -> ImageFile.square(cut, 1, 4)).isInstanceOf(IOException.class).hasMessageContaining("cut." + name + ": offset ");
  }

  @Test
  void mutantsAreReadOrRefused() throws IOException {
    String[] names = {"lies6.jpg", "lies6.png", "lies6.tif", "lossy.webp", "lossless.webp", "dark.webp", "dark.gif", "print.jpg",
        "grey16.tif", "bits.tif", "colour.ppm", "bits.pbm"};
    int refused = 0;
    for (long seed = 0; seed < 1_200; seed++) {
      String name = names[(int) (seed % names.length)];
      Path file = Files.write(folder.resolve("m." + name), Mutants.of(Files.readAllBytes(IMAGES.resolve(name)), seed));
      try {
        ImageFile.square(file, 3, 5);
      } catch (IOException e) {
        assertThat(e).as("seed %d", seed).hasMessageContaining("m." + name + ": offset ");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(150);
  }

  /** A palette's chunks are looked at by the decoder; a text that unpacks to a gigabyte is none of its business. */
  @Test
  void aTextThatUnpacksToAGigabyteIsNotUnpacked() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    packed.writeBytes("note\0\0".getBytes(StandardCharsets.ISO_8859_1));
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 200; i++) {
        out.write(zeros);
      }
    }
    ByteArrayOutputStream profile = new ByteArrayOutputStream();
    profile.writeBytes(packed.toByteArray());
    ByteBuffer image = ByteBuffer.allocate(2_000_000);
    image.put("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1));
    chunk(image, "IHDR", new byte[] {0, 0, 0, 1, 0, 0, 0, 1, 8, 3, 0, 0, 0});
    chunk(image, "iCCP", profile.toByteArray());
    chunk(image, "PLTE", new byte[] {7, 8, 9});
    chunk(image, "zTXt", packed.toByteArray());
    ByteArrayOutputStream pixel = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(pixel)) {
      out.write(new byte[2]);
    }
    chunk(image, "IDAT", pixel.toByteArray());
    chunk(image, "IEND", new byte[0]);
    Path file = Files.write(folder.resolve("bomb.png"), Arrays.copyOf(image.array(), image.position()));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThat(levels(file, 3, 1)).containsExactly(7, 8, 9);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(50_000_000);
  }

  private static void chunk(ByteBuffer to, String name, byte[] content) {
    byte[] named = name.getBytes(StandardCharsets.ISO_8859_1);
    CRC32 crc = new CRC32();
    crc.update(named);
    crc.update(content);
    to.putInt(content.length).put(named).put(content).putInt((int) crc.getValue());
  }
}
