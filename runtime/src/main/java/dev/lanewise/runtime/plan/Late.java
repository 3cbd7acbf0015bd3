package dev.lanewise.runtime.plan;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Excerpt;
import dev.lanewise.runtime.operation.SharedSum;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Memory;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Which gradients are computed once for the batch, at its end: those of large dense layers. Nobody adds to them before, so no shard but the first
 * needs room for them.
 *
 * @param values what is added to them, and they themselves
 * @param begin from where on no other gradients lie among the parameters
 */
record Late(Set<Value> values, int begin) {
  static Late of(Graph graph, List<Value> gradients) {
    Set<Value> late = new HashSet<>();
    for (Node node : graph.nodes()) {
      if (node.operation() instanceof Dense.WeightGradient(Dense of) && of.places() == 0 && node.output().shape().size() >= Graph.LARGE) {
        late.add(node.output());
      }
    }
    for (Node node : graph.nodes()) {
      if (node.operation() instanceof SharedSum && late.containsAll(node.inputs())) {
        late.add(node.output());
      }
    }
    // What is added to one that others add to as well is added to each shard's.
    for (Node node : graph.nodes()) {
      if (node.operation() instanceof SharedSum && !late.contains(node.output())) {
        node.inputs().forEach(late::remove);
      }
    }
    // So is what becomes a part of one.
    graph.nodes().stream().filter(n -> n.operation() instanceof Excerpt.Gradient).forEach(n -> n.inputs().forEach(late::remove));
    return new Late(late, begin(graph, gradients, late));
  }

  private static int begin(Graph graph, List<Value> gradients, Set<Value> late) {
    int at = Memory.BASE;
    int begin = at;
    Iterator<Value> gradient = gradients.iterator();
    for (Parameter p : graph.parameters()) {
      if (p.isTable()) {
        // They come last, and have no place among the others.
        break;
      }
      at += p.shape().size();
      if (gradient.hasNext() && p.isTrainable() && !late.contains(gradient.next())) {
        begin = at;
      }
    }
    return begin;
  }
}
