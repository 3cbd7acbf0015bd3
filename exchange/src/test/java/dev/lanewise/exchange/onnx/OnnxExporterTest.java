package dev.lanewise.exchange.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.lanewise.dsl.exchange.Exporter;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.exchange.Networks;
import dev.lanewise.exchange.Python;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.operation.Noise;
import dev.lanewise.runtime.rewrite.Inference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxExporterTest {
  private static final Exporter.Form FORM = new Exporter.Form(21, false);

  @TempDir private Path folder;

  @Test
  void layersHaveTheirOwnOperators() throws IOException {
    Trained net = Networks.net("net A = input 3x8x8 -> conv(4, 3, pad = 1) -> batchnorm -> relu -> maxpool(2) -> dropout -> avgpool(global) -> flatten -> dense(5) -> softmax", "A");
    ModelProto model = written(net, FORM);
    assertThat(operators(model)).containsSubsequence("Conv", "BatchNormalization", "Relu", "MaxPool", "GlobalAveragePool", "Gemm", "Softmax").doesNotContain("Dropout", "Sub");
    assertThat(model.getGraph().getInput(0).getName()).isEqualTo("input");
    assertThat(model.getGraph().getInput(0).getType().getTensorType().getShape().getDim(0).getDimParam()).isEqualTo("batch");
    assertThat(model.getGraph().getInitializerList()).extracting(t -> t.getName()).contains("conv1.weight", "batchnorm1.running_var", "dense1.bias");
    assertThat(model.getMetadataPropsList()).anySatisfy(p -> {
      assertThat(p.getKey()).isEqualTo("script");
      assertThat(p.getValue()).isEqualTo(net.source().text());
    });
  }

  @Test
  void aMemoryIsAnOperator() throws IOException {
    Trained net = Networks.net("net A = input 9 of 7 padded -> embed(6) -> lstm(5, layers = 2, both = true) -> gru(3) -> last", "A");
    assertThat(operators(written(net, FORM))).containsSubsequence("LSTM", "LSTM", "GRU").doesNotContain("Scan", "Slice");
    assertThat(written(net, FORM).getGraph().getInitializerList()).extracting(t -> t.getName()).contains("lstm1.weight_ih_l1").doesNotContain("lstm1.weight_ih_l0_reverse");
  }

  /** Of the same name, with the same parameters. */
  @Test
  void aMemoryOfOnesOwnIsALoop() throws IOException {
    Trained net = Networks.net("""
        layer rnn(n) {
          weight weight_ih_l0 : [n, in.features] ~ xavier_normal
          weight weight_hh_l0 : [n, n] ~ xavier_normal
          weight bias_ih_l0 : [n] ~ zeros
          weight bias_hh_l0 : [n] ~ zeros
          state h : [n]
          h = sigmoid(weight_ih_l0 @ in + bias_ih_l0 + weight_hh_l0 @ h + bias_hh_l0)
          out = h
        }
        net A = input 6x9 -> rnn(5)
        """, "A");
    assertThat(operators(written(net, FORM))).contains("Scan").doesNotContain("RNN");
  }

  @Test
  void whatIsSharedIsInTheFileOnce() throws IOException {
    Trained net = Networks.net("net A = input 7 of 9 -> table: embed(5) -> m: gru(5) -> share(@m) -> share(@table)", "A");
    assertThat(written(net, FORM).getGraph().getInitializerList().stream().filter(t -> t.getDataType() == 1).map(t -> t.getName()).filter(n -> n.contains(".")))
        .containsExactlyInAnyOrder("table.weight", "m.weight_ih_l0", "m.weight_hh_l0", "m.bias_l0");
  }

  @Test
  void poolingToASizeIsOnePooling() throws IOException {
    assertThat(operators(written(Networks.net("net A = input 2x12x7 -> maxpool(to = 4x3)", "A"), FORM))).containsExactly("Shape", "MaxPool", "Identity");
    // Rows of different sizes are laid apart before.
    assertThat(operators(written(Networks.net("net A = input 2x12x7 -> maxpool(to = 5x3)", "A"), FORM))).containsExactly("Shape", "Gather", "MaxPool", "Identity");
  }

  @Test
  void theFileMayBringExamplesToScale() throws IOException {
    Trained net = Networks.net("net A = input 2x3x3 -> conv(4, 3) -> flatten", "A");
    World world = new World(new World.Input.Numbers(), new Normalization(new float[] {1, 2}, new float[] {3, 4}), new World.Output.Numbers(List.of(), Optional.empty()));
    Trained inWorld = new Trained(net.net(), net.model(), 7, net.source(), null, Optional.of(world));
    assertThat(operators(written(inWorld, FORM))).doesNotContain("Sub", "Div");
    assertThat(operators(written(inWorld, new Exporter.Form(17, true)))).containsSubsequence("Sub", "Div", "Conv");
  }

  /** No name is given twice, and each is there before it is read. */
  @Test
  void everythingIsThereBeforeItIsRead() throws IOException {
    for (Trained net : Networks.all()) {
      ModelProto model = written(net, FORM);
      Set<String> known = new HashSet<>(Set.of(""));
      model.getGraph().getInputList().forEach(i -> assertThat(known.add(i.getName())).isTrue());
      model.getGraph().getInitializerList().forEach(i -> assertThat(known.add(i.getName())).isTrue());
      for (NodeProto node : model.getGraph().getNodeList()) {
        assertThat(known).as(net.net().name() + " " + node.getName()).containsAll(node.getInputList());
        node.getOutputList().forEach(o -> assertThat(known.add(o)).as(o).isTrue());
      }
      assertThat(model.getGraph().getOutputCount()).isEqualTo(1 + net.net().heads().size());
    }
  }

  /** All layers and all samples: the numbers of ONNX Runtime are those of the naive formulas. */
  @Test
  void runsAsOnnxRuntimeHasIt() throws IOException, InterruptedException {
    Python.assumeHas("onnx, onnxruntime");
    for (Trained net : Networks.all()) {
      Graph graph = Inference.of(net.model().graph());
      if (graph.nodes().stream().noneMatch(n -> n.operation() instanceof Noise)) {
        String name = Networks.name(net);
        new OnnxExporter().write(net, FORM, folder.resolve(name + ".onnx"));
        Files.writeString(folder.resolve(name + ".txt"), Networks.numbers(net, graph));
      }
    }
    Python.run("onnx_runtime.py", folder);
  }

  private ModelProto written(Trained net, Exporter.Form form) throws IOException {
    Path file = folder.resolve("net.onnx");
    new OnnxExporter().write(net, form, file);
    return ModelProto.parseFrom(Files.readAllBytes(file));
  }

  private static List<String> operators(ModelProto model) {
    return model.getGraph().getNodeList().stream().map(NodeProto::getOpType).toList();
  }
}
