package dev.lanewise.exchange.torch.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.dsl.exchange.Matching;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of PyTorch 2.13; {@code torch_fixtures.py} writes them. */
class TorchFilesTest {
  @TempDir Path folder;

  private static Path resource(String name) {
    return Path.of("src/test/resources/torch").resolve(name);
  }

  private static Map<String, List<Integer>> parameters() {
    Map<String, List<Integer>> made = new LinkedHashMap<>();
    made.put("fc.weight", List.of(3, 2));
    made.put("fc.bias", List.of(3));
    made.put("norm.weight", List.of(3));
    made.put("norm.bias", List.of(3));
    made.put("norm.running_mean", List.of(3));
    made.put("norm.running_var", List.of(3));
    return made;
  }

  @ParameterizedTest
  @ValueSource(strings = {"state.pt", "old.pt", "old-checkpoint.pt", "checkpoint.pt", "parameters.pt", "half.pt", "brain.pt", "double.pt", "strides.pt", "script.pt"})
  void weightsAreThoseOfTheModel(String name) throws IOException {
    Matching matching = Matching.of(parameters(), new StateDict().read(resource(name)));
    assertThat(matching.missing()).isEmpty();
    assertThat(matching.left()).isEmpty();
    Map<String, float[]> values = new LinkedHashMap<>();
    matching.taken().forEach(t -> values.put(t.name(), t.values()));
    assertThat(values.get("fc.weight")).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(values.get("fc.bias")).containsExactly(0.5f, -0.25f, 2);
    assertThat(values.get("norm.running_var")).containsExactly(1, 1, 1);
  }

  @ParameterizedTest
  @CsvSource({"evil.pt, system", "whole.pt, Net"})
  void whatWouldRunIsRefusedByName(String name, String told) {
    assertThatThrownBy(() -> new StateDict().read(resource(name))).isInstanceOf(IOException.class).hasMessageContaining("nothing of it is run").hasMessageContaining(told);
    assertThat(Path.of("seen")).doesNotExist();
  }

  @Test
  void numbersOfAnotherKindAreRefused() {
    assertThatThrownBy(() -> new StateDict().read(resource("complex.pt"))).isInstanceOf(IOException.class).hasMessageContaining("`fc.weight` is of numbers that are not read: ComplexFloatStorage");
  }
}
