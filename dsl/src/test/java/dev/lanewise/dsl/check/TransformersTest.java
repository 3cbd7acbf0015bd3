package dev.lanewise.dsl.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.lower.Lowering;
import dev.lanewise.dsl.scope.Action;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.dsl.scope.Scope;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Paired;
import dev.lanewise.runtime.data.Points;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.differentiate.Differentiation;
import dev.lanewise.runtime.differentiate.LossGraph;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Interpreter;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.plan.Plan;
import dev.lanewise.runtime.plan.Preparation;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.train.Engine;
import dev.lanewise.runtime.train.Model;
import dev.lanewise.runtime.train.TrainEvent;
import dev.lanewise.runtime.train.TrainSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A small GPT, and attention to another sequence, beside PyTorch's modules in double (src/test/python/transformers.py): parameters have their names there. */
class TransformersTest {
  private static final int LENGTH = 8;
  private static final int VOCABULARY = 11;
  private static final int EXAMPLES = 4;

  private static final Map<String, String> SCRIPTS = Map.of(
      "Gpt", """
          net Gpt {
            input 8 of 11 -> embed(12) -> positions
            transformer(3, causal = true)
            transformer(4, hidden = 20, causal = true)
            norm: layernorm(over = channels)
            each { dense(11, bias = false) }
          }
          """,
      "Cross", """
          net Cross {
            input 8 of 11 -> embed(12)
            memory: transformer(3, hidden = 16, norm_first = false, relu = true)
            conv(12, 3)
            alike: attention(3, from = @memory)
            conv(6, 3)
            other: attention(2, from = @memory, bias = false)
            flatten -> dense(11)
          }
          """);

  /** @param sums of a parameter: |g|, g sin(i), and after ten steps p sin(i) */
  private record Expected(String net, double[] losses, Map<String, Shape> shapes, Map<String, double[]> sums) {
    static List<Expected> read() throws IOException {
      List<Expected> all = new ArrayList<>();
      try (InputStream in = TransformersTest.class.getResourceAsStream("transformers.txt")) {
        for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
          List<String> words = List.of(line.split(" "));
          if (words.getFirst().equals("net")) {
            all.add(new Expected(words.get(1), numbers(words.subList(2, words.size())), new TreeMap<>(), new TreeMap<>()));
          } else {
            int colon = words.indexOf(":");
            all.getLast().shapes.put(words.getFirst(), new Shape(words.subList(1, colon).stream().map(Integer::valueOf).toList()));
            all.getLast().sums.put(words.getFirst(), numbers(words.subList(colon + 1, words.size())));
          }
        }
      }
      return all;
    }

    private static double[] numbers(List<String> words) {
      return words.stream().mapToDouble(Double::parseDouble).toArray();
    }

    /** The first values, as the other program has them. */
    Map<String, double[]> parameters() {
      Map<String, double[]> all = new TreeMap<>();
      int k = 0;
      for (String name : shapes.keySet()) {
        double base = name.contains("norm") && name.endsWith("weight") ? 1 : 0;
        double[] values = new double[shapes.get(name).size()];
        int phase = k++;
        Arrays.setAll(values, i -> base + 0.3 * Math.sin(0.7 * i + phase));
        all.put(name, values);
      }
      return all;
    }

    Graph graph() {
      Source source = new Source("x.net", SCRIPTS.get(net));
      return Lowering.graph(((Action.DefineNet) Checker.check(source, ScriptParser.parse(source).script(), new Scope()).actions().getFirst()).net());
    }

    Shape label() {
      return net.equals("Gpt") ? Shape.of(1, LENGTH) : Shape.of(1);
    }

    double[] classes(int e) {
      return IntStream.range(net.equals("Gpt") ? 0 : LENGTH - 1, LENGTH).mapToDouble(i -> (7 * i + 3 * e * i + e) % VOCABULARY).toArray();
    }
  }

  private static double[] tokens(int e) {
    return IntStream.range(0, LENGTH).mapToDouble(i -> (3 * i * i + 5 * i + 7 * e) % VOCABULARY).toArray();
  }

  private static double along(double[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i] * Math.sin(i)).sum();
  }

  private static double[] exact(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  @Test
  void formulasAndGradientsArePyTorchs() throws IOException {
    for (Expected wanted : Expected.read()) {
      Graph network = wanted.graph();
      LossGraph training = Differentiation.of(network, new CrossEntropy(network.output().shape(), 0, List.of(), -1));
      Graph graph = training.graph();
      assertThat(graph.parameters().stream().map(Parameter::name)).containsExactlyInAnyOrderElementsOf(wanted.shapes.keySet());
      Interpreter interpreter = new Interpreter(graph);
      Map<String, double[]> first = wanted.parameters();
      graph.parameters().forEach(p -> {
        assertThat(p.shape()).isEqualTo(wanted.shapes.get(p.name()));
        interpreter.set(p.value(), first.get(p.name()));
      });
      List<Map<Value, double[]>> inputs = IntStream.range(0, EXAMPLES).mapToObj(e -> Map.of(
          graph.input(), tokens(e), training.label(), wanted.classes(e), training.dLoss(), new double[] {1.0 / EXAMPLES})).toList();
      double loss = interpreter.run(new ArrayList<>(inputs), _ -> null).stream().mapToDouble(v -> v.get(training.loss())[0]).sum() / EXAMPLES;
      assertThat(loss).isCloseTo(wanted.losses[0], within(1e-9));
      for (int k = 0; k < graph.trainable().size(); k++) {
        String name = graph.trainable().get(k).name();
        double[] gradient = interpreter.get(graph.outputs().get(2 + k));
        double[] sums = wanted.sums.get(name);
        assertThat(Arrays.stream(gradient).map(Math::abs).sum()).as(name).isCloseTo(sums[0], within(1e-9));
        assertThat(along(gradient)).as(name).isCloseTo(sums[1], within(1e-9));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void tenStepsArePyTorchs(KernelSet kernels) throws IOException {
    for (Expected wanted : Expected.read()) {
      Graph graph = wanted.graph();
      Model model = Model.create(wanted.net, graph, 1);
      Map<String, double[]> first = wanted.parameters();
      model.assign(first.keySet().stream().map(n -> new Tensor(n, wanted.shapes.get(n).dims(), floats(first.get(n)))).toList());
      Points x = new Points(Shape.of(LENGTH), IntStream.range(0, EXAMPLES).mapToObj(e -> floats(tokens(e))).toArray(float[][]::new));
      Points t = new Points(wanted.label(), IntStream.range(0, EXAMPLES).mapToObj(e -> floats(wanted.classes(e))).toArray(float[][]::new));
      Paired data = new Paired(x, t, Target.classes(wanted.label(), VOCABULARY));
      CrossEntropy loss = new CrossEntropy(graph.output().shape(), 0, List.of(), -1);
      List<Double> losses = new ArrayList<>();
      try (Engine engine = new Engine(2, kernels)) {
        engine.train(model, new DataSplit("d", data, null, data), new TrainSettings(10, EXAMPLES, false, 1, loss, Optimizers.sgd(0.1f, 0.5f)), e -> {
          if (e instanceof TrainEvent.Batch b) {
            losses.add(b.loss());
          }
        }, () -> false);
      }
      assertThat(losses).hasSize(wanted.losses.length);
      for (int i = 0; i < losses.size(); i++) {
        assertThat(losses.get(i)).as("%s, step %d", wanted.net, i + 1).isCloseTo(wanted.losses[i], within(2e-5));
      }
      for (Tensor p : model.tensors()) {
        assertThat(along(exact(p.values()))).as(p.name()).isCloseTo(wanted.sums.get(p.name())[2], within(1e-4));
      }
    }
  }

  /** A small batch is taken through with neighbouring places as lanes: the same losses, and the same bits for any number of threads. */
  @ParameterizedTest
  @CsvSource({"32, true, -1", "48, false, 3"})
  void lanesMayBePlacesOfASequence(int length, boolean causal, int ignore) {
    Source source = new Source("x.net", """
        net N {
          input %d of 11 -> embed(12) -> positions
          transformer(3, causal = %b)
          transformer(1, causal = %b, relu = true, norm_first = false)
          each { dense(11) }
        }
        """.formatted(length, causal, causal));
    Graph graph = Lowering.graph(((Action.DefineNet) Checker.check(source, ScriptParser.parse(source).script(), new Scope()).actions().getFirst()).net());
    CrossEntropy loss = new CrossEntropy(graph.output().shape(), 0.1, List.of(), ignore);
    assertThat(Plan.training(graph, loss, KernelSet.VECTOR, Preparation.SILENT, true).isAcross()).isTrue();
    List<Double> one = new ArrayList<>(), two = new ArrayList<>(), formulas = new ArrayList<>();
    float[] parameters = trained(graph, loss, length, KernelSet.VECTOR, 1, one);
    assertThat(trained(graph, loss, length, KernelSet.VECTOR, 2, two)).isEqualTo(parameters);
    float[] exact = trained(graph, loss, length, KernelSet.SCALAR, 1, formulas);
    assertThat(two).isEqualTo(one).hasSize(4);
    for (int i = 0; i < one.size(); i++) {
      assertThat(one.get(i)).isCloseTo(formulas.get(i), within(2e-5));
    }
    for (int i = 0; i < exact.length; i++) {
      assertThat(parameters[i]).isCloseTo(exact[i], within(2e-5f));
    }
  }

  /** Some steps of batches of five, the last of which is smaller. */
  private static float[] trained(Graph graph, CrossEntropy loss, int length, KernelSet kernels, int threads, List<Double> losses) {
    int examples = 18;
    float[][] x = new float[examples][length];
    float[][] t = new float[examples][length];
    for (int i = 0; i < examples * length; i++) {
      x[i / length][i % length] = (i * i + 3 * i) % VOCABULARY;
      t[i / length][i % length] = (5 * i + i / 7) % VOCABULARY;
    }
    Shape places = Shape.of(1, length);
    Paired data = new Paired(new Points(Shape.of(length), x), new Points(places, t), Target.classes(places, VOCABULARY));
    Model model = Model.create("N", graph, 1);
    try (Engine engine = new Engine(threads, kernels)) {
      engine.train(model, new DataSplit("d", data, null, data), new TrainSettings(1, 5, false, 1, loss, Optimizers.sgd(0.1f, 0.5f)), e -> {
        if (e instanceof TrainEvent.Batch b) {
          losses.add(b.loss());
        }
      }, () -> false);
    }
    return model.parameters().clone();
  }

  private static float[] floats(double[] values) {
    float[] all = new float[values.length];
    IntStream.range(0, all.length).forEach(i -> all[i] = (float) values[i]);
    return all;
  }
}
