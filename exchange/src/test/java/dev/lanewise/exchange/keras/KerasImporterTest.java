package dev.lanewise.exchange.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.dsl.exchange.Importer.Imported;
import dev.lanewise.dsl.exchange.Importer.Wishes;
import dev.lanewise.dsl.parse.Layout;
import dev.lanewise.exchange.onnx.read.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small models of Keras 3, in its own files and as HDF5; {@code keras_fixtures.py} writes them, with what they make of an example. */
class KerasImporterTest {
  /** {@code -Dlanewise.bent=10000} tries more of them. */
  private static final int BENT = Integer.getInteger("lanewise.bent", 200);

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
    "small.keras", "small.h5"})
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
  void print() throws IOException {
    for (String m : List.of("rows.keras", "graph.keras", "up.keras", "words.keras", "waves.keras", "attention.keras", "nested.keras", "digits.keras", "table.keras", "words.h5", "nested.h5")) {
      try {
        Imported i = imported(resource(m));
        System.out.println("== " + m + "\n" + i.text() + i.refusals() + i.notes() + i.weights().stream().map(t -> t.name()).toList());
      } catch (Throwable t) {
        t.printStackTrace();
      }
    }
  }
}
