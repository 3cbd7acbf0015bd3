package dev.lanewise.runtime.rewrite;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.operation.Dropout;
import dev.lanewise.runtime.operation.MaxPool;
import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * Puts max pooling, dropout of whole channels, relu and dropout in this order, wherever they follow each other in another. Relu and the
 * factors of dropout keep the order of numbers, so max(s a, s b) = s max(a, b), max(0, s a) = s max(0, a), and relu of a maximum is the
 * maximum of relus: exactly, in floating point too, since rounding is monotone. Where the winner of a window is another one, all are at
 * most zero, and relu lets no gradient through.
 *
 * <p>Afterwards a convolution stands directly before its pooling, where it can be fused with all that follows and need not compute
 * channels that are dropped, and the others touch a quarter of the values. It runs before differentiation, so the backward pass gains as
 * much.
 */
public final class PoolingFirst {
  private PoolingFirst() {}

  public static Graph of(Graph graph) {
    Graph now = graph;
    for (Optional<Node> late = movable(now); late.isPresent(); late = movable(now)) {
      now = exchange(now, late.get());
    }
    return now;
  }

  private static Optional<Node> movable(Graph graph) {
    return graph.nodes().stream()
        .filter(n -> follower(graph, n).filter(f -> place(f.operation()) < place(n.operation()) && commute(n, f)).isPresent())
        .findFirst();
  }

  /** The only reader of a node's main output. */
  private static Optional<Node> follower(Graph graph, Node node) {
    return Rewriter.uses(graph, node.output()) != 1
        ? Optional.empty()
        : graph.nodes().stream().filter(n -> n.inputs().contains(node.output())).findFirst();
  }

  /** Where an operation belongs; -1 if it stays where it is. */
  private static int place(Operation operation) {
    return switch (operation) {
      case MaxPool _ -> 0;
      case Dropout d -> d.wholeChannels() ? 1 : 3;
      case Pointwise p when Pointwise.isRelu(p) -> 2;
      default -> -1;
    };
  }

  private static boolean commute(Node node, Node follower) {
    boolean known = place(node.operation()) >= 0 && place(follower.operation()) >= 0;
    return known && !(follower.operation() instanceof MaxPool && place(node.operation()) == 3);
  }

  private static Graph exchange(Graph graph, Node late) {
    Node follower = follower(graph, late).orElseThrow();
    Rewriter rewriter = new Rewriter(graph);
    for (Node node : graph.nodes()) {
      if (node == follower) {
        Value first = rewriter.emit(follower.name(), follower.operation(), rewriter.now(late.inputs())).getFirst();
        Value then = rewriter.emit(late.name(), resized(late.operation(), first.shape()), List.of(first)).getFirst();
        rewriter.rename(follower.output(), then);
      } else if (node != late) {
        rewriter.copy(node);
      }
    }
    return rewriter.build();
  }

  private static Operation resized(Operation operation, Shape shape) {
    return operation instanceof Dropout d ? new Dropout(shape, d.p(), d.wholeChannels()) : Pointwise.relu(shape);
  }
}
