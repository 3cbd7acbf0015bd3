package dev.lanewise.runtime.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Mutants;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that Pillow wrote, and what PyTorch makes of them: see images.py. */
class ImageFolderTest {
  private static final Path IMAGES = Path.of("src/test/resources/dev/lanewise/runtime/data/source/images");

  @TempDir Path folder;

  private void put(String name, String image) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.copy(IMAGES.resolve(image), file);
  }

  private Dataset load(int size, boolean colour) throws IOException {
    return ImageFolder.open(folder, Optional.empty(), size, colour).load().train();
  }

  private static float[] levels(Dataset data, int index) {
    float[] out = new float[data.shape().size()];
    data.read(index, out, 0, 1);
    for (int i = 0; i < out.length; i++) {
      out[i] *= 255;
    }
    return out;
  }

  @ParameterizedTest
  @ValueSource(strings = {"colour.png", "colour.bmp"})
  void imagesAreBroughtToSizeAsPyTorchDoesIt(String name) throws IOException {
    put("a/1." + name, name);
    put("b/1." + name, name);
    int compared = 0;
    for (String line : Files.readAllLines(IMAGES.resolve("pytorch.txt"))) {
      String[] words = line.split(" ");
      int size = Integer.parseInt(words[0]);
      boolean colour = words[1].equals("3");
      float[] levels = levels(load(size, colour), 0);
      assertThat(levels).hasSize(words.length - 2);
      for (int i = 0; i < levels.length; i++) {
        // Pixels are kept as bytes.
        assertThat(levels[i]).as("%s, value %d", line.substring(0, 6), i)
            .isCloseTo(Float.parseFloat(words[i + 2]), within(0.52f));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(3_000);
  }

  /** Java itself would make grey images brighter. */
  @Test
  void greyStaysAsItIsStored() throws IOException {
    put("a/1.png", "grey.png");
    put("b/1.png", "grey16.png");
    Dataset data = load(10, false);
    assertThat(levels(data, 0)).containsExactly(levels(data, 1), within(1f));
    put("a/2.gif", "palette.gif");
    put("b/2.png", "colour.png");
    Dataset red = ImageFolder.open(folder, Optional.empty(), 10, true).load().train();
    float[] expected = levels(data, 0);
    for (int i = 0; i < 100; i++) {
      assertThat(levels(red, 2)[i]).isCloseTo(expected[i], within(17f));
      assertThat(levels(red, 3)[i]).isCloseTo(expected[i], within(1f));
    }
  }

  @Test
  void classesAreSortedAndTakeTurns() throws IOException {
    for (String name : new String[] {"b/2.png", "b/10.PNG", "c/x.png", "a/1.png", "a/3.png", "a/2.png"}) {
      put(name, "grey.png");
    }
    Files.writeString(folder.resolve("a/notes.txt"), "no image");
    Files.writeString(folder.resolve("a/.hidden.png"), "no image");
    DataSplit data = ImageFolder.open(folder, Optional.empty(), 4, false).load();
    assertThat(data.classNames()).containsExactly("a", "b", "c");
    int[] labels = new int[data.train().size()];
    Arrays.setAll(labels, data.train()::label);
    assertThat(labels).containsExactly(0, 1, 2, 0, 1, 0);
    assertThat(data.train().shape()).isEqualTo(Shape.of(1, 4, 4));
  }

  /** As they are where there are more of them than memory has room for. */
  @Test
  void imagesThatStayInTheirFilesHaveTheSameBits() throws IOException {
    for (String name : new String[] {"b/2.png", "b/10.png", "c/x.png", "a/1.png", "a/3.png"}) {
      put(name, name.startsWith("a") ? "colour.png" : "grey.png");
    }
    Dataset held = load(5, true);
    Dataset filed = ImageFolder.open(folder, Optional.empty(), 5, true, 10).load().train();
    assertThat(held.isOnDisk()).isFalse();
    assertThat(filed.isOnDisk()).isTrue();
    assertThat(filed.measured()).isEqualTo(held.measured());
    for (Normalization scale : List.of(Normalization.none(held.shape()), held.measured())) {
      Dataset a = held.normalized(scale), b = filed.normalized(scale);
      for (int i = 0; i < held.size(); i++) {
        assertThat(levels(b, i)).isEqualTo(levels(a, i));
        assertThat(b.label(i)).isEqualTo(a.label(i));
      }
      float[] blockA = new float[16 * a.shape().size()], blockB = blockA.clone();
      a.readBlock(new int[] {4, 0, 2}, 0, 3, blockA, 0);
      b.readBlock(new int[] {4, 0, 2}, 0, 3, blockB, 0);
      assertThat(blockB).isEqualTo(blockA);
    }
    Files.writeString(folder.resolve("c/x.png"), "this is a text");
    Dataset broken = ImageFolder.open(folder, Optional.empty(), 5, true, 10).load().train();
    assertThatThrownBy(() -> levels(broken, 2)).isInstanceOf(UncheckedIOException.class).hasMessageContaining("x.png: offset 0: not an image of a known format");
  }

  @Test
  void aBrokenImageIsNamed() throws IOException {
    put("a/1.png", "grey.png");
    put("b/1.png", "grey.png");
    byte[] whole = Files.readAllBytes(IMAGES.resolve("colour.png"));
    Files.write(folder.resolve("b/2.png"), Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> load(4, false)).isInstanceOf(IOException.class)
        .hasMessageContaining("2.png: offset ").hasMessageContaining("the image cannot be decoded");
    Files.writeString(folder.resolve("b/2.png"), "this is a text");
    assertThatThrownBy(() -> load(4, false)).hasMessageContaining("2.png: offset 0: not an image of a known format");
  }

  @Test
  void aHeaderThatPromisesAHugeImageIsRefused() throws IOException {
    put("a/1.png", "grey.png");
    byte[] png = Files.readAllBytes(IMAGES.resolve("grey.png"));
    png[18] = 0x7f;
    png[22] = 0x7f;
    Files.createDirectories(folder.resolve("b"));
    Files.write(folder.resolve("b/1.png"), png);
    assertThatThrownBy(() -> load(4, false)).isInstanceOf(IOException.class).hasMessageContaining("1.png: offset ");
  }

  @Test
  void mutantsAreReadOrRefused() throws IOException {
    put("a/1.png", "grey.png");
    Files.createDirectories(folder.resolve("b"));
    int refused = 0;
    for (long seed = 0; seed < 1_500; seed++) {
      String name = new String[] {"colour.png", "grey16.png", "colour.bmp", "palette.gif"}[(int) (seed % 4)];
      Files.write(folder.resolve("b/1.png"), Mutants.of(Files.readAllBytes(IMAGES.resolve(name)), seed));
      try {
        assertThat(load(4, true).size()).isEqualTo(2);
      } catch (IOException e) {
        assertThat(e).as("seed %d", seed).hasMessageContaining("1.png: offset ");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(300);
  }

  @Test
  void aFolderNeedsClasses() throws IOException {
    put("a/1.png", "grey.png");
    assertThatThrownBy(() -> load(4, false))
        .hasMessageContaining("expected a subfolder for each class, two at least, found one, a");
  }

  @Test
  void foldersThatAreNoClassesAreTold() throws IOException {
    assertThatThrownBy(() -> load(4, false)).hasMessageContaining("it has neither folders nor images");
    put("1.png", "grey.png");
    put("2.png", "grey.png");
    assertThatThrownBy(() -> load(4, false)).hasMessageContaining("it has images (2), but no folders: `classify` of a trained network");
    assertThat(ImageFolder.files(folder)).containsExactly(folder.resolve("1.png"), folder.resolve("2.png"));
    put("train/a/1.png", "grey.png");
    put("train/b/1.png", "grey.png");
    assertThatThrownBy(() -> load(4, false)).hasMessageContaining("write `images(\"" + folder + "/train\")`");
    put("Val/a/1.png", "grey.png");
    assertThatThrownBy(() -> load(4, false))
        .hasMessageContaining("write `images(\"" + folder + "/train\", test = \"" + folder + "/Val\")`");
  }

  @Test
  void aFolderAroundTheClassesIsTold() throws IOException {
    put("pets/a/1.png", "grey.png");
    put("pets/b/1.png", "grey.png");
    put("__MACOSX/pets/._1.png", "grey.png");
    assertThatThrownBy(() -> load(4, false)).hasMessageContaining("its only folder, pets, has the folders of the classes");
    assertThatThrownBy(() -> ImageFolder.open(folder.resolve("pets/a/1.png"), Optional.empty(), 4, false))
        .hasMessageContaining("expected a folder with a subfolder for each class, found a file");
  }

  @Test
  void anEmptyClassIsTold() throws IOException {
    put("a/1.png", "grey.png");
    Files.createDirectories(folder.resolve("b"));
    assertThatThrownBy(() -> load(4, false)).hasMessageContaining("b: there are no images of this class: put some there");
    put("b/more/1.png", "grey.png");
    assertThatThrownBy(() -> load(4, false)).hasMessageContaining("only further folders");
    assertThatThrownBy(() -> ImageFolder.files(folder)).hasMessageContaining("there are no images in this folder");
  }

  /** By what they are, not by what they are called. */
  @Test
  void imagesOfOtherEndingsAreNotPassedOver() throws IOException {
    put("a/1", "grey.png");
    put("b/1.dat", "palette.gif");
    assertThat(load(4, false).size()).isEqualTo(2);
    Files.writeString(folder.resolve("b/2.heic"), "\0\0\0\u0018ftypheic");
    assertThatThrownBy(() -> load(4, false)).hasMessageContaining("2.heic: offset 0: a HEIC image: convert it to PNG");
  }
}
