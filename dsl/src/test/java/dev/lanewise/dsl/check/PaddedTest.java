package dev.lanewise.dsl.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.lower.Lowering;
import dev.lanewise.dsl.meaning.CheckedNet;
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
import dev.lanewise.runtime.rewrite.Turns;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is padding takes no part: a padded example is the same example without padding, one by one. */
class PaddedTest {
  private static final int LENGTH = 6;
  /** Nothing is dropped. */
  private static final double KEPT = 0.9;

  @ParameterizedTest
  @ValueSource(strings = {
    "last",
    "avgpool(global) -> flatten",
    "maxpool(to = 1) -> flatten",
    "tanh -> layernorm -> last",
    "sine_positions -> each { dense(7) -> gelu -> layernorm } -> avgpool(to = 1) -> flatten",
    "conv(5, 3, pad = same) -> tanh -> conv(4, 5, pad = same) -> last",
    "a: each { dense(4) -> tanh }; conv(4, 3, pad = same, dilation = 2) -> mul(@a) -> concat(@a) -> maxpool(global) -> flatten",
    "a: dropout(0.2) -> layernorm; each { add { path { } path { dense(3) -> softmax -> dense(4) } } -> groupnorm(2) } -> add(@a) -> last",
    "lstm(3) -> last",
    "gru(3, both = true) -> avgpool(global) -> flatten",
    "rnn(4, layers = 2, reverse = true) -> each { dense(3) } -> lstm(2, layers = 2, both = true) -> maxpool(global) -> flatten",
    "sine_positions -> attention(2) -> last",
    "transformer(2, hidden = 5) -> attention(4, causal = true) -> avgpool(global) -> flatten",
    "m: transformer(2, hidden = 5, norm_first = false); conv(6, 3, pad = same) -> attention(3, from = @m) -> last",
    "m: tanh; attention(2, from = @m) -> layernorm -> maxpool(global) -> flatten",
    "sine_positions -> attention(2) -> last",
    "sine_positions -> transformer(2, causal = true) -> transformer(2, norm_first = false) -> avgpool(global) -> flatten",
    "lstm(3) -> last",
    "rnn(3, reverse = true) -> avgpool(to = 1) -> flatten",
    "a: gru(4); share(@a) -> b: attention(2); share(@b) -> last",
    "gru(2, both = true, layers = 2) -> last",
    "log_softmax -> b: last; flat: dense(4); onehot2: sigmoid -> reshape(4x1) -> flatten -> mul(@flat)",
  })
  void aPaddedExampleIsTheExample(String body) {
    for (int length = 2; length <= LENGTH; length++) {
      Map<String, double[]> padded = run(net("input " + LENGTH + " of 9 padded -> embed(4) -> " + body + " -> dense(3)"), length);
      Map<String, double[]> bare = run(net("input " + length + " of 9 -> embed(4) -> " + body + " -> dense(3)"), length);
      assertThat(padded.keySet()).isEqualTo(bare.keySet()).hasSizeGreaterThan(3);
      for (String name : bare.keySet()) {
        assertThat(padded.get(name)).as("%s of length %d", name, length).containsExactly(bare.get(name), within(1e-12));
      }
    }
  }

  /** A loss at places: what is to be learned at padding counts nothing. */
  @Test
  void nothingIsLearnedAtPadding() {
    for (int length = 2; length <= LENGTH; length++) {
      Graph padded = net("input " + LENGTH + " of 9 padded -> embed(4) -> conv(4, 3, pad = same) -> each { dense(5) }");
      Graph bare = net("input " + length + " of 9 -> embed(4) -> conv(4, 3, pad = same) -> each { dense(5) }");
      CrossEntropy ignoring = new CrossEntropy(Shape.of(5, LENGTH), 0, List.of(), 0), all = new CrossEntropy(Shape.of(5, length), 0, List.of(), -1);
      double[] labels = {3, 1, 2, 4, 1, 2};
      double[] cut = Arrays.copyOf(Arrays.copyOf(labels, length), LENGTH);
      Map<String, double[]> one = run(padded, ignoring, length, cut, LENGTH), other = run(bare, all, length, Arrays.copyOf(labels, length), length);
      other.remove("output");
      one.remove("output");
      for (String name : other.keySet()) {
        assertThat(one.get(name)).as("%s of length %d", name, length).containsExactly(other.get(name), within(1e-12));
      }
    }
  }

  /** Where all is padding, there is nothing: zeros, not numbers divided by zero. */
  @Test
  void nothingButPaddingIsZero() {
    for (String end : List.of("last", "avgpool(global) -> flatten", "maxpool(global) -> flatten")) {
      assertThat(run(net("input " + LENGTH + " of 9 padded -> embed(4) -> " + end), new CrossEntropy(4), 0, new double[] {2}, 1).get("output")).as(end).containsOnly(0.0);
    }
  }

  /** Without the word nothing is padding: token 0 is a token. */
  @Test
  void onlyWhoIsToldKnows() {
    double[] knows = run(net("input 6 of 9 padded -> embed(4) -> last -> dense(3)"), 3).get("output");
    double[] doesNot = run(net("input 6 of 9 -> embed(4) -> last -> dense(3)"), 3).get("output");
    assertThat(knows).isNotEqualTo(doesNot);
  }

  private static Graph net(String text) {
    Source source = new Source("test", "net N { " + text + " }\n");
    Checked checked = Checker.check(source, ScriptParser.parse(source).script(), new Scope());
    assertThat(checked.diagnostics()).as(text).allMatch(d -> !d.isError());
    CheckedNet net = ((Action.DefineNet) checked.actions().getFirst()).net();
    return Turns.of(Lowering.graph(net));
  }

  private static Map<String, double[]> run(Graph graph, int length) {
    return run(graph, new CrossEntropy(3), length, new double[] {2}, 1);
  }

  /** The output, the loss, and the gradients of all parameters; of a loss that counts places that are padding not, of those alone. */
  private static Map<String, double[]> run(Graph graph, CrossEntropy loss, int length, double[] label, int places) {
    LossGraph training = Differentiation.of(graph, loss);
    Interpreter interpreter = new Interpreter(training.graph());
    for (Parameter p : training.graph().parameters()) {
      Random random = new Random(p.name().hashCode());
      interpreter.set(p.value(), random.doubles(p.shape().size(), -1, 1).toArray());
    }
    double[] tokens = new double[graph.input().shape().size()];
    for (int i = 0; i < length; i++) {
      tokens[i] = 1 + i * 5 % 8;
    }
    double real = places == 1 ? 1 : Arrays.stream(label).filter(l -> l > 0).count();
    Map<Value, double[]> in = new HashMap<>(Map.of(
        graph.input(), tokens, training.label(), label, training.dLoss(), new double[] {places / real}));
    training.weight().ifPresent(w -> in.put(w, new double[] {1}));
    Map<Value, double[]> values = interpreter.run(in, _ -> _ -> KEPT);
    Map<String, double[]> told = new TreeMap<>(Map.of("output", values.get(training.graph().outputs().get(0))));
    told.put("loss", Arrays.stream(values.get(training.graph().outputs().get(1))).map(l -> l * places / real).toArray());
    for (int k = 0; k < training.graph().trainable().size(); k++) {
      told.put(training.graph().trainable().get(k).name(), interpreter.get(training.graph().outputs().get(2 + k)));
    }
    return told;
  }
}
