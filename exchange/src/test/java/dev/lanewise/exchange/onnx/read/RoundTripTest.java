package dev.lanewise.exchange.onnx.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.exchange.Exporter;
import dev.lanewise.dsl.exchange.Importer.Imported;
import dev.lanewise.dsl.exchange.Importer.Wishes;
import dev.lanewise.dsl.lower.Lowering;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.parse.Layout;
import dev.lanewise.exchange.Networks;
import dev.lanewise.exchange.onnx.OnnxExporter;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.rewrite.Inference;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.train.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is exported, imported and exported again is the same network: the same numbers, and from then on the same text. */
class RoundTripTest {
  private static final Exporter.Form FORM = new Exporter.Form(21, false);

  @TempDir Path folder;

  static List<Named<CheckedNet>> all() throws IOException {
    return Networks.all().stream().map(t -> Named.of(Networks.name(t), t.net())).toList();
  }

  /** Those of the samples, and of all layers. */
  @ParameterizedTest
  @MethodSource("all")
  void comesBack(CheckedNet net) throws IOException {
    Model model = drawn(Model.create(net.name(), Lowering.graph(net), 7));
    Imported first = through(net, model);
    Run run = Run.of(first);
    assertThat(Layout.of(first.text())).isEqualTo(first.text());
    for (int example = 0; example < 2; example++) {
      List<double[]> inputs = inputs(net, model.graph(), example);
      List<double[]> wanted = new Run(net, model, Inference.of(model.graph())).outputs(inputs), found = run.outputs(inputs);
      assertThat(found).as(net.name()).hasSameSizeAs(wanted);
      for (int i = 0; i < wanted.size(); i++) {
        assertThat(Run.difference(found.get(i), wanted.get(i))).as(first.text()).isLessThan(1e-5);
      }
    }
    assertThat(through(run.net(), run.model()).text()).isEqualTo(first.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "input 3x9x11 -> conv(4, 3x5, stride = 2x1, pad = 1x2) -> leaky_relu(0.1) -> conv(8, 3, groups = 2) -> elu -> groupnorm(2) -> gelu -> avgpool(2) -> flatten -> dense(3)",
    "input 4x7x7 -> transposed_conv(6, 4, stride = 2, pad = 1) -> relu -> upsample(2) -> upsample(2, bilinear) -> pad(1) -> crop(2) -> conv(2, 3)",
    "input 5x20 -> conv(6, 3, pad = 1) -> maxpool(3, stride = 2, pad = 1) -> avgpool(2) -> layernorm -> selu -> last -> dense(3) -> log_softmax",
    "input 1 of 9 -> onehot -> dense(4) -> tanh -> dense(2) -> softmax",
    "input 5 of 9 -> embed(4) -> transpose -> layernorm(over = channels) -> reshape(20) -> dense(3)",
    "input 6x8 -> each { dense(5) -> mish } -> positions -> attention(1) -> avgpool(global) -> flatten -> dense(2)",
  })
  void layersComeBack(String steps) throws IOException {
    comesBack(Networks.net("net N = " + steps, "N").net());
  }

  /** What is one parameter in the file is one in the network. */
  @ParameterizedTest
  @ValueSource(strings = {
    "input 2x8x8 -> a: conv(2, 3, pad = 1) -> relu -> share(@a) -> relu -> share(@a) -> flatten -> b: dense(128) -> relu -> share(@b)",
    "input 7 of 9 -> table: embed(5) -> m: gru(5) -> share(@m) -> each { c: dense(5) -> relu } -> each { share(@c) -> layernorm } -> attend: attention(1) -> share(@attend) -> share(@table)",
    "input 9 of 7 padded -> table: embed(6) -> m: lstm(6, both = true) -> each { dense(6) } -> share(@m) -> last"
  })
  void sharedParametersAreShared(String steps) throws IOException {
    CheckedNet net = Networks.net("net N = " + steps, "N").net();
    comesBack(net);
    Imported imported = through(net, drawn(Model.create(net.name(), Lowering.graph(net), 7)));
    assertThat(Run.of(imported).net().parameters()).as(imported.text()).isEqualTo(net.parameters());
    assertThat(imported.text()).contains("share(@");
  }

  private Imported through(CheckedNet net, Model model) throws IOException {
    Path file = folder.resolve(net.name() + ".onnx");
    new OnnxExporter().write(new Trained(net, model, 7, new Source("net.net", ""), null, Optional.empty()), FORM, file);
    Imported imported = new OnnxImporter().read(file, new Wishes("Net", Map.of(), false));
    assertThat(imported.refusals().stream().map(r -> r.node() + " " + r.operator() + ": " + r.reason())).isEmpty();
    return imported;
  }

  /** Nothing is 0 or 1, as running means are at first. */
  private static Model drawn(Model model) {
    Random random = new Random(5);
    List<Tensor> drawn = new ArrayList<>();
    for (Parameter p : model.graph().parameters()) {
      float[] values = model.values(p.name()).clone();
      for (int i = 0; i < values.length; i++) {
        values[i] = p.name().endsWith("running_var") ? 0.5f + random.nextFloat() : values[i] + 0.1f * (float) random.nextGaussian();
      }
      drawn.add(new Tensor(p.name(), p.shape().dims(), values));
    }
    if (!drawn.isEmpty()) {
      model.assign(drawn);
    }
    return model;
  }

  /** @param example of which the first has no padding, where 0 is padding */
  private static List<double[]> inputs(CheckedNet net, Graph graph, int example) {
    Graph inference = Inference.of(graph);
    Random random = new Random(3 + example);
    List<double[]> inputs = new ArrayList<>();
    for (Value input : inference.inputs()) {
      if (!input.name().equals("1/n")) {
        int bound = inference.bound(input), least = Networks.isPadded(net, input) ? 1 : 0;
        double[] numbers = random.doubles(input.shape().size()).map(d -> bound > 0 ? least + Math.floor(d * (bound - least)) : 2 * d - 1).toArray();
        if (least == 1 && example > 0) {
          Arrays.fill(numbers, numbers.length / 2, numbers.length, 0);
        }
        inputs.add(numbers);
      }
    }
    return inputs;
  }
}
