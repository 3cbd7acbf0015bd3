package dev.lanewise.runtime.rewrite;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.operation.Dropout;
import dev.lanewise.runtime.spec.Value;
import java.util.List;

/**
 * Takes dropout apart: its random factors, which depend on nothing and so can be known early, and a product, a formula like others. The
 * factors keep the layer's name, by which they are drawn.
 */
public final class Masks {
  private Masks() {}

  public static Graph of(Graph graph) {
    Rewriter rewriter = new Rewriter(graph);
    for (Node node : graph.nodes()) {
      if (node.operation() instanceof Dropout d) {
        Value factors = rewriter.emit(node.name(), d.factors(), List.of()).getFirst();
        List<Value> in = List.of(rewriter.now(node.inputs().getFirst()), factors);
        Value product = rewriter.emit(node.name() + ".product", d.product(d.name()), in).getFirst();
        rewriter.rename(node.outputs().getFirst(), product);
        rewriter.rename(node.outputs().get(1), factors);
      } else {
        rewriter.copy(node);
      }
    }
    return rewriter.build();
  }
}
