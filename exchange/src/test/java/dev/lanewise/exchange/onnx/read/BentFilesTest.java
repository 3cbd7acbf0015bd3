package dev.lanewise.exchange.onnx.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.dsl.exchange.Importer.Imported;
import dev.lanewise.dsl.exchange.Importer.Wishes;
import dev.lanewise.exchange.Bent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are changed at random: each is read, refused in words, or told to be no file of its kind. {@code -Dlanewise.bent=10000} tries more of them. */
class BentFilesTest {
  private static final int COUNT = Integer.getInteger("lanewise.bent", 200);
  private static final List<String> MODELS = List.of("cnn-old", "resnet-old", "lstm-old", "gru-old", "mobile-old", "unet-old", "vit-old", "two-old", "conv1-new", "gpt-old");

  @TempDir Path folder;

  private static byte[] model(String name) throws IOException {
    try (InputStream in = BentFilesTest.class.getResourceAsStream(name + ".onnx")) {
      return in.readAllBytes();
    }
  }

  @Test
  void bentFilesAreReadOrRefused() throws IOException {
    Path file = folder.resolve("bent.onnx");
    for (int seed = 0; seed < COUNT; seed++) {
      Random random = new Random(seed);
      Files.write(file, Bent.of(model(MODELS.get(random.nextInt(MODELS.size()))), random));
      try {
        Imported imported = new OnnxImporter().read(file, Wishes.NONE);
        if (imported.refusals().isEmpty()) {
          assertThat(Run.of(imported).net().layers()).as("seed %d", seed).isNotEmpty();
        } else {
          assertThat(imported.refusals()).as("seed %d", seed).allSatisfy(r -> assertThat(r.reason()).isNotBlank());
        }
      } catch (IOException e) {
        assertThat(e.getMessage()).as("seed %d", seed).isNotBlank();
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  @Test
  void whatIsNoSuchFileIsTold() throws IOException {
    Path text = Files.writeString(folder.resolve("text.onnx"), "this is no model");
    assertThatThrownBy(() -> new OnnxImporter().read(text, Wishes.NONE)).isInstanceOf(IOException.class).hasMessageContaining("is no ONNX file");
    assertThatThrownBy(() -> new OnnxImporter().read(folder.resolve("none.onnx"), Wishes.NONE)).isInstanceOf(IOException.class).hasMessageContaining("no such file");
    Path empty = Files.write(folder.resolve("empty.onnx"), new byte[0]);
    assertThatThrownBy(() -> new OnnxImporter().read(empty, Wishes.NONE)).isInstanceOf(IOException.class).hasMessageContaining("it has no graph");
  }
}
