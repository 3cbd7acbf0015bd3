package dev.lanewise.dsl.check.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.dsl.check.call.LossCalls;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.lower.Lowering;
import dev.lanewise.dsl.scope.Prelude;
import dev.lanewise.dsl.scope.Scope;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Name;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Paired;
import dev.lanewise.runtime.data.Points;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.differentiate.Differentiation;
import dev.lanewise.runtime.differentiate.GradientCheck;
import dev.lanewise.runtime.differentiate.LossGraph;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.graph.Interpreter;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.symbolic.Derivative;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.train.Engine;
import dev.lanewise.runtime.train.Model;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The functions of the prelude against PyTorch's; the numbers come from src/test/python/prelude.py. */
class PreludeTest {
  private static final double[] POINTS = {-6.5, -3.0, -1.2, -0.4, 0.3, 0.9, 2.5, 6.5};
  private static final double[] KINKS = {-40, -24, -6, -3, -1e-9, 0, 1e-9, 1, 3, 6, 24, 40};
  private static final double[] TARGETS = {0, 1, 0.25, 0, 0.6};
  private static final double[] SCORES = {1.5, -0.7, 0.2, 3.1, -2.0};
  private static final double[] WEIGHTS = {0.5, 1, 2, 0.25, 3};
  private static final double[] NUMBERS = {0.25, 0.9, 0, 1, 0.6};
  private static final Span NOWHERE = new Span(0, 0);

  private final Problems problems = new Problems(new Source("test", ""));
  private final Formulas formulas = new Formulas(new Scope(), Map.of(), problems);

  private static Map<String, double[]> expected() throws IOException {
    Map<String, double[]> numbers = new LinkedHashMap<>();
    try (InputStream in = PreludeTest.class.getResourceAsStream("pytorch.txt")) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().map(l -> l.split(" "))
          .forEach(l -> numbers.put(l[0], Arrays.stream(l).skip(1).mapToDouble(Double::parseDouble).toArray()));
    }
    return numbers;
  }

  @Test
  void functionsArePyTorchs() throws IOException {
    int compared = 0;
    for (var e : expected().entrySet()) {
      boolean loss = e.getKey().contains(".");
      double[] actual = e.getKey().contains("@") ? gradient(e.getKey()) : loss ? loss(e.getKey())
          : e.getKey().endsWith("'") ? derivative(e.getKey().replace("'", "")) : activation(e.getKey());
      assertThat(problems.diagnostics()).isEmpty();
      assertThat(actual).as(e.getKey()).containsExactly(e.getValue(), within(1e-9));
      compared++;
    }
    assertThat(compared).isEqualTo(172);
  }

  /** Every function of one number: its derivative lies between the slopes on both sides, at 0 and wherever it has a kink. */
  @Test
  void derivativesLieBetweenTheSlopesOnBothSides() {
    int functions = 0;
    for (Statement.Function function : Prelude.functions()) {
      String name = function.name().text();
      if (!LossCalls.isLoss(function) && !name.equals("var")) {
        Term term = formulas.lookups().term(function, NOWHERE).orElseThrow();
        List<GradientCheck.Compared> all = GradientCheck.of(name, term);
        assertThat(all).as(name).allMatch(c -> c.error() < 1e-5).hasSizeGreaterThan(8);
        functions++;
      }
    }
    assertThat(functions).isEqualTo(11);
  }

  /** And those of every loss: of scores that are all 0, too, for a class and for numbers. */
  @Test
  void gradientsOfLossesLieBetweenTheSlopesOnBothSides() {
    for (Statement.Function function : Prelude.functions()) {
      String name = function.name().text();
      if (LossCalls.isLoss(function)) {
        for (Target target : List.of(Target.classes(5), Target.numbers(Shape.of(5)))) {
          if (target.isClass() || !List.of("nll", "focal").contains(name)) {
            Computation loss = new LossCalls(formulas, problems).bind(name, List.of(), NOWHERE, NOWHERE, Shape.of(5), target).orElseThrow();
            assertThat(GradientCheck.ofLoss(Lowering.probe(5), loss, 1)).as(name).allMatch(c -> c.error() < 1e-5);
          }
        }
      }
    }
  }

  /** Losses of probabilities say yes above one half, those of scores above 0: the loss itself tells. */
  @ParameterizedTest
  @CsvSource({"mse, 0.5", "l1, 0.5", "huber, 0.5", "bce, 0.5", "bce_with_logits, 0", "hinge, 0"})
  void outputsMeanYesFromWhereTheLossSaysSo(String name, float threshold) {
    Computation loss = new LossCalls(formulas, problems)
        .bind(name, List.of(), NOWHERE, NOWHERE, Shape.of(5), Target.numbers(Shape.of(5))).orElseThrow();
    Model model = Model.create("N", Lowering.probe(5), 1);
    try (Engine engine = new Engine(1, KernelSet.SCALAR)) {
      Dataset data = new Paired(new Points(Shape.of(2), new float[1][2]), new Points(Shape.of(5), new float[1][5]));
      assertThat(engine.predict(model, data, loss).threshold()).isEqualTo(threshold);
    }
  }

  /** By kernels, in float: a right class of probability e^-1000 has a loss of 1000, not of the smallest number's logarithm. */
  @Test
  void focalHasNoLimit() {
    Computation focal = new LossCalls(formulas, problems)
        .bind("focal", List.of(argument("gamma", number(0))), NOWHERE, NOWHERE, Shape.of(5), Target.classes(5)).orElseThrow();
    Computation crossEntropy = new LossCalls(formulas, problems)
        .bind("cross_entropy", List.of(), NOWHERE, NOWHERE, Shape.of(5), Target.classes(5)).orElseThrow();
    GraphBuilder b = new GraphBuilder(Shape.of(5));
    Graph graph = b.build(b.add("flatten1", new dev.lanewise.runtime.operation.Reshape(Shape.of(5), Shape.of(5)), b.input()));
    float[] scores = {1000, 0, -1000, 3, 2.5f};
    Dataset data = new Scores(scores);
    try (Engine engine = new Engine(1, KernelSet.VECTOR)) {
      Model model = Model.create("N", graph, 1);
      float[] losses = engine.predict(model, data, focal).losses();
      assertThat(losses).containsExactly(new float[] {0, 1000, 2000, 997, 997.5f}, within(0f))
          .containsExactly(engine.predict(model, data, crossEntropy).losses(), within(0f));
    }
  }

  /** The same scores with each class as the right one. */
  private record Scores(float[] scores) implements Dataset {
    @Override
    public int size() {
      return scores.length;
    }

    @Override
    public Shape shape() {
      return Shape.of(scores.length);
    }

    @Override
    public Target target() {
      return Target.classes(scores.length);
    }

    @Override
    public int label(int index) {
      return index;
    }

    @Override
    public void read(int index, float[] out, int offset, int stride) {
      for (int i = 0; i < scores.length; i++) {
        out[offset + i * stride] = scores[i];
      }
    }

    @Override
    public float zero(int channel) {
      return 0;
    }

    @Override
    public Dataset normalized(dev.lanewise.runtime.data.Normalization normalization) {
      return this;
    }
  }

  private double[] activation(String name) {
    Term term = formulas.lookups().term(formulas.lookups().function(name).orElseThrow(), NOWHERE).orElseThrow();
    return Arrays.stream(POINTS).map(x -> term.evaluate(_ -> x)).toArray();
  }

  private double[] derivative(String name) {
    Term derivative = Derivative.of(formulas.lookups().term(formulas.lookups().function(name).orElseThrow(), NOWHERE).orElseThrow(), "x");
    return Arrays.stream(KINKS).map(x -> derivative.evaluate(_ -> x)).toArray();
  }

  /** Of a loss with respect to the scores, those of a network that gives its weights: {@code huber.3@100}. */
  private double[] gradient(String key) {
    double at = Double.parseDouble(key.substring(key.indexOf('@') + 1));
    double[] scores = {at, 0, -at, at / 2, 0};
    Shape output = Shape.of(5);
    boolean numbers = key.contains(".numbers");
    Target target = numbers ? Target.numbers(output) : Target.classes(5);
    String name = key.substring(0, key.indexOf('.'));
    Computation loss = new LossCalls(formulas, problems).bind(name, List.of(), NOWHERE, NOWHERE, output, target).orElseThrow();
    GraphBuilder b = new GraphBuilder(Shape.of(1));
    LossGraph training = Differentiation.of(b.build(b.add("scores", new Dense(1, 5, false), b.input())), loss);
    Interpreter interpreter = new Interpreter(training.graph());
    interpreter.set(training.graph().parameters().getFirst().value(), scores);
    Map<Value, double[]> inputs = new HashMap<>(Map.of(training.graph().input(), new double[] {1}, training.dLoss(), new double[] {1}));
    inputs.put(training.label(), numbers ? TARGETS : new double[] {key.charAt(name.length() + 1) - '0'});
    interpreter.run(inputs, _ -> Draw.NONE);
    return interpreter.get(training.gradients().getFirst());
  }

  private static dev.lanewise.dsl.syntax.Argument argument(String name, Expression value) {
    return new dev.lanewise.dsl.syntax.Argument(NOWHERE, Optional.of(new Name(NOWHERE, name)), value);
  }

  private static Expression number(double value) {
    return new Expression.Number(NOWHERE, value);
  }

  private double[] loss(String key) {
    int dot = key.lastIndexOf('.');
    String name = key.substring(0, dot);
    List<dev.lanewise.dsl.syntax.Argument> arguments = new ArrayList<>();
    if (name.contains("smooth")) {
      arguments.add(argument("smooth", number(0.1)));
    }
    if (name.contains("weights")) {
      arguments.add(argument(
          "weights", new Expression.Items(NOWHERE, Arrays.stream(WEIGHTS).mapToObj(PreludeTest::number).toList())));
    }
    boolean numbers = key.endsWith(".numbers");
    Shape output = numbers ? Shape.of(1, 1, 5) : Shape.of(5);
    Target target = numbers ? Target.numbers(output) : Target.classes(5);
    Computation loss = new LossCalls(formulas, problems)
        .bind(name.replaceAll("\\(.*", ""), arguments, NOWHERE, NOWHERE, output, target).orElseThrow();
    GraphBuilder b = new GraphBuilder(output);
    Value label = b.input("label", target.beside(output));
    Graph graph = b.build(b.add("loss", loss, b.input(), label));
    double[] x = name.equals("bce") ? Arrays.stream(SCORES).map(s -> 1 / (1 + Math.exp(-s))).toArray() : SCORES;
    Map<Value, double[]> inputs = new HashMap<>();
    inputs.put(graph.input(), x);
    inputs.put(label, numbers ? NUMBERS : new double[] {Integer.parseInt(key.substring(dot + 1))});
    return new Interpreter(graph).run(inputs, _ -> Draw.NONE).get(graph.output());
  }
}
