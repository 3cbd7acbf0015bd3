package dev.lanewise.dsl.check.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.dsl.check.Checker;
import dev.lanewise.dsl.check.call.LossCalls;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.lower.Lowering;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.scope.Action;
import dev.lanewise.dsl.scope.Scope;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Paired;
import dev.lanewise.runtime.data.Points;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.differentiate.Differentiation;
import dev.lanewise.runtime.differentiate.LossGraph;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.graph.Interpreter;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.train.Engine;
import dev.lanewise.runtime.train.Model;
import dev.lanewise.runtime.train.TrainEvent;
import dev.lanewise.runtime.train.TrainSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** rnn, gru and lstm beside PyTorch's in double: one to three layers, either way and both, 1 to 40 places. The numbers come from src/test/python/memories.py. */
class MemoriesTest {
  private static final int EXAMPLES = 3;
  private static final int IN = 2;
  private static final double RATE = 0.1;

  /** What PyTorch makes of a network. */
  private record Case(String kind, int layers, String way, int places, double[] losses, double[] output, double[] gradients, double[] trained) {
    static Case of(String line) {
      String[] parts = line.split(" ");
      double[][] numbers = Arrays.stream(parts).skip(4).map(p -> Arrays.stream(p.split(",")).mapToDouble(Double::parseDouble).toArray()).toArray(double[][]::new);
      return new Case(parts[0], Integer.parseInt(parts[1]), parts[2], Integer.parseInt(parts[3]), numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    /** The gradient of a shift of the input is that of the input. */
    CheckedNet net() {
      String ways = way.equals("there") ? "" : ", " + way + " = true";
      return net("layer Shift { weight t : [in.channels, in.length] ~ zeros; out = in + t }\nnet N = input %dx%d -> Shift -> rnn: %s(3, layers = %d%s)\n"
          .formatted(IN, places, kind, layers, ways));
    }

    private static CheckedNet net(String script) {
      Source source = new Source("test", script);
      var checked = Checker.check(source, ScriptParser.parse(source).script(), new Scope());
      assertThat(checked.diagnostics()).as(script).isEmpty();
      return ((Action.DefineNet) checked.actions().getFirst()).net();
    }

    Computation loss(Shape output) {
      Problems problems = new Problems(new Source("test", ""));
      Span nowhere = new Span(0, 0);
      return new LossCalls(new Formulas(new Scope(), Map.of(), problems), problems).bind("mse", List.of(), nowhere, nowhere, output, Target.numbers(output)).orElseThrow();
    }

    double[][] x() {
      return examples(IN * places, 3);
    }

    double[][] y() {
      return examples(output.length, 2);
    }

    private static double[][] examples(int size, int k) {
      double[] all = numbers(EXAMPLES * size, k, 8);
      return IntStream.range(0, EXAMPLES).mapToObj(i -> Arrays.copyOfRange(all, i * size, (i + 1) * size)).toArray(double[][]::new);
    }

    /** What the parameters begin with: the shift with zeros. */
    List<double[]> first(List<Parameter> parameters) {
      List<double[]> all = new ArrayList<>();
      for (Parameter p : parameters) {
        all.add(all.isEmpty() ? new double[p.shape().size()] : numbers(p.shape().size(), all.size(), 16));
      }
      return all;
    }

    @Override
    public String toString() {
      return kind + " layers = " + layers + " " + way + " of " + places;
    }
  }

  /** As the Python script makes them: exact in float. */
  private static double[] numbers(int count, int k, int by) {
    return IntStream.range(0, count).mapToDouble(e -> (double) ((7L * e * e + 3L * e + 5 * k) % 17 - 8) / by).toArray();
  }

  static List<Case> cases() throws IOException {
    try (InputStream in = MemoriesTest.class.getResourceAsStream("memories.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().map(Case::of).toList();
    }
  }

  @Test
  void thereAreCasesOfAllKinds() throws IOException {
    assertThat(cases()).hasSize(27);
    assertThat(cases().stream().map(Case::places).distinct().sorted()).startsWith(1, 2).endsWith(24, 40);
  }

  /** Outputs, gradients of all parameters and of the input, and ten steps, by the formulas. */
  @ParameterizedTest
  @MethodSource("cases")
  void formulasArePyTorchs(Case c) {
    CheckedNet net = c.net();
    LossGraph training = Differentiation.of(Lowering.graph(net), c.loss(net.output()));
    List<Parameter> parameters = training.graph().parameters();
    assertThat(parameters.stream().skip(1).map(p -> p.name().replace("rnn.", ""))).isEqualTo(names(c));
    List<double[]> now = c.first(parameters);
    for (int step = 0; step < c.losses.length; step++) {
      Interpreter interpreter = new Interpreter(training.graph());
      for (int k = 0; k < parameters.size(); k++) {
        interpreter.set(parameters.get(k).value(), now.get(k));
      }
      List<Map<Value, double[]>> inputs = new ArrayList<>();
      for (int i = 0; i < EXAMPLES; i++) {
        inputs.add(new HashMap<>(Map.of(
            training.graph().input(), c.x()[i], training.label(), c.y()[i], training.dLoss(), new double[] {1.0 / EXAMPLES})));
      }
      List<Map<Value, double[]>> values = interpreter.run(inputs, _ -> Draw.NONE);
      double loss = values.stream().mapToDouble(v -> v.get(training.graph().outputs().get(1))[0]).sum() / EXAMPLES;
      assertThat(loss).as("loss of step %d", step).isCloseTo(c.losses[step], within(1e-9));
      List<double[]> gradients = IntStream.range(0, parameters.size()).mapToObj(k -> interpreter.get(training.graph().outputs().get(2 + k))).toList();
      if (step == 0) {
        assertThat(values.getFirst().get(training.graph().outputs().getFirst())).containsExactly(c.output, within(1e-9));
        assertThat(joined(gradients)).containsExactly(c.gradients, within(1e-9));
      }
      for (int k = 0; k < now.size(); k++) {
        for (int e = 0; e < now.get(k).length; e++) {
          now.get(k)[e] -= RATE * gradients.get(k)[e];
        }
      }
    }
    assertThat(joined(now)).containsExactly(c.trained, within(1e-9));
  }

  /** Ten steps by the kernels. */
  @ParameterizedTest
  @MethodSource("cases")
  @Tag("kernels")
  void kernelsArePyTorchs(Case c) {
    trained(c, KernelSet.VECTOR);
  }

  @Test
  void scalarKernelsArePyTorchs() throws IOException {
    for (Case c : cases()) {
      if (c.places <= 5) {
        trained(c, KernelSet.SCALAR);
      }
    }
  }

  private static void trained(Case c, KernelSet kernels) {
    CheckedNet net = c.net();
    Model model = Model.create("N", Lowering.graph(net), 1);
    List<double[]> first = c.first(model.graph().parameters());
    model.assign(IntStream.range(0, first.size()).mapToObj(k -> {
      Tensor t = model.tensors().get(k);
      return new Tensor(t.name(), t.shape(), floats(first.get(k)));
    }).toList());
    Dataset examples = new Paired(new Points(net.input(), floats(c.x())), new Points(net.output(), floats(c.y())));
    List<Double> losses = new ArrayList<>();
    TrainSettings settings = new TrainSettings(c.losses.length, EXAMPLES, false, 1, c.loss(net.output()), Optimizers.sgd((float) RATE, 0));
    try (Engine engine = new Engine(1, kernels)) {
      engine.train(model, new DataSplit("d", examples, null, examples), settings, e -> {
        if (e instanceof TrainEvent.Epoch epoch) {
          losses.add(epoch.train().loss());
        }
      }, () -> false);
    }
    assertThat(losses.stream().mapToDouble(l -> l).toArray()).containsExactly(c.losses, within(2e-5));
    assertThat(joined(model.tensors().stream().map(t -> doubles(t.values())).toList())).containsExactly(c.trained, within(2e-5));
  }

  /** A state_dict that PyTorch has written goes in by its names, and the network makes of an example what PyTorch's makes of it. */
  @Test
  void aStateDictIsLoaded() {
    Path folder = Path.of("src/test/resources/dev/lanewise/dsl/check/expression").toAbsolutePath();
    List<SessionEvent> events = new ArrayList<>();
    try (Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.VECTOR), events::add)) {
      String script = """
          net N = input 2x4 -> rnn: lstm(3, layers = 2, both = true) -> last -> fc: dense(2)
          load(N, "%s/state_dict.safetensors")
          y = N([0.875, 0.0, 0.875, -0.75, -0.625, -0.875, 0.625, -0.375])
          far = y - [-0.5733582487878466, 0.13918306051974094]
          expect sum(far * far) < 0.000000000001
          save(N, "target/named.safetensors")
          """.formatted(folder.toString().replace('\\', '/'));
      assertThat(session.run(new Source("prompt", script))).as("%s", events).isEqualTo(Outcome.OK);
    }
  }

  /** In the order of PyTorch's state_dict. */
  private static List<String> names(Case c) {
    List<String> names = new ArrayList<>();
    for (int k = 0; k < c.layers; k++) {
      for (String way : c.way.equals("both") ? List.of("", "_reverse") : List.of("")) {
        for (String name : List.of("weight_ih", "weight_hh", "bias_ih", "bias_hh")) {
          names.add(name + "_l" + k + way);
        }
      }
    }
    return names;
  }

  private static double[] joined(List<double[]> all) {
    return all.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  private static float[][] floats(double[][] values) {
    return Arrays.stream(values).map(MemoriesTest::floats).toArray(float[][]::new);
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }
}
