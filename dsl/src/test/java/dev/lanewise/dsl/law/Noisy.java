package dev.lanewise.dsl.law;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/**
 * Runs a graph by its formulas in double, as {@code graph.Interpreter} does, and changes every value that comes out in what would be its last
 * bit as a float. So it tells what rounding between the operations makes of the result, which for some networks is much.
 */
record Noisy(Graph graph, Map<Value, double[]> shared, Random random) {
  private static final double LAST_BIT = 0x1p-23;

  /** The values of each example; {@link #shared} has the sums over them. */
  List<Map<Value, double[]>> run(List<Map<Value, double[]>> inputs, Function<Node, Draw> draws) {
    List<Map<Value, double[]>> examples = inputs.stream().<Map<Value, double[]>>map(HashMap::new).toList();
    for (Node node : graph.nodes()) {
      boolean ofBatch = node.inputs().stream().allMatch(Value::isShared) && node.output().isShared();
      for (Map<Value, double[]> values : ofBatch ? examples.subList(0, 1) : examples) {
        evaluate(node, values, draws.apply(node));
      }
      if (node.output().isShared()) {
        disturb(shared.get(node.output()));
      } else {
        examples.forEach(values -> disturb(values.get(node.output())));
      }
    }
    return examples;
  }

  private void evaluate(Node node, Map<Value, double[]> values, Draw draw) {
    double[][] in = node.inputs().stream().map(v -> v.isShared() ? shared.get(v) : values.get(v)).toArray(double[][]::new);
    double[][] out = node.outputs().stream()
        .map(v -> (v.isShared() ? shared : values).computeIfAbsent(v, k -> new double[k.shape().size()])).toArray(double[][]::new);
    node.operation().evaluate(draw, in, out);
  }

  private void disturb(double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= 1 + LAST_BIT * random.nextInt(-1, 2);
    }
  }
}
