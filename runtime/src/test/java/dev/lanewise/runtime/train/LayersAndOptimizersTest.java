package dev.lanewise.runtime.train;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.layer.Layers;
import dev.lanewise.runtime.layer.Losses;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.optimize.Clip;
import dev.lanewise.runtime.optimize.Optimizer;
import dev.lanewise.runtime.optimize.OptimizerDefinition;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.optimize.Schedule;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments.ArgumentSet;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Three steps of training, then testing, against PyTorch in double precision; the numbers come from
 * src/test/python/layers_and_optimizers.py. 40 examples: two whole blocks and half of one.
 */
@Tag("kernels")
class LayersAndOptimizersTest {
  private static final Map<String, double[]> EXPECTED = expected();

  /** Layers whose weights muon turns. */
  private static final Set<String> TURNED =
      Set.of("conv_dilated", "conv_groups", "conv_depthwise", "conv_sequence", "transposed_conv", "transposed_conv_groups");

  private static Map<String, double[]> expected() {
    Map<String, double[]> numbers = new HashMap<>();
    try (InputStream in = LayersAndOptimizersTest.class.getResourceAsStream("pytorch.txt")) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(l -> l.split(" "))
          .forEach(l -> numbers.put(l[0], Arrays.stream(l).skip(1).mapToDouble(Double::parseDouble).toArray()));
      return numbers;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** @param layer between the two dense ones; empty for none */
  private record Case(
      String name, Shape shape, String layer, Map<String, Object> arguments, Optimizer optimizer, Clip clip, KernelSet kernels, int accumulate,
      double average) {
    Case(String name, Shape shape, String layer, Map<String, Object> arguments, Optimizer optimizer, Clip clip, KernelSet kernels) {
      this(name, shape, layer, arguments, optimizer, clip, kernels, 1, 0);
    }
  }

  static Stream<ArgumentSet> cases() {
    List<Case> all = new ArrayList<>();
    for (KernelSet kernels : KernelSet.values()) {
      Optimizer sgd = optimizer("sgd", Map.of("lr", 0.1, "momentum", 0.9, "decay", 0.01));
      Clip none = new Clip.None();
      all.add(new Case("batchnorm", Shape.of(2, 3, 3), "batchnorm", Map.of(), sgd, none, kernels));
      all.add(new Case("batchnorm_flat", Shape.of(18), "batchnorm", Map.of(), sgd, none, kernels));
      all.add(new Case("layernorm", Shape.of(2, 3, 3), "layernorm", Map.of(), sgd, none, kernels));
      all.add(new Case("groupnorm", Shape.of(6, 3, 1), "groupnorm", Map.of("groups", 3), sgd, none, kernels));
      all.add(new Case("upsample", Shape.of(2, 3, 3), "upsample", Map.of("factor", 2), sgd, none, kernels));
      all.add(new Case("avgpool", Shape.of(2, 3, 3), "avgpool", Map.of("size", "global"), sgd, none, kernels));
      ofPlanes().forEach((name, l) -> all.add(new Case(name, l.shape, l.layer, l.arguments, sgd, none, kernels)));
      Map<String, Optimizer> optimizers =
          Map.of(
              "sgd", sgd,
              "nesterov", optimizer("sgd", Map.of("lr", 0.1, "momentum", 0.9, "nesterov", true)),
              "plain", optimizer("sgd", Map.of("lr", 0.1)),
              "adam", optimizer("adam", Map.of("lr", 0.1, "decay", 0.01)),
              "adamw", optimizer("adamw", Map.of("lr", 0.1, "decay", 0.1)),
              "rmsprop", optimizer("rmsprop", Map.of("lr", 0.01, "momentum", 0.5)),
              "adagrad", optimizer("adagrad", Map.of("lr", 0.1)),
              "adadelta", optimizer("adadelta", Map.of()));
      optimizers.forEach(
          (name, o) -> all.add(new Case("optimizer_" + name, Shape.of(18), "", Map.of(), o, none, kernels)));
      Optimizer plain = optimizers.get("plain");
      all.add(new Case("average", Shape.of(18), "", Map.of(), plain, none, kernels, 1, 0.7));
      Optimizer muon = optimizer("muon", Map.of("lr", 0.05, "decay", 0.1, "rest", 0.01));
      all.add(new Case("muon_wide", Shape.of(18), "dense", Map.of("features", 7), muon, none, kernels));
      all.add(new Case("muon_tall", Shape.of(18), "dense", Map.of("features", 20), muon, none, kernels));
      // Its scale and shift are of [2, 3, 3], and yet no matrices.
      all.add(new Case("muon_layernorm", Shape.of(2, 3, 3), "layernorm", Map.of(), muon, none, kernels));
      ofPlanes().forEach((name, l) -> {
        if (TURNED.contains(name)) {
          all.add(new Case("muon_" + name, l.shape, l.layer, l.arguments, muon, none, kernels));
        }
      });
      // The weighted mean, over one batch and over a step of four.
      all.add(new Case("weighted", Shape.of(18), "", Map.of(), plain, none, kernels));
      all.add(new Case("weighted", Shape.of(18), "", Map.of(), plain, none, kernels, 4, 0));
      // Batch normalisation looks at the 14 examples of a batch, not at the 40 of a step.
      all.add(new Case("batchnorm_accumulated", Shape.of(2, 3, 3), "batchnorm", Map.of(), sgd, none, kernels, 3, 0));
      // Three batches of 14, 14 and 12, or four of 12, 12, 12 and 4, make one step: as one batch of 40.
      all.add(new Case("optimizer_adam", Shape.of(18), "", Map.of(), optimizers.get("adam"), none, kernels, 3, 0));
      all.add(new Case("optimizer_adam", Shape.of(18), "", Map.of(), optimizers.get("adam"), none, kernels, 4, 0));
      all.add(new Case("clip", Shape.of(18), "", Map.of(), plain, new Clip.Norm(0.05), kernels, 2, 0));
      all.add(new Case("clip", Shape.of(18), "", Map.of(), optimizers.get("plain"), new Clip.Norm(0.05), kernels));
    }
    return all.stream()
        .map(c -> org.junit.jupiter.params.provider.Arguments.argumentSet(c.name + " " + c.kernels + " " + c.accumulate, c));
  }

  private record Called(Shape shape, String layer, Map<String, Object> arguments) {}

  /** Convolutions of all kinds, and layers that change the size of planes; of images and of sequences. */
  private static Map<String, Called> ofPlanes() {
    Shape image = Shape.of(2, 3, 3);
    Shape wide = Shape.of(1, 3, 6);
    Shape sequence = Shape.of(2, 9);
    return Map.ofEntries(
        entry("batchnorm_sequence", new Called(sequence, "batchnorm", Map.of())),
        entry("upsample_bilinear", new Called(image, "upsample", Map.of("factor", 3, "mode", "bilinear"))),
        entry("upsample_linear", new Called(sequence, "upsample", Map.of("factor", 2, "mode", "bilinear"))),
        entry("avgpool_adaptive", new Called(wide, "avgpool", Map.of("to", 2))),
        entry("avgpool_sequence", new Called(sequence, "avgpool", Map.of("size", 3, "stride", 2, "pad", 1))),
        entry("maxpool_global", new Called(image, "maxpool", Map.of("size", "global"))),
        entry("maxpool_adaptive", new Called(wide, "maxpool", Map.of("to", 2))),
        entry("maxpool_adaptive_sequence", new Called(sequence, "maxpool", Map.of("to", 4))),
        entry("pad", new Called(image, "pad", Map.of("size", 1))),
        entry("conv_dilated", new Called(image, "conv", Map.of("channels", 3, "kernel", 2, "pad", 1, "dilation", 2))),
        entry("conv_groups", new Called(image, "conv", Map.of("channels", 4, "kernel", 3, "pad", 1, "groups", 2))),
        entry("conv_depthwise", new Called(image, "conv", Map.of("channels", 2, "kernel", 3, "pad", "same", "groups", 2))),
        entry("conv_depthwise_strided", new Called(image, "conv",
            Map.of("channels", 2, "kernel", 2, "stride", 2, "pad", 1, "groups", 2, "bias", false))),
        entry("conv_sequence", new Called(sequence, "conv", Map.of("channels", 3, "kernel", 3, "stride", 2, "pad", 1))),
        entry("transposed_conv", new Called(image, "transposed_conv",
            Map.of("channels", 3, "kernel", 3, "stride", 2, "pad", 1, "output_pad", 1))),
        entry("transposed_conv_groups", new Called(image, "transposed_conv",
            Map.of("channels", 4, "kernel", 2, "dilation", 2, "groups", 2))),
        entry("transposed_conv_sequence", new Called(sequence, "transposed_conv",
            Map.of("channels", 3, "kernel", 4, "stride", 3, "pad", 1))));
  }

  private static Optimizer optimizer(String name, Map<String, Object> arguments) {
    OptimizerDefinition definition = Optimizers.named(name).orElseThrow();
    return definition.bind(Arguments.of(definition.signature(), arguments));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void trainsAsPyTorchDoes(Case c) {
    Model model = model(c);
    List<Double> losses = new ArrayList<>();
    Listener record =
        event -> {
          if (event instanceof TrainEvent.Epoch epoch) {
            losses.add(epoch.train().loss());
          }
        };
    DataSplit data = new DataSplit("forty", new Forty(), null, new Forty());
    int batch = c.accumulate == 4 ? 12 : (40 + c.accumulate - 1) / c.accumulate;
    TrainSettings settings =
        new TrainSettings(
            3, batch, false, 1, loss(c), c.optimizer, Schedule.CONSTANT, c.clip, Keep.NOTHING, c.accumulate,
            Double.POSITIVE_INFINITY, c.average);
    try (Engine engine = new Engine(2, c.kernels)) {
      engine.train(model, data, settings, record, () -> false);
      losses.add(engine.test(model, data, settings.loss(), Listener.NONE).loss());
    }
    assertClose("losses", EXPECTED.get(c.name), losses.stream().mapToDouble(d -> d).toArray());
    assertClose("weights", EXPECTED.get(c.name + ".weight"), values(model, "dense2.weight"));
    if (c.layer.endsWith("conv")) {
      assertClose("filters", EXPECTED.get(c.name + ".filters"), values(model, "tested.weight"));
    }
    if (c.layer.equals("batchnorm")) {
      assertClose("running_mean", EXPECTED.get(c.name + ".running_mean"), values(model, "tested.running_mean"));
      assertClose("running_var", EXPECTED.get(c.name + ".running_var"), values(model, "tested.running_var"));
    }
  }

  private static Computation loss(Case c) {
    Layer loss = Losses.named("cross_entropy").orElseThrow();
    Map<String, Object> given = c.name.equals("weighted") ? Map.of("weights", List.of(0.5, 2.0, 4.0), "smooth", 0.1) : Map.of();
    return loss.bind(Arguments.of(loss.signature(), given), Shape.of(3));
  }

  private static Model model(Case c) {
    GraphBuilder b = new GraphBuilder(Shape.of(4));
    Value v = b.add("dense1", new Dense(4, 18, true), b.input());
    v = b.add("shaped", new Reshape(v.shape(), c.shape), v);
    if (!c.layer.isEmpty()) {
      Layer layer = Layers.named(c.layer).orElseThrow();
      v = b.add("tested", layer.bind(Arguments.of(layer.signature(), c.arguments), c.shape), v);
    }
    v = b.add("flatten", new Reshape(v.shape(), v.shape().flat()), v);
    Graph graph = b.build(b.add("dense2", new Dense(v.shape().size(), 3, true), v));
    Model model = Model.create("tested", graph, 1);
    List<Tensor> first = new ArrayList<>();
    int k = 0;
    for (Tensor t : model.tensors()) {
      float[] values = t.values().clone();
      if (t.name().startsWith("dense") || c.layer.equals("dense") || c.layer.endsWith("conv")) {
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (0.5 * Math.sin(0.7 * i + k));
        }
        k++;
      }
      first.add(new Tensor(t.name(), t.shape(), values));
    }
    model.assign(first);
    return model;
  }

  private static double[] values(Model model, String name) {
    float[] values = model.tensors().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow().values();
    double[] all = new double[values.length];
    Arrays.setAll(all, i -> values[i]);
    return all;
  }

  private static void assertClose(String what, double[] expected, double[] actual) {
    assertThat(actual).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).as("%s %d", what, i).isCloseTo(expected[i], within(5e-5 * (1 + Math.abs(expected[i]))));
    }
  }

  /** Forty examples of four numbers. */
  private record Forty() implements Dataset {
    @Override
    public int size() {
      return 40;
    }

    @Override
    public Shape shape() {
      return Shape.of(4);
    }

    @Override
    public Target target() {
      return Target.classes(3);
    }

    @Override
    public int label(int index) {
      return index % 3;
    }

    @Override
    public void read(int index, float[] out, int offset, int stride) {
      for (int j = 0; j < 4; j++) {
        out[offset + j * stride] = (7 * index + 3 * j + index * j) % 11 / 11f;
      }
    }

    @Override
    public float zero(int channel) {
      return 0;
    }

    @Override
    public Dataset normalized(Normalization normalization) {
      return this;
    }
  }
}
