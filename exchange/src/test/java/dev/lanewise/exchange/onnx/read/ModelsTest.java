package dev.lanewise.exchange.onnx.read;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.lanewise.dsl.exchange.Importer.Imported;
import dev.lanewise.dsl.exchange.Importer.Wishes;
import dev.lanewise.dsl.parse.Layout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small models of PyTorch 2.13, of both its exporters; {@code models.py} beside them writes them, with what they make of two examples. */
class ModelsTest {
  @TempDir Path folder;

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = ModelsTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  private Imported imported(String model) throws IOException {
    Path file = folder.resolve(model.replace("opsets/", "") + ".onnx");
    Files.write(file, resource(model + ".onnx"));
    return new OnnxImporter().read(file, new Wishes("Net", java.util.Map.of(), false));
  }

  private record Example(List<double[]> inputs, List<double[]> outputs) {}

  private static List<Example> examples(String model) throws IOException {
    List<Example> all = new ArrayList<>();
    for (String line : new String(resource(model.replace("opsets/", "").replaceFirst("-.*", ".txt")), StandardCharsets.UTF_8).lines().toList()) {
      String[] words = line.split(" ");
      double[] numbers = Arrays.stream(words).skip(2).mapToDouble(Double::parseDouble).toArray();
      boolean in = words[0].equals("in");
      if (all.isEmpty() || in && !all.getLast().outputs().isEmpty()) {
        all.add(new Example(new ArrayList<>(), new ArrayList<>()));
      }
      (in ? all.getLast().inputs() : all.getLast().outputs()).add(numbers);
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"cnn-old", "resnet-old", "lstm-old", "gru-old", "mobile-old", "unet-old", "vit-old", "two-old", "two-new", "conv1-old", "conv1-new", "gpt-old"})
  void modelsGiveWhatPyTorchSays(String model) throws IOException {
    agrees(model);
  }

  private static Stream<String> versions() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/dev/lanewise/exchange/onnx/read/opsets"))) {
      return files.map(f -> "opsets/" + f.getFileName().toString().replace(".onnx", "")).sorted().toList().stream();
    }
  }

  /** From 7 to 25, as both exporters of PyTorch write them, and as ONNX's converter makes newer ones; {@code opsets.py} writes them. */
  @ParameterizedTest
  @MethodSource("versions")
  void eachVersionOfTheOperatorsIsRead(String model) throws IOException {
    agrees(model);
  }

  private void agrees(String model) throws IOException {
    Imported imported = imported(model);
    assertThat(imported.refusals()).isEmpty();
    assertThat(Layout.of(imported.text())).isEqualTo(imported.text());
    Run run = Run.of(imported);
    for (Example example : examples(model)) {
      List<double[]> found = run.outputs(example.inputs());
      assertThat(found).hasSameSizeAs(example.outputs());
      for (int i = 0; i < found.size(); i++) {
        assertThat(Run.difference(found.get(i), example.outputs().get(i))).as(imported.text()).isLessThan(1e-5);
      }
    }
  }

  @Test
  void whatRepeatsIsABlockWithTheModelsNames() throws IOException {
    assertThat(imported("resnet-old").text()).isEqualTo("""
        block Residual {
          add {
            path {
              conv(4, 3, pad = 1) -> relu
              conv(4, 3, pad = 1)
            }
            path {}
          }
          relu
        }

        net Net {
          input 3x8x8
          conv(4, 3, pad = 1) -> relu
          layer1_0: Residual
          layer1_1: Residual
          add {
            path {
              layer2_0_conv1: conv(8, 3, stride = 2, pad = 1) -> relu
              layer2_0_conv2: conv(8, 3, pad = 1)
            }
            path { layer2_0_down_0: conv(8, 1, stride = 2) }
          }
          relu
          add {
            path {
              layer2_1_conv1: conv(8, 3, pad = 1) -> relu
              layer2_1_conv2: conv(8, 3, pad = 1)
            }
            path {}
          }
          relu -> avgpool(global) -> flatten
          fc: dense(5)
        }
        """);
  }

  /** A bias behind one of two views of a product is not the product's. */
  @Test
  void whatIsReadTwiceTakesNoBias() throws IOException {
    GraphProto.Builder graph = GraphProto.newBuilder()
        .addInput(value("x", 1, 2)).addOutput(value("y", 1, 2)).addInitializer(numbers("w", new long[] {2, 2}, 1, 2, 3, 4)).addInitializer(numbers("b", new long[] {2}, 10, 20))
        .addInitializer(TensorProto.newBuilder().setName("s").setDataType(TensorProto.DataType.INT64.getNumber()).addDims(2).addInt64Data(-1).addInt64Data(2))
        .addNode(node("MatMul", "p", "x", "w")).addNode(node("Reshape", "r", "p", "s")).addNode(node("Add", "a", "r", "b")).addNode(node("Mul", "y", "a", "r"));
    Imported imported = new Reading(graph.build(), 17, new Tensors(folder), Wishes.NONE).read("Net");
    assertThat(imported.refusals()).isEmpty();
    // x w is 4, 6; with the bias 14, 26.
    assertThat(Run.of(imported).outputs(List.of(new double[] {1, 1})).getFirst()).containsExactly(56, 156);
  }

  private static NodeProto node(String operator, String makes, String... reads) {
    return NodeProto.newBuilder().setOpType(operator).addAllInput(List.of(reads)).addOutput(makes).build();
  }

  private static TensorProto numbers(String name, long[] dims, float... values) {
    TensorProto.Builder made = TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT.getNumber());
    Arrays.stream(dims).forEach(made::addDims);
    for (float v : values) {
      made.addFloatData(v);
    }
    return made.build();
  }

  private static ValueInfoProto value(String name, long... dims) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    Arrays.stream(dims).forEach(d -> shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(d)));
    TypeProto.Tensor tensor = TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT.getNumber()).setShape(shape).build();
    return ValueInfoProto.newBuilder().setName(name).setType(TypeProto.newBuilder().setTensorType(tensor)).build();
  }

  @Test
  void attentionThatIsSpelledOutIsALayer() throws IOException {
    assertThat(imported("gpt-old").text()).contains("attention(2, causal = true)").contains("pos: positions").contains("gelu");
    assertThat(imported("vit-old").text()).contains("attn: attention(2)");
  }
}
