package dev.lanewise.exchange.torch.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.dsl.exchange.Matching;
import dev.lanewise.runtime.file.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of PyTorch 2.13, which {@code states.py} beside them writes. */
class StateDictTest {
  private static final int COUNT = Integer.getInteger("lanewise.bent", 300);

  @TempDir Path folder;

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = StateDictTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  private List<Tensor> read(String name) throws IOException {
    return new StateDict().read(Files.write(folder.resolve(name), resource(name)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"state.pt", "state-old.pth", "checkpoint.pt"})
  void parametersAreRead(String name) throws IOException {
    List<Tensor> tensors = read(name);
    assertThat(tensors).extracting(Tensor::name)
        .containsExactly("0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var", "1.num_batches_tracked", "4.weight", "4.bias");
    assertThat(tensors.getFirst().shape()).containsExactly(2, 1, 3, 3);
    assertThat(tensors.get(5).values()).containsExactly(1, 1);
    assertThat(Arrays.toString(tensors.getLast().values())).isEqualTo(Arrays.toString(read(name).getLast().values()));
  }

  @Test
  void allFormsHoldTheSame() throws IOException {
    List<Tensor> one = read("state.pt"), other = read("state-old.pth"), half = read("checkpoint.pt");
    for (int i = 0; i < one.size(); i++) {
      assertThat(other.get(i).values()).isEqualTo(one.get(i).values());
      for (int k = 0; k < one.get(i).values().length; k++) {
        assertThat(half.get(i).values()[k]).isCloseTo(one.get(i).values()[k], org.assertj.core.data.Offset.offset(1e-3f));
      }
    }
  }

  @Test
  void aWholeModelIsCodeAndRefused() {
    assertThatThrownBy(() -> read("whole.pt")).isInstanceOf(IOException.class).hasMessageContaining("torch.nn.modules.container.Sequential").hasMessageContaining("nothing of it is run");
  }

  @Test
  void namesAndShapesMatch() {
    Map<String, List<Integer>> wanted = new LinkedHashMap<>();
    wanted.put("layer1_0_conv1.weight", List.of(2));
    wanted.put("fc.bias", List.of(3));
    Tensor conv = new Tensor("module.layer1.0.conv1.weight", List.of(2), new float[] {1, 2}), fc = new Tensor("head.bias", List.of(3), new float[] {3, 4, 5});
    Tensor count = new Tensor("bn.num_batches_tracked", List.of(), new float[] {7});
    assertThat(Matching.of(wanted, List.of(conv, count, fc)).taken()).extracting(Tensor::name).containsExactly("layer1_0_conv1.weight", "fc.bias");
    Matching lacking = Matching.of(wanted, List.of(conv));
    assertThat(lacking.missing()).containsExactly("fc.bias [3]");
    assertThat(Matching.of(wanted, List.of(conv, new Tensor("head.bias", List.of(4), new float[4]))).left()).containsExactly("head.bias [4]");
  }

  @Test
  void layersMatchInTheirOrder() throws IOException {
    Map<String, List<Integer>> wanted = new LinkedHashMap<>();
    wanted.put("conv1.weight", List.of(2, 1, 3, 3));
    wanted.put("conv1.bias", List.of(2));
    for (String name : List.of("running_mean", "running_var", "weight", "bias")) {
      wanted.put("batchnorm1." + name, List.of(2));
    }
    wanted.put("dense1.weight", List.of(3, 32));
    wanted.put("dense1.bias", List.of(3));
    Matching matching = Matching.of(wanted, read("state.pt"));
    assertThat(matching.missing()).isEmpty();
    assertThat(matching.taken()).extracting(Tensor::name).containsExactlyInAnyOrderElementsOf(wanted.keySet());
    assertThat(matching.taken().stream().filter(t -> t.name().equals("batchnorm1.running_var")).findFirst().orElseThrow().values()).containsExactly(1, 1);
  }
}
