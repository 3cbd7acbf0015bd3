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
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.exchange.onnx.OnnxExporter;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.rewrite.Inference;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.train.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is exported, imported and exported again is the same network: the same numbers, and from then on the same text. */
class RoundTripTest {
  private static final Exporter.Form FORM = new Exporter.Form(21, false);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {
    "autoencoder", "cells", "circles", "denoising-autoencoder", "detect", "distill", "fashion-mnist", "flats", "fruit", "gan", "lenet-search", "medical", "mnist-cnn", "mnist-deep", "mnist-mlp",
    "mnist-small", "own-functions", "recommend", "resnet", "screening", "siamese", "simclr", "sine", "spirals", "unet", "vae", "vit", "voices", "xor"
  })
  void samplesComeBack(String sample) throws IOException {
    for (CheckedNet net : nets(Files.readString(Path.of("..", "samples", sample + ".net")))) {
      comesBack(net);
    }
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
    nets("net N = " + steps).forEach(this::comesBack);
  }

  private static List<CheckedNet> nets(String text) {
    try (Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.SCALAR), _ -> {})) {
      return session.networks(new Source("sample.net", text));
    }
  }

  private void comesBack(CheckedNet net) {
    try {
      Model model = drawn(Model.create(net.name(), Lowering.graph(net), 7));
      Imported first = through(net, model);
      Run run = Run.of(first);
      assertThat(Layout.of(first.text())).isEqualTo(first.text());
      List<double[]> inputs = inputs(model.graph());
      List<double[]> wanted = new Run(net, model, Inference.of(model.graph())).outputs(inputs), found = run.outputs(inputs);
      assertThat(found).as(net.name()).hasSameSizeAs(wanted);
      for (int i = 0; i < wanted.size(); i++) {
        assertThat(Run.difference(found.get(i), wanted.get(i))).as(first.text()).isLessThan(1e-5);
      }
      assertThat(through(run.net(), run.model()).text()).isEqualTo(first.text());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Imported through(CheckedNet net, Model model) throws IOException {
    Path file = folder.resolve(net.name() + ".onnx");
    new OnnxExporter().write(new Trained(net, model, 7, new Source("net.net", ""), null, Optional.empty()), FORM, file);
    Imported imported = new OnnxImporter().read(file, new Wishes("Net", Map.of(), false));
    assertThat(imported.refusals()).isEmpty();
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

  private static List<double[]> inputs(Graph graph) {
    Graph inference = Inference.of(graph);
    Random random = new Random(3);
    List<double[]> inputs = new ArrayList<>();
    for (Value input : inference.inputs()) {
      if (!input.name().equals("1/n")) {
        int bound = inference.bound(input);
        inputs.add(random.doubles(input.shape().size()).map(d -> bound > 0 ? Math.floor(d * bound) : 2 * d - 1).toArray());
      }
    }
    return inputs;
  }
}
