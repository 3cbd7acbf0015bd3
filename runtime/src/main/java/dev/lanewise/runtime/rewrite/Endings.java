package dev.lanewise.runtime.rewrite;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.graph.Readers;
import dev.lanewise.runtime.operation.ConvAcross;
import dev.lanewise.runtime.operation.Fused;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.spec.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lets the kernel of a convolution across lanes apply the formula that follows, where nobody else reads what lies between: batch normalisation, the sum with what goes
 * around, relu. Of several convolutions that a formula reads it is the last one's.
 */
public final class Endings {
  private Endings() {}

  public static Graph of(Graph graph) {
    Readers readers = new Readers(graph);
    Map<Node, Node> convolutions = new HashMap<>();
    for (Node node : graph.nodes()) {
      if (node.operation() instanceof ConvAcross) {
        readers.only(node.output()).filter(n -> isEnding(n, node.output())).ifPresent(n -> convolutions.put(n, node));
      }
    }
    Set<Node> absorbed = new HashSet<>(convolutions.values());
    Rewriter rewriter = new Rewriter(graph);
    for (Node node : graph.nodes()) {
      if (convolutions.containsKey(node)) {
        fuse(rewriter, convolutions.get(node), node);
      } else if (!absorbed.contains(node)) {
        rewriter.copy(node);
      }
    }
    return rewriter.build();
  }

  private static boolean isEnding(Node node, Value sum) {
    return node.operation() instanceof Pointwise p && p.shape().equals(sum.shape());
  }

  /** The sum becomes the first argument of the formula. */
  private static void fuse(Rewriter rewriter, Node convolution, Node node) {
    Pointwise p = (Pointwise) node.operation();
    int place = node.inputs().indexOf(convolution.output());
    List<Pointwise.Argument> arguments = new ArrayList<>(p.arguments());
    List<Value> in = new ArrayList<>(node.inputs());
    Collections.swap(arguments, 0, place);
    Collections.swap(in, 0, place);
    List<Value> all = new ArrayList<>(rewriter.now(convolution.inputs()));
    all.addAll(rewriter.now(in.subList(1, in.size())));
    Fused fused = new Fused(List.of(convolution.operation(), new Pointwise(p.name(), p.shape(), arguments, p.formula())));
    rewriter.rename(node.output(), rewriter.emit(convolution.name() + "+" + node.name(), fused, all).getFirst());
  }
}
