package dev.lanewise.runtime.graph;

import dev.lanewise.runtime.operation.Excerpt;
import dev.lanewise.runtime.operation.LinearMap;
import dev.lanewise.runtime.spec.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which parameters of a network are matrices of linear maps, and which of these lie inside it. */
public final class LinearMaps {
  private LinearMaps() {}

  /**
   * The parameters that are nothing but hidden matrices: each use multiplies with them, and has another linear map on a way from the
   * input, and one on a way to an output. The first and the last maps of a network are not hidden, be they trained or frozen. Of a parameter
   * that is several matrices, as that of queries, keys and values, each use may be of some of them; they count as its groups.
   */
  public static Map<Parameter, LinearMap> hidden(Graph network) {
    Set<Value> behind = behind(network);
    Set<Value> before = before(network);
    Map<Value, Value> wholes = wholes(network);
    Map<Value, LinearMap> found = new HashMap<>();
    Set<Value> others = new HashSet<>();
    for (Node node : network.nodes()) {
      for (int i = 0; i < node.inputs().size() && !wholes.containsKey(node.output()); i++) {
        Value input = wholes.getOrDefault(node.inputs().get(i), node.inputs().get(i));
        LinearMap map = node.operation().linearMap(i).orElse(null);
        if (map != null && behind.contains(node.inputs().getFirst()) && before.contains(node.output())) {
          found.putIfAbsent(input, map);
        } else {
          others.add(input);
        }
      }
    }
    Map<Parameter, LinearMap> hidden = new LinkedHashMap<>();
    network.parameters().stream().filter(p -> found.containsKey(p.value()) && !others.contains(p.value()))
        .forEach(p -> hidden.put(p, stacked(found.get(p.value()), p.spec().matrices())));
    return hidden;
  }

  private static LinearMap stacked(LinearMap map, int matrices) {
    return new LinearMap(map.matrix(), map.groups() * matrices, map.rowsAreOutputs());
  }

  /** Of whole matrices that are taken out of a parameter, that parameter. */
  private static Map<Value, Value> wholes(Graph network) {
    Map<Value, Integer> rows = new HashMap<>();
    network.parameters().forEach(p -> rows.put(p.value(), p.shape().dim(0) / p.spec().matrices()));
    Map<Value, Value> wholes = new HashMap<>();
    for (Node node : network.nodes()) {
      if (node.operation() instanceof Excerpt(var _, int from, int to) && rows.containsKey(node.inputs().getFirst())) {
        int each = rows.get(node.inputs().getFirst());
        if (from % each == 0 && to % each == 0) {
          wholes.put(node.output(), node.inputs().getFirst());
        }
      }
    }
    return wholes;
  }

  /** The values that a linear map has had a part in. */
  private static Set<Value> behind(Graph network) {
    Set<Value> behind = new HashSet<>();
    for (Node node : network.nodes()) {
      if (node.operation().multiplies() || node.inputs().stream().anyMatch(behind::contains)) {
        behind.addAll(node.outputs());
      }
    }
    return behind;
  }

  /** The values that a linear map reads, perhaps through other operations, on the way to an output. */
  private static Set<Value> before(Graph network) {
    Set<Value> before = new HashSet<>();
    List<Node> nodes = network.nodes();
    for (Node node : nodes.reversed()) {
      if (node.operation().multiplies() || node.outputs().stream().anyMatch(before::contains)) {
        before.addAll(node.inputs());
      }
    }
    return before;
  }
}
