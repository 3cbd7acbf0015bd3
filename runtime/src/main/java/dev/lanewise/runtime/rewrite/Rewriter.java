package dev.lanewise.runtime.rewrite;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.spec.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Copies a graph node by node, while values of the old graph become values of the new one. */
public final class Rewriter {
  private final Graph old;
  private final GraphBuilder builder;
  private final Map<Value, Value> renamed = new HashMap<>();

  public Rewriter(Graph old) {
    this.old = old;
    this.builder = new GraphBuilder(old.inputs(), old.parameters());
  }

  /** What a value of the old graph is now. */
  public Value now(Value value) {
    return renamed.getOrDefault(value, value);
  }

  public List<Value> now(List<Value> values) {
    return values.stream().map(this::now).toList();
  }

  public void rename(Value value, Value now) {
    renamed.put(value, now);
  }

  /** Copies a node as it is. */
  public void copy(Node node) {
    List<Value> out = emit(node.name(), node.operation(), now(node.inputs()));
    for (int i = 0; i < out.size(); i++) {
      rename(node.outputs().get(i), out.get(i));
    }
  }

  /** Adds a node to the new graph; its inputs are values of the new graph. */
  public List<Value> emit(String name, Operation operation, List<Value> in) {
    return builder.emitAll(name, operation, in);
  }

  /** The graph without the nodes that no output depends on. */
  public static Graph withoutUnread(Graph graph) {
    Set<Value> read = new HashSet<>(graph.outputs());
    List<Node> kept = new ArrayList<>();
    for (Node node : graph.nodes().reversed()) {
      if (node.outputs().stream().anyMatch(read::contains)) {
        read.addAll(node.inputs());
        kept.add(node);
      }
    }
    return new Graph(graph.inputs(), graph.parameters(), kept.reversed(), graph.outputs());
  }

  public Graph build() {
    return builder.build(now(old.outputs()).toArray(Value[]::new));
  }
}
