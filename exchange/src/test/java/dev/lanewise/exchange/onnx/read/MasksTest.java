package dev.lanewise.exchange.onnx.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.exchange.Importer.Imported;
import dev.lanewise.dsl.exchange.Importer.Refusal;
import dev.lanewise.dsl.exchange.Importer.Wishes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models of PyTorch that look past padding by masks, of both its exporters; {@code masks.py} writes them, with what they make of texts of three lengths. */
class MasksTest {
  @TempDir private Path folder;

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = MasksTest.class.getResourceAsStream("masks/" + name)) {
      return in.readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mean-old", "mean-new", "largest-old", "largest-new", "attends-old", "attends-new", "encodes-old", "encodes-new"})
  void aMaskIsAPaddedInput(String model) throws IOException {
    Path file = folder.resolve(model + ".onnx");
    Files.write(file, resource(model + ".onnx"));
    Imported imported = new OnnxImporter().read(file, new Wishes("Net", Map.of(), false));
    assertThat(imported.refusals().stream().map(Refusal::toString)).isEmpty();
    assertThat(imported.text()).contains("input 7 of 12 padded");
    Run run = Run.of(imported);
    List<double[]> lines = new String(resource(model.replaceFirst("-.*", ".txt")), StandardCharsets.UTF_8).lines()
        .map(l -> Arrays.stream(l.split(" ")).skip(2).mapToDouble(Double::parseDouble).toArray()).toList();
    for (int i = 0; i < lines.size(); i += 2) {
      assertThat(Run.difference(run.outputs(List.of(lines.get(i))).getFirst(), lines.get(i + 1))).as(imported.text()).isLessThan(1e-5);
    }
  }
}
