package dev.lanewise.exchange.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.lanewise.dsl.exchange.Importer.Imported;
import dev.lanewise.dsl.exchange.Importer.Refusal;
import dev.lanewise.dsl.exchange.Importer.Wishes;
import dev.lanewise.dsl.parse.Layout;
import dev.lanewise.exchange.onnx.read.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small models of Keras 3, in its own files and as HDF5; {@code keras_fixtures.py} writes them, with what they make of an example. */
class KerasImporterTest {
  @TempDir Path folder;

  private static Path resource(String name) {
    return Path.of("src/test/resources/keras").resolve(name);
  }

  private static Imported imported(Path file) throws IOException {
    return new KerasImporter().read(file, new Wishes("Net", Map.of(), false));
  }

  private static List<double[]> numbers(String model, String kind) throws IOException {
    return Files.readAllLines(resource(model.replaceFirst("\\..*", ".txt"))).stream().filter(l -> l.startsWith(kind + " "))
        .map(l -> Arrays.stream(l.split(" ")).skip(1).mapToDouble(Double::parseDouble).toArray()).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "rows.keras", "rows.h5", "graph.keras", "up.keras", "words.keras", "words.h5", "waves.keras", "attention.keras", "attention.h5", "nested.keras", "nested.h5", "digits.keras", "table.keras",
    "small.keras", "small.h5", "pools.keras", "pools.h5"})
  void modelsGiveWhatKerasSays(String model) throws IOException {
    Imported imported = imported(resource(model));
    assertThat(imported.refusals()).isEmpty();
    assertThat(Layout.of(imported.text())).isEqualTo(imported.text());
    List<double[]> found = Run.of(imported).outputs(numbers(model, "in")), wanted = numbers(model, "out");
    assertThat(found).hasSameSizeAs(wanted);
    for (int i = 0; i < found.size(); i++) {
      assertThat(Run.difference(found.get(i), wanted.get(i))).as(imported.text()).isLessThan(1e-5);
    }
  }

  @Test
  void layersHaveTheModelsNamesAndPaddingIsTheirOwn() throws IOException {
    assertThat(imported(resource("graph.keras")).text()).isEqualTo("""
        net Net {
          input 2x9x7
          stem: conv(4, 3, pad = 1, bias = false)
          stem_norm: batchnorm(eps = 0.001) -> silu
          add {
            path {
              depth: conv(8, 3, pad = 1, groups = 4)  # taps of 0 in place of zeros on one side alone
              leaky_relu(0.1)
              apart_depthwise: conv(8, 3, pad = 1, bias = false, groups = 8)
              apart_pointwise: conv(4, 1) -> gelu
            }
            path {}
          }
          conv(6, 4x3, stride = 2x1, pad = 1x2, groups = 2)  # taps of 0 in place of zeros on one side alone
          elu
          concat {
            path { avgpool(global) }
            path { maxpool(global) }
          }
          x1: flatten
          scores: dense(3)
          @x1 -> chance: dense(1)
          x2: sigmoid
          head output_2 { @x2 }
          @scores
        }
        """);
  }

  private Path changed(String model, String from, String to) throws IOException {
    Path file = folder.resolve("changed.keras");
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(resource(model))); ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      for (ZipEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
        byte[] bytes = in.readAllBytes();
        out.putNextEntry(new ZipEntry(e.getName()));
        out.write(e.getName().equals("config.json") ? new String(bytes, StandardCharsets.UTF_8).replace(from, to).getBytes(StandardCharsets.UTF_8) : bytes);
      }
    }
    return file;
  }

  @Test
  void whatHasNoCounterpartIsToldAllAtOnce() throws IOException {
    assertThat(imported(changed("table.keras", "\"hard_sigmoid\"", "\"my_own\"")).refusals()).extracting(Refusal::node, Refusal::operator, Refusal::reason)
        .containsExactly(tuple("dense", "Dense", "its activation is `my_own`, for which the language has no counterpart"));
    assertThat(imported(changed("small.keras", "\"class_name\": \"Conv2D\"", "\"class_name\": \"Lambda\"")).refusals()).extracting(Refusal::operator, Refusal::reason)
        .containsExactly(tuple("Lambda", "it is Python's code, which is not run"));
    assertThat(imported(changed("graph.keras", "\"class_name\": \"SeparableConv2D\"", "\"class_name\": \"Mine\"")).refusals()).extracting(Refusal::node, Refusal::operator).contains(tuple("apart", "Mine"));
  }

  @Test
  void whatIsNoSuchFileIsTold() throws IOException {
    Path text = Files.writeString(folder.resolve("text.keras"), "this is no model");
    assertThatThrownBy(() -> imported(text)).isInstanceOf(IOException.class).hasMessageContaining("no HDF5 file");
    assertThatThrownBy(() -> imported(folder.resolve("none.keras"))).isInstanceOf(IOException.class).hasMessageContaining("no such file");
    Path cut = Files.write(folder.resolve("cut.keras"), Arrays.copyOf(Files.readAllBytes(resource("small.keras")), 900));
    assertThatThrownBy(() -> imported(cut)).isInstanceOf(IOException.class).hasMessageContaining("cut off");
    Path own = changed("small.keras", "\"class_name\": \"Sequential\"", "\"class_name\": \"MyModel\"");
    assertThatThrownBy(() -> imported(own)).isInstanceOf(IOException.class).hasMessageContaining("`MyModel`").hasMessageContaining("not run");
  }
}
