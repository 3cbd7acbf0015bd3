package dev.lanewise.runtime.rewrite;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.graph.Readers;
import dev.lanewise.runtime.kernel.window.WindowWeightGradient;
import dev.lanewise.runtime.kernel.window.WinnersLayout;
import dev.lanewise.runtime.operation.ChannelSum;
import dev.lanewise.runtime.operation.Conv;
import dev.lanewise.runtime.operation.MaxPool;
import dev.lanewise.runtime.operation.PooledConvGradient;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.spec.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the gradients of a convolution directly from the gradient of the max pooling that follows it. What pooling
 * would scatter over its windows, mostly zeros, is never written, and the products with those zeros are not computed.
 */
public final class PooledGradients {
  private final Graph graph;
  private final Readers readers;

  /** Those that read a scattered gradient, all of one convolution. */
  private record Gradients(Node weight, Optional<Node> input, Optional<Node> bias) {}

  private PooledGradients(Graph graph) {
    this.graph = graph;
    this.readers = new Readers(graph);
  }

  public static Graph of(Graph graph) {
    return new PooledGradients(graph).run();
  }

  private Graph run() {
    Rewriter rewriter = new Rewriter(graph);
    Map<Node, Gradients> found = new HashMap<>();
    Set<Node> replaced = new HashSet<>();
    for (Node node : graph.nodes()) {
      if (node.operation() instanceof MaxPool.Gradient(Window window)) {
        gradients(node, window).ifPresent(r -> {
          found.put(node, r);
          replaced.add(r.weight);
          r.input.ifPresent(replaced::add);
          r.bias.ifPresent(replaced::add);
        });
      }
    }
    for (Node node : graph.nodes()) {
      if (found.containsKey(node)) {
        replace(rewriter, node, found.get(node));
      } else if (!replaced.contains(node)) {
        rewriter.copy(node);
      }
    }
    return rewriter.build();
  }

  private Optional<Gradients> gradients(Node pool, Window window) {
    Value scattered = pool.output();
    List<Node> nodes = readers.of(scattered);
    Optional<Node> weight = nodes.stream().filter(n -> n.operation() instanceof Conv.WeightGradient).findFirst();
    Optional<Node> input = nodes.stream().filter(n -> n.operation() instanceof Conv.InputGradient).findFirst();
    Optional<Node> bias = nodes.stream().filter(n -> n.operation() instanceof ChannelSum).findFirst();
    long known = weight.stream().count() + input.stream().count() + bias.stream().count();
    if (weight.isEmpty() || known != readers.uses(scattered)) {
      return Optional.empty();
    }
    Conv conv = ((Conv.WeightGradient) weight.get().operation()).of();
    return conv.groups() == 1 && pays(conv, window, input.isPresent())
        ? Optional.of(new Gradients(weight.get(), input, bias))
        : Optional.empty();
  }

  private static boolean pays(Conv conv, Window window, boolean input) {
    return new WinnersLayout(KernelShapes.shape(conv), KernelShapes.pool(window), input).pays()
        || !input && WindowWeightGradient.fits(KernelShapes.shape(conv), KernelShapes.pool(window));
  }

  private static void replace(Rewriter rewriter, Node node, Gradients gradients) {
    MaxPool.Gradient pool = (MaxPool.Gradient) node.operation();
    Conv conv = ((Conv.WeightGradient) gradients.weight.operation()).of();
    List<Value> in = new ArrayList<>(rewriter.now(node.inputs()));
    in.add(rewriter.now(gradients.weight.inputs().getFirst()));
    gradients.input.ifPresent(n -> in.add(rewriter.now(n.inputs().getLast())));
    List<Value> out =
        rewriter.emit(
            gradients.weight.name(), new PooledConvGradient(conv, pool, gradients.input.isPresent()), in);
    rewriter.rename(gradients.weight.output(), out.get(0));
    gradients.input.ifPresent(n -> rewriter.rename(n.output(), out.get(1)));
    gradients.bias.ifPresent(n -> rewriter.rename(n.output(),
        rewriter.emit(n.name(), new ChannelSum(pool.window().out()), List.of(in.getFirst())).getFirst()));
  }
}
