package dev.lanewise.runtime.rewrite;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Embed;
import dev.lanewise.runtime.operation.EmbedDense;
import dev.lanewise.runtime.spec.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes one operation of an embedding and a dense layer that reads it at every place, as a recurrent layer's product with its input, where there are fewer
 * rows than a block looks up: a character of 65 at 64 places of 16 examples.
 *
 * <p>Before differentiation, so that the gradients are those of the table. All of their parameters are trained, or none is.
 */
public final class Tables {
  /** A table is computed three times a shard, forward, back and for the gradient of both weights, as are the values of each block without it. */
  private static final int WORTH = 2;

  private Tables() {}

  public static Graph of(Graph graph) {
    Map<Value, Node> embeddings = new HashMap<>();
    graph.nodes().stream().filter(n -> n.operation() instanceof Embed e && pays(e)).forEach(n -> embeddings.put(n.output(), n));
    if (embeddings.isEmpty()) {
      return graph;
    }
    Map<Value, Boolean> trained = graph.parameters().stream().collect(Collectors.toMap(Parameter::value, Parameter::isTrainable));
    Rewriter rewriter = new Rewriter(graph);
    for (Node node : graph.nodes()) {
      Node before = embeddings.get(node.inputs().isEmpty() ? null : node.inputs().getFirst());
      if (before != null && node.operation() instanceof Dense dense && dense.places() > 0 && areAlike(parameters(before, node), trained)) {
        List<Value> in = new ArrayList<>(before.inputs());
        in.addAll(parameters(node));
        EmbedDense both = new EmbedDense((Embed) before.operation(), dense);
        rewriter.rename(node.output(), rewriter.emit(node.name(), both, rewriter.now(in)).getFirst());
      } else {
        rewriter.copy(node);
      }
    }
    return Rewriter.withoutUnread(rewriter.build());
  }

  private static boolean pays(Embed embed) {
    return embed.turned() && WORTH * embed.rows() <= embed.places() * Lanes.BLOCK;
  }

  private static List<Value> parameters(Node node) {
    return node.inputs().subList(1, node.inputs().size());
  }

  private static List<Value> parameters(Node embed, Node dense) {
    return Stream.concat(parameters(embed).stream(), parameters(dense).stream()).toList();
  }

  /** Whether these are parameters themselves, not parts of one, and training changes all of them or none. */
  private static boolean areAlike(List<Value> parameters, Map<Value, Boolean> trained) {
    return trained.keySet().containsAll(parameters) && parameters.stream().map(trained::get).distinct().count() == 1;
  }
}
