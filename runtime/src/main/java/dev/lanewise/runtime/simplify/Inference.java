package dev.lanewise.runtime.simplify;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.operation.Dropout;

/** Leaves out what happens only in training: dropout becomes the identity. */
public final class Inference {
  private Inference() {}

  public static Graph of(Graph network) {
    Rewriter rewriter = new Rewriter(network);
    for (Node node : network.nodes()) {
      if (node.operation() instanceof Dropout) {
        rewriter.rename(node.output(), rewriter.now(node.inputs().getFirst()));
      } else {
        rewriter.copy(node);
      }
    }
    return rewriter.build();
  }
}
