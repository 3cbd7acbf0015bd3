package dev.lanewise.runtime.graph;

import dev.lanewise.runtime.operation.Draw;
import dev.lanewise.runtime.operation.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Runs a graph by its operations' formulas, one example at a time, in double. Slow and obvious: the meaning of a graph, for tests to
 * compare with.
 */
public final class Interpreter {
  private final Graph graph;
  private final Map<Value, double[]> shared = new HashMap<>();

  public Interpreter(Graph graph) {
    this.graph = graph;
  }

  /** Gives a parameter its values. */
  public void set(Value parameter, double[] values) {
    shared.put(parameter, values);
  }

  /** The values of a parameter, or of a sum over the examples run so far. */
  public double[] get(Value value) {
    return shared.get(value);
  }

  /**
   * Runs one example. Shared outputs add up from call to call.
   *
   * @param inputs a value for each of the graph's inputs
   * @param draws the random numbers of each node
   * @return every value of this example
   */
  public Map<Value, double[]> run(Map<Value, double[]> inputs, Function<Node, Draw> draws) {
    Map<Value, double[]> values = new HashMap<>(inputs);
    for (Node node : graph.nodes()) {
      double[][] in = new double[node.inputs().size()][];
      for (int i = 0; i < in.length; i++) {
        Value v = node.inputs().get(i);
        in[i] = v.isShared() ? shared.get(v) : values.get(v);
      }
      double[][] out = new double[node.outputs().size()][];
      for (int i = 0; i < out.length; i++) {
        Value v = node.outputs().get(i);
        out[i] = (v.isShared() ? shared : values).computeIfAbsent(v, k -> new double[k.shape().size()]);
      }
      node.operation().evaluate(draws.apply(node), in, out);
    }
    return values;
  }
}
