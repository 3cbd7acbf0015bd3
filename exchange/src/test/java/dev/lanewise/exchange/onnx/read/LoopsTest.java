package dev.lanewise.exchange.onnx.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.lanewise.dsl.exchange.Importer.Imported;
import dev.lanewise.dsl.exchange.Importer.Refusal;
import dev.lanewise.dsl.exchange.Importer.Wishes;
import dev.lanewise.dsl.parse.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A Scan that another program has made: places first, one matrix for what comes in and one for the state, both from outside of the loop. */
class LoopsTest {
  private static final int PLACES = 3;

  @Test
  void aScanIsALayerWithAState() throws IOException {
    Imported imported = imported(0, 0);
    assertThat(imported.refusals()).isEmpty();
    assertThat(Layout.of(imported.text())).isEqualTo(imported.text());
    assertThat(imported.text()).contains("state h1 : [2]", "@ h1").doesNotContain("reverse");
    assertThat(Run.of(imported).outputs(List.of(INPUT)).getFirst()).containsExactly(states(false), within(1e-6));
  }

  @Test
  void itMayBeginAtTheLastPlace() throws IOException {
    Imported imported = imported(1, 0);
    assertThat(imported.text()).contains("(reverse = true)");
    assertThat(Run.of(imported).outputs(List.of(INPUT)).getFirst()).containsExactly(states(true), within(1e-6));
  }

  @Test
  void aStateThatIsGivenIsRefused() throws IOException {
    assertThat(imported(0, 0.5f).refusals()).containsExactly(new Refusal("loop", "Scan", "it begins with a state that is not 0"));
  }

  /** Channels x places of 2x3. */
  private static final double[] INPUT = {0.5, -1, 2, 1, 0.25, -0.5};

  /** h = tanh(W x + U h + b) at each place, h = 0 before the first; units x places. */
  private static double[] states(boolean back) {
    double[][] w = {{0.1, 0.2}, {-0.3, 0.4}}, u = {{0.5, -0.5}, {0.25, 1}};
    double[] b = {0.1, -0.2}, h = {0, 0}, all = new double[2 * PLACES];
    for (int i = 0; i < PLACES; i++) {
      int place = back ? PLACES - 1 - i : i;
      double[] next = new double[2];
      for (int k = 0; k < 2; k++) {
        next[k] = Math.tanh(w[k][0] * INPUT[place] + w[k][1] * INPUT[PLACES + place] + u[k][0] * h[0] + u[k][1] * h[1] + b[k]);
        all[k * PLACES + place] = next[k];
      }
      h = next;
    }
    return all;
  }

  private static Imported imported(long direction, float start) throws IOException {
    GraphProto body = GraphProto.newBuilder()
        .addInput(value("h", 1, 2)).addInput(value("x", 1, 2)).addOutput(value("next", 1, 2)).addOutput(value("told", 1, 2))
        .addNode(node("MatMul", "a", "x", "w")).addNode(node("MatMul", "c", "h", "u")).addNode(node("Add", "d", "a", "c")).addNode(node("Add", "e", "d", "b"))
        .addNode(node("Tanh", "next", "e")).addNode(node("Identity", "told", "next")).build();
    NodeProto scan = NodeProto.newBuilder().setOpType("Scan").setName("loop").addInput("start").addInput("turned").addOutput("last").addOutput("states")
        .addAttribute(AttributeProto.newBuilder().setName("body").setType(AttributeProto.AttributeType.GRAPH).setG(body))
        .addAttribute(AttributeProto.newBuilder().setName("num_scan_inputs").setType(AttributeProto.AttributeType.INT).setI(1))
        .addAttribute(wholes("scan_input_directions", direction)).addAttribute(wholes("scan_output_directions", direction)).build();
    GraphProto graph = GraphProto.newBuilder()
        .addInput(value("in", 1, 2, PLACES)).addOutput(value("out", 1, 2, PLACES))
        .addInitializer(numbers("w", new long[] {2, 2}, 0.1f, -0.3f, 0.2f, 0.4f)).addInitializer(numbers("u", new long[] {2, 2}, 0.5f, 0.25f, -0.5f, 1))
        .addInitializer(numbers("b", new long[] {2}, 0.1f, -0.2f)).addInitializer(numbers("start", new long[] {1, 2}, start, 0))
        .addNode(node("Transpose", "turned", "in").toBuilder().addAttribute(wholes("perm", 2, 0, 1))).addNode(scan)
        .addNode(node("Transpose", "out", "states").toBuilder().addAttribute(wholes("perm", 1, 2, 0))).build();
    return new Reading(graph, 17, new Tensors(Path.of(".")), Wishes.NONE).read("Net");
  }

  private static AttributeProto wholes(String name, long... values) {
    AttributeProto.Builder made = AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    Arrays.stream(values).forEach(made::addInts);
    return made.build();
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
}
