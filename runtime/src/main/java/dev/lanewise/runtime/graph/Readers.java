package dev.lanewise.runtime.graph;

import dev.lanewise.runtime.spec.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who reads each value of a graph: found once, so that a pass which asks for every node still takes time in proportion to the graph. */
public final class Readers {
  private final Map<Value, List<Node>> nodes = new HashMap<>();
  private final Map<Value, Integer> uses = new HashMap<>();

  public Readers(Graph graph) {
    for (Node node : graph.nodes()) {
      Set<Value> seen = new HashSet<>();
      for (Value value : node.inputs()) {
        uses.merge(value, 1, Integer::sum);
        if (seen.add(value)) {
          nodes.computeIfAbsent(value, _ -> new ArrayList<>(1)).add(node);
        }
      }
    }
    graph.outputs().forEach(value -> uses.merge(value, 1, Integer::sum));
  }

  /** How many inputs of nodes and outputs of the graph are this value. */
  public int uses(Value value) {
    return uses.getOrDefault(value, 0);
  }

  /** The nodes that read a value, in their order, each once. */
  public List<Node> of(Value value) {
    return nodes.getOrDefault(value, List.of());
  }

  /** The node that reads a value, where nothing else does. */
  public Optional<Node> only(Value value) {
    return uses(value) == 1 ? of(value).stream().findFirst() : Optional.empty();
  }
}
