package dev.lanewise.runtime.simplify;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.operation.Dropout;
import dev.lanewise.runtime.operation.MaxPool;
import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Value;
import java.util.List;
import java.util.Optional;

/**
 * Moves dropout behind max-pooling and relu. Its factors are not negative, so max(s a, s b) = s max(a, b) and max(0, s a) = s max(0, a),
 * exactly, in floating point too, since rounding is monotone. Afterwards a convolution stands directly before its pooling and relu, where
 * it can be fused with them, and the dropout touches a quarter of the values. It runs before differentiation, so the backward pass gains
 * as much.
 */
public final class LateDropout {
  private LateDropout() {}

  public static Graph of(Graph graph) {
    Graph now = graph;
    for (Optional<Node> dropout = movable(now); dropout.isPresent(); dropout = movable(now)) {
      now = move(now, dropout.get());
    }
    return now;
  }

  private static Optional<Node> movable(Graph graph) {
    return graph.nodes().stream()
        .filter(n -> n.operation() instanceof Dropout d && follower(graph, n).filter(f -> commutes(d, f)).isPresent())
        .findFirst();
  }

  /** The only reader of a node's main output. */
  private static Optional<Node> follower(Graph graph, Node node) {
    return Rewriter.uses(graph, node.output()) != 1
        ? Optional.empty()
        : graph.nodes().stream().filter(n -> n.inputs().contains(node.output())).findFirst();
  }

  private static boolean commutes(Dropout dropout, Node follower) {
    return Pointwise.isRelu(follower.operation()) || follower.operation() instanceof MaxPool && dropout.wholeChannels();
  }

  private static Graph move(Graph graph, Node dropout) {
    Node follower = follower(graph, dropout).orElseThrow();
    Rewriter rewriter = new Rewriter(graph);
    for (Node node : graph.nodes()) {
      if (node == follower) {
        Operation first = follower.operation();
        List<Value> out = rewriter.emit(follower.name(), first, rewriter.now(dropout.inputs()));
        Dropout d = (Dropout) dropout.operation();
        Dropout smaller = new Dropout(out.getFirst().shape(), d.p(), d.wholeChannels());
        Value dropped = rewriter.emit(dropout.name(), smaller, List.of(out.getFirst())).getFirst();
        rewriter.rename(follower.output(), dropped);
      } else if (node != dropout) {
        rewriter.copy(node);
      }
    }
    return rewriter.build();
  }
}
