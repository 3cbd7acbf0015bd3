package dev.lanewise.runtime.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of archives that {@code src/test/python/medical.py} made up. */
class MedMnistTest {
  private static final Path FOLDER = Path.of("src/test/resources/dev/lanewise/runtime/data/source/medical");

  private static DataSplit load(String name) throws IOException {
    return MedMnist.named(name).orElseThrow().load(FOLDER);
  }

  @Test
  void greyImagesInThreePartsAreRead() throws IOException {
    DataSplit data = load("pneumonia");
    assertThat(data.train().size()).isEqualTo(48);
    assertThat(data.validation().size()).isEqualTo(16);
    assertThat(data.test().size()).isEqualTo(24);
    assertThat(data.train().shape()).isEqualTo(Shape.of(1, 28, 28));
    assertThat(data.classNames()).containsExactly("normal", "pneumonia");
    assertThat(data.world().input()).isEqualTo(new World.Input.Picture(World.Preparation.PLAIN));
    float[] image = new float[784];
    data.validation().read(1, image, 0, 1);
    assertThat(data.validation().label(1)).isEqualTo(1);
    assertThat(Math.round(image[0] * 255)).isEqualTo(80);
  }

  @Test
  void coloursAreChannels() throws IOException {
    DataSplit data = load("blood");
    assertThat(data.test().shape()).isEqualTo(Shape.of(3, 28, 28));
    assertThat(data.className(7)).isEqualTo("platelet");
    float[] image = new float[3 * 784];
    data.test().read(15, image, 0, 1);
    for (int c = 0; c < 3; c++) {
      assertThat(Math.round(image[c * 784] * 255)).isEqualTo(60 + 7 * 20 + c * 5);
    }
  }

  @Test
  void anotherSetIsRefused(@TempDir Path folder) throws IOException {
    Files.copy(FOLDER.resolve("bloodmnist.npz"), folder.resolve("pneumoniamnist.npz"));
    assertThatThrownBy(() -> MedMnist.named("pneumonia").orElseThrow().load(folder)).isInstanceOf(IOException.class)
        .hasMessageContaining("pneumoniamnist.npz: images of 3x28x28 in 8 classes, expected 1x28x28 in 2");
    assertThatThrownBy(() -> load("derma")).isInstanceOf(IOException.class).hasMessageContaining("dermamnist.npz");
  }
}
