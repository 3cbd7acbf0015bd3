package dev.lanewise.exchange.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.dsl.exchange.Matching;
import dev.lanewise.runtime.file.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of PyTorch 2.13; {@code torch_fixtures.py} writes them. */
class TorchFileTest {
  /** {@code -Dlanewise.bent=10000} tries more of them. */
  private static final int BENT = 4 * Integer.getInteger("lanewise.bent", 200);

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
  @ValueSource(strings = {"state.pt", "old.pt", "checkpoint.pt", "parameters.pt", "half.pt", "brain.pt", "double.pt", "strides.pt", "script.pt"})
  void weightsAreThoseOfTheModel(String name) throws IOException {
    Matching matching = Matching.of(parameters(), new TorchFile().read(resource(name)));
    assertThat(matching.missing()).isEmpty();
    assertThat(matching.unfit()).isEmpty();
    assertThat(matching.left()).isEmpty();
    Map<String, float[]> values = new LinkedHashMap<>();
    matching.tensors().forEach(t -> values.put(t.name(), t.values()));
    assertThat(values.get("fc.weight")).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(values.get("fc.bias")).containsExactly(0.5f, -0.25f, 2);
    assertThat(values.get("norm.running_var")).containsExactly(1, 1, 1);
  }

  @ParameterizedTest
  @CsvSource({"evil.pt, system", "whole.pt, state_dict()"})
  void whatWouldRunIsRefusedByName(String name, String told) {
    assertThatThrownBy(() -> new TorchFile().read(resource(name))).isInstanceOf(IOException.class).hasMessageContaining("it wants to run `").hasMessageContaining("refused").hasMessageContaining(told);
    assertThat(Path.of("seen")).doesNotExist();
  }

  @Test
  void whatDoesNotMatchIsTold() throws IOException {
    Map<String, List<Integer>> other = parameters();
    other.put("fc.weight", List.of(4, 2));
    other.remove("norm.bias");
    other.put("more.bias", List.of(1));
    Matching matching = Matching.of(other, new TorchFile().read(resource("state.pt")));
    assertThat(matching.isWhole()).isFalse();
    assertThat(matching.missing()).containsExactly("more.bias");
    assertThat(matching.left()).containsExactly("norm.bias");
    assertThat(matching.unfit()).containsExactly("`fc.weight` is [4, 2] in the script, and [3, 2] in the file, as `fc.weight`");
  }

  @Test
  void withoutNamesInCommonTheyAreTakenInOrder() {
    Map<String, List<Integer>> own = new LinkedHashMap<>();
    own.put("dense1.weight", List.of(1, 2));
    own.put("dense1.bias", List.of(1));
    Matching matching = Matching.of(own, List.of(new Tensor("0.weight", List.of(1, 2), new float[] {1, 2}), new Tensor("0.bias", List.of(1), new float[] {3})));
    assertThat(matching.isWhole()).isTrue();
    assertThat(matching.tensors()).extracting(Tensor::name).containsExactly("dense1.weight", "dense1.bias");
  }

  @Test
  void bentFilesAreReadOrRefused() throws IOException {
    List<String> files = List.of("state.pt", "old.pt", "checkpoint.pt", "script.pt", "evil.pt", "strides.pt");
    for (int seed = 0; seed < BENT; seed++) {
      Random random = new Random(seed);
      Path file = Files.write(folder.resolve("bent.pt"), bent(Files.readAllBytes(resource(files.get(random.nextInt(files.size())))), random));
      try {
        assertThat(new TorchFile().read(file)).as("seed %d", seed).isNotEmpty();
      } catch (IOException e) {
        assertThat(e.getMessage()).as("seed %d", seed).isNotBlank();
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private static byte[] bent(byte[] bytes, Random random) {
    byte[] bent = bytes;
    for (int changes = 1 + random.nextInt(6); changes > 0; changes--) {
      int place = random.nextInt(bent.length), other = random.nextInt(bent.length);
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> bent[place] ^= (byte) (1 << random.nextInt(8));
        case 3, 4 -> bent[place] = (byte) random.nextInt(256);
        case 5 -> bent = random.nextInt(4) == 0 ? Arrays.copyOf(bent, Math.max(1, place)) : bent;
        default -> System.arraycopy(bent, place, bent, other, Math.min(8, bent.length - Math.max(place, other)));
      }
    }
    return bent;
  }
}
