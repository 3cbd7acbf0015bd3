package dev.lanewise.runtime.vital;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.operation.Concat;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Reduce;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A network that gives, in place of its output, what is read of the units of its activations, one after the other: see {@link Activity}. */
public final class Readings {
  private final List<Node> nodes;
  private final Graph graph;

  private Readings(List<Node> nodes, Graph graph) {
    this.nodes = nodes;
    this.graph = graph;
  }

  /** @param network in which each value is made for one example */
  public static Readings of(Graph network) {
    List<Node> nodes = network.nodes().stream().filter(n -> Bend.of(n.operation()).isPresent() && !n.output().isShared() && !n.output().isGathered()).toList();
    return new Readings(nodes, nodes.isEmpty() ? network : graph(network, nodes));
  }

  private static Graph graph(Graph network, List<Node> nodes) {
    GraphBuilder b = new GraphBuilder(network);
    List<Value> read = new ArrayList<>();
    for (Node node : nodes) {
      Shape shape = node.output().shape();
      Bend bend = Bend.of(node.operation()).orElseThrow();
      Value each = bend == Bend.RELU ? node.output() : b.emit(node.name() + ".slope", Pointwise.of("slope", shape, bend.reading()), node.output());
      read.add(b.emit(node.name() + ".units", Reduce.mean(shape, shape.channels()), each));
    }
    Concat all = new Concat(read.stream().map(Value::shape).toList());
    return b.build(read.size() == 1 ? read.getFirst() : b.emit("units", all, read.toArray(Value[]::new)));
  }

  /** Whether the network has no activation that is flat anywhere. */
  public boolean isEmpty() {
    return nodes.isEmpty();
  }

  public Graph graph() {
    return graph;
  }

  /** @param made what the graph gives, example by example */
  public List<Activity> activities(float[][] made) {
    List<Activity> all = new ArrayList<>();
    int at = 0;
    for (Node node : nodes) {
      double[] units = new double[node.output().shape().channels()];
      for (float[] example : made) {
        for (int u = 0; u < units.length; u++) {
          units[u] += example[at + u];
        }
      }
      Arrays.setAll(units, u -> units[u] / made.length);
      all.add(new Activity(node.name(), Bend.of(node.operation()).orElseThrow(), units));
      at += units.length;
    }
    return all;
  }
}
