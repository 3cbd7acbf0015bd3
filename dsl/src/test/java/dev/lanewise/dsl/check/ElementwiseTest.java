package dev.lanewise.dsl.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.lower.Lowering;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.dsl.scope.Action;
import dev.lanewise.dsl.scope.Checked;
import dev.lanewise.dsl.scope.Scope;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Interpreter;
import dev.lanewise.runtime.spec.Draw;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Values that meet element by element: the order in which they are written makes no difference to what is allowed, nor to the shape. */
class ElementwiseTest {
  private static final List<String> SHAPES = List.of("3", "1", "3x1", "1x1", "3x5", "1x5", "3x1x1", "1x1x1", "3x2x2", "1x4x4", "3x1x4");
  /** One number for each channel, one for each value of the input, one for all. */
  private static final List<String> WEIGHTS = List.of("[in.channels]", "as in", "[1]");

  @Test
  void bothOrdersAreTheSame() {
    int compared = 0;
    for (String shape : SHAPES) {
      for (String weight : WEIGHTS) {
        for (String[] both : new String[][] {
            {"in * w", "w * in"}, {"in + w", "w + in"}, {"in - w", "-w + in"}, {"max(in, w)", "max(w, in)"}, {"min(in, w)", "min(w, in)"},
            {"where(in > w, in, w)", "where(w < in, in, w)"}, {"in * w + w", "w + w * in"}, {"in * 2 * w", "w * (2 * in)"}}) {
          Graph one = graph(shape, weight, both[0]);
          Graph other = graph(shape, weight, both[1]);
          String what = both[0] + " and " + both[1] + " of " + shape + " with " + weight;
          assertThat(other.output().shape()).as(what).isEqualTo(one.output().shape()).hasToString(shape);
          assertThat(run(other)).as(what).containsExactly(run(one));
          compared++;
        }
      }
    }
    assertThat(compared).isEqualTo(SHAPES.size() * WEIGHTS.size() * 8);
  }

  private static Graph graph(String shape, String weight, String out) {
    String dims = weight.equals("as in") ? "[" + shape.replace("x", ", ") + "]" : weight;
    String script = "layer L { weight w : " + dims + " ~ ones; out = " + out + " }\nnet N = input " + shape + " -> L\n";
    Source source = new Source("test", script);
    Checked checked = Checker.check(source, ScriptParser.parse(source).script(), new Scope());
    assertThat(checked.diagnostics()).as(script).isEmpty();
    return Lowering.graph(((Action.DefineNet) checked.actions().getFirst()).net());
  }

  private static double[] run(Graph graph) {
    Interpreter interpreter = new Interpreter(graph);
    double[] weight = new double[graph.parameters().getFirst().shape().size()];
    for (int i = 0; i < weight.length; i++) {
      weight[i] = 0.5 - i;
    }
    interpreter.set(graph.parameters().getFirst().value(), weight);
    double[] in = new double[graph.input().shape().size()];
    for (int i = 0; i < in.length; i++) {
      in[i] = i % 4 - 1.25;
    }
    return interpreter.run(new HashMap<>(Map.of(graph.input(), in)), _ -> Draw.NONE).get(graph.output());
  }
}
