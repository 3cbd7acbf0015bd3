package dev.lanewise.dsl.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.lower.Lowering;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.dsl.scope.Action;
import dev.lanewise.dsl.scope.Checked;
import dev.lanewise.dsl.scope.Scope;
import dev.lanewise.runtime.differentiate.Differentiation;
import dev.lanewise.runtime.differentiate.LossGraph;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Interpreter;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Transpose;
import dev.lanewise.runtime.rewrite.Turns;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is done at every place of a sequence. */
class PlacesTest {
  /** Nothing is dropped. */
  private static final double KEPT = 0.9;

  /** The same numbers by three ways: a convolution of one place, dense at each place, and dense of each place alone. */
  @Test
  void eachIsTheLayerAtEachPlace() {
    double[] each = run(net("input 3x5; each { l: dense(4) -> tanh -> m: dense(2) }"), Map.of());
    double[] conv = run(net("input 3x5; l: conv(4, 1) -> tanh -> m: conv(2, 1)"), Map.of());
    assertThat(each).hasSize(10).containsExactly(conv, within(1e-12));
  }

  /** A label from outside is the same place of its value; labels inside are those of one place. */
  @Test
  void labelsAreReadPlaceByPlace() {
    double[] inside = run(net("input 3x5; a: tanh; sigmoid -> each { b: relu; mul(@a) -> add(@b) }"), Map.of());
    double[] outside = run(net("input 3x5; a: tanh; sigmoid -> b: relu; mul(@a) -> add(@b)"), Map.of());
    assertThat(inside).containsExactly(outside, within(1e-12));
  }

  /** The layers of a block, at each place; a layer of one's own, with weights. */
  @Test
  void blocksAndLayersOfOnesOwnWorkAtEachPlace() {
    String defined = "layer Linear(n) { weight W : [in.features, n] ~ he_normal; weight b : [n] ~ he_normal; out = in @ W + b }\nblock Two(n) { Linear(n) -> tanh; dense(n) }\n";
    double[] each = run(net(defined, "input 3x4; a: each { Two(5) -> Linear(2) }"), Map.of());
    double[] places = new double[8];
    for (int p = 0; p < 4; p++) {
      double[] x = example(12);
      double[] one = run(net(defined, "input 3; Two(5) -> Linear(2)"), Map.of("input", new double[] {x[p], x[4 + p], x[8 + p]}), "a.");
      places[p] = one[0];
      places[4 + p] = one[1];
    }
    assertThat(each).containsExactly(places, within(1e-12));
  }

  /** Scores by the table itself: y[v][p] = Σ_j W[v][j] x[j][p]; its gradient is that of both. */
  @Test
  void tiedWeightsAreOneTable() {
    Graph graph = net("input 4 of 6; words: embed(3) -> tanh -> share(@words)");
    assertThat(graph.parameters()).singleElement().satisfies(p -> {
      assertThat(p.name()).isEqualTo("words.weight");
      assertThat(p.isTable()).as("a matrix, too: its gradient is whole").isFalse();
    });
    Map<String, double[]> tokens = Map.of("input", new double[] {2, 5, 0, 2});
    double[] w = values("words.weight", 18);
    double[] scores = run(graph, tokens);
    for (int v = 0; v < 6; v++) {
      for (int p = 0; p < 4; p++) {
        double y = 0;
        for (int j = 0; j < 3; j++) {
          y += w[v * 3 + j] * Math.tanh(w[(int) tokens.get("input")[p] * 3 + j]);
        }
        assertThat(scores[v * 4 + p]).isCloseTo(y, within(1e-12));
      }
    }
    LossGraph training = Differentiation.of(Turns.of(graph), new CrossEntropy(Shape.of(6, 4), 0, List.of(), -1));
    double[] gradient = gradient(training, tokens, w, -1, 0)[1];
    for (int i = 0; i < w.length; i++) {
      double up = gradient(training, tokens, w, i, 1e-5)[0][0], down = gradient(training, tokens, w, i, -1e-5)[0][0];
      assertThat(gradient[i]).as("%d", i).isCloseTo((up - down) / 2e-5, within(1e-8));
    }
  }

  /** A transformer turns its values round once, where the loss wants scores with classes outside. */
  @Test
  void aGptTurnsNothingButItsScores() {
    Graph gpt = net("input 16 of 65; words: embed(8); positions -> dropout(0.1); repeat 3 { transformer(2, causal = true, dropout = 0.1) }; layernorm -> share(@words)");
    Graph now = Turns.of(gpt);
    assertThat(turned(gpt)).isGreaterThan(40);
    assertThat(turned(now)).isEqualTo(1);
    assertThat(turned(Differentiation.of(now, new CrossEntropy(Shape.of(65, 16), 0, List.of(), -1)).graph())).isEqualTo(2);
    assertThat(run(now, Map.of())).containsExactly(run(gpt, Map.of()), within(1e-10));
  }

  private static long turned(Graph graph) {
    return graph.nodes().stream().filter(n -> n.operation() instanceof Transpose).count();
  }

  private static double[][] gradient(LossGraph training, Map<String, double[]> in, double[] w, int moved, double by) {
    Interpreter interpreter = new Interpreter(training.graph());
    double[] now = w.clone();
    if (moved >= 0) {
      now[moved] += by;
    }
    interpreter.set(training.graph().parameters().getFirst().value(), now);
    Map<Value, double[]> given = new HashMap<>(Map.of(
        training.graph().input(), in.get("input"), training.label(), new double[] {1, 4, 0, 5}, training.dLoss(), new double[] {1}));
    training.weight().ifPresent(v -> given.put(v, new double[] {1}));
    Map<Value, double[]> values = interpreter.run(given, _ -> _ -> KEPT);
    return new double[][] {values.get(training.graph().outputs().get(1)), interpreter.get(training.graph().outputs().get(2))};
  }

  private static Graph net(String body) {
    return net("", body);
  }

  private static Graph net(String defined, String body) {
    Source source = new Source("test", defined + "net N { " + body + " }\n");
    Checked checked = Checker.check(source, ScriptParser.parse(source).script(), new Scope());
    assertThat(checked.diagnostics()).as(body).allMatch(d -> !d.isError());
    return Lowering.graph(checked.actions().stream().filter(Action.DefineNet.class::isInstance).map(a -> ((Action.DefineNet) a).net()).findFirst().orElseThrow());
  }

  private static double[] run(Graph graph, Map<String, double[]> in) {
    return run(graph, in, "");
  }

  /** @param prefix what parameters are called in the network that has the same */
  private static double[] run(Graph graph, Map<String, double[]> in, String prefix) {
    Interpreter interpreter = new Interpreter(graph);
    for (Parameter p : graph.parameters()) {
      interpreter.set(p.value(), values(prefix + p.name(), p.shape().size()));
    }
    Map<Value, double[]> given = new HashMap<>();
    graph.inputs().forEach(v -> given.put(v, in.getOrDefault(v.name(), graph.bound(v) > 0 ? tokens(v.shape().size(), graph.bound(v)) : example(v.shape().size()))));
    return interpreter.run(given, _ -> _ -> KEPT).get(graph.output());
  }

  /** By the name, whatever `each` is around a layer. */
  private static double[] values(String name, int size) {
    String own = name.replaceAll("^each\\d+\\.", "");
    return new Random(own.hashCode()).doubles(size, -1, 1).toArray();
  }

  private static double[] example(int size) {
    return new Random(5).doubles(size, -2, 2).toArray();
  }

  private static double[] tokens(int size, int bound) {
    return new Random(6).ints(size, 0, bound).asDoubleStream().toArray();
  }
}
