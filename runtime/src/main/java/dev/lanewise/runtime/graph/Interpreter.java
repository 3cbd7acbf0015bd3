package dev.lanewise.runtime.graph;

import dev.lanewise.runtime.operation.Place;
import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Value;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Runs a graph by its operations' formulas, in double. Slow and obvious: the meaning of a graph, for tests to
 * compare with.
 */
public final class Interpreter {
  /** Of a block, for each of which there are draws. */
  private static final int EXAMPLES = 16;

  private final Graph graph;
  private final Readers readers;
  private final Map<Value, double[]> shared = new HashMap<>();

  public Interpreter(Graph graph) {
    this.graph = graph;
    this.readers = new Readers(graph);
  }

  /** What a plan draws for a node of the first example that is tested. */
  public static Draw drawsOfFirst(Node node) {
    long key = Draws.mix(Draws.mix(0, 0), node.name().hashCode());
    return element -> Draws.uniform(key, element * EXAMPLES);
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
    return run(List.of(inputs), draws).getFirst();
  }

  /** Runs a batch, node by node through all its examples, so that a node may read what was added up over them. */
  public List<Map<Value, double[]>> run(List<Map<Value, double[]>> inputs, Function<Node, Draw> draws) {
    List<Map<Value, double[]>> examples = inputs.stream().<Map<Value, double[]>>map(HashMap::new).toList();
    graph.nodes().stream().flatMap(n -> n.outputs().stream()).filter(v -> v.isShared() && !readers.of(v).isEmpty()).forEach(shared::remove);
    for (Node node : graph.nodes()) {
      boolean ofBatch = node.inputs().stream().allMatch(Value::isShared) && node.output().isShared();
      if (node.output().isGathered()) {
        gather(node, examples);
        continue;
      }
      if (node.operation() instanceof Place) {
        IntStream.range(0, examples.size()).forEach(i -> examples.get(i).put(node.output(), new double[] {i}));
        continue;
      }
      for (Map<Value, double[]> values : ofBatch ? examples.subList(0, 1) : examples) {
        evaluate(node, values, draws.apply(node));
      }
    }
    return examples;
  }

  /** Each example's row follows that of the one before. */
  private void gather(Node node, List<Map<Value, double[]>> examples) {
    Value own = node.inputs().getFirst();
    shared.put(node.output(), examples.stream().flatMapToDouble(e -> Arrays.stream(e.get(own))).toArray());
  }

  private void evaluate(Node node, Map<Value, double[]> values, Draw draw) {
    double[][] in = new double[node.inputs().size()][];
    for (int i = 0; i < in.length; i++) {
      Value v = node.inputs().get(i);
      in[i] = v.isShared() || v.isGathered() ? shared.get(v) : values.get(v);
    }
    double[][] out = new double[node.outputs().size()][];
    for (int i = 0; i < out.length; i++) {
      Value v = node.outputs().get(i);
      out[i] = (v.isShared() ? shared : values).computeIfAbsent(v, k -> new double[k.shape().size()]);
    }
    node.operation().evaluate(draw, in, out);
  }
}
