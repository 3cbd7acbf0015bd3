package dev.lanewise.runtime.rewrite;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.operation.Dropout;
import dev.lanewise.runtime.operation.Running;
import dev.lanewise.runtime.operation.Scan;
import dev.lanewise.runtime.spec.Value;

/** Leaves out what happens only in training: dropout becomes the identity, and running means
 * stand in for those of the batch. */
public final class Inference {
  private Inference() {}

  public static Graph of(Graph network) {
    return of(network, false);
  }

  /** The same for gradients: loops tell the states that theirs read. */
  public static Graph differentiable(Graph network) {
    return of(network, true);
  }

  private static Graph of(Graph network, boolean tellsStates) {
    Rewriter rewriter = new Rewriter(network);
    for (Node node : network.nodes()) {
      if (node.operation() instanceof Dropout) {
        rewriter.rename(node.output(), rewriter.now(node.inputs().getFirst()));
      } else if (node.operation() instanceof Scan scan && !tellsStates) {
        Value alone = rewriter.emit(node.name(), scan.alone(), node.inputs().stream().map(rewriter::now).toList()).getFirst();
        rewriter.rename(node.output(), alone);
      } else if (node.operation() instanceof Running) {
        rewriter.rename(node.output(), rewriter.now(node.inputs().getLast()));
      } else {
        rewriter.copy(node);
      }
    }
    return Rewriter.withoutUnread(rewriter.build());
  }
}
