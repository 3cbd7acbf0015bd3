package dev.lanewise.runtime.rewrite;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.graph.Readers;
import dev.lanewise.runtime.kernel.conv.ConvForward;
import dev.lanewise.runtime.kernel.conv.KeptConv;
import dev.lanewise.runtime.operation.Conv;
import dev.lanewise.runtime.operation.Dropout;
import dev.lanewise.runtime.operation.Fused;
import dev.lanewise.runtime.operation.MaxPool;
import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.operation.Pointwise;
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
 * Lets a convolution's kernel apply the pooling, the dropout of channels and the activation that follow, where nobody else reads what lies
 * between: conv -> maxpool(2) -> relu writes a quarter of the values, and reads none back; and channels that are dropped need not be
 * computed.
 */
public final class Fusion {
  private final Graph graph;
  private final Readers readers;
  /** The nodes that draw factors of a dropout, by what they make. */
  private final Map<Value, Node> masks = new HashMap<>();
  private final Set<Node> absorbed = new HashSet<>();

  private Fusion(Graph graph) {
    this.graph = graph;
    this.readers = new Readers(graph);
    graph.nodes().stream().filter(n -> n.operation() instanceof Dropout.Mask).forEach(n -> masks.put(n.output(), n));
  }

  public static Graph of(Graph graph) {
    return new Fusion(graph).run();
  }

  private Graph run() {
    Rewriter rewriter = new Rewriter(graph);
    for (Node node : graph.nodes()) {
      List<Node> chain = chain(node);
      if (chain.size() > 1) {
        absorbed.addAll(chain);
        chain.forEach(n -> factors(n).ifPresent(f -> early(rewriter, f)));
        fuse(rewriter, chain);
      } else if (!absorbed.contains(node)) {
        rewriter.copy(node);
      }
    }
    return rewriter.build();
  }

  private List<Node> chain(Node node) {
    List<Node> chain = new ArrayList<>(List.of(node));
    if (node.operation() instanceof Conv conv) {
      onlyReader(node).filter(n -> poolsInRegisters(conv, n.operation())).ifPresent(chain::add);
      if (chain.size() > 1) {
        onlyReader(chain.getLast()).filter(n -> dropsChannels(conv, n)).ifPresent(chain::add);
      }
      onlyReader(chain.getLast()).filter(n -> isActivation(n.operation())).ifPresent(chain::add);
    }
    return chain;
  }

  /** A function of the one value that the kernel holds. */
  private static boolean isActivation(Operation operation) {
    return operation instanceof Pointwise p && p.arguments().size() == 1 && p.formula().has("x");
  }

  /** The four positions of a 2x2 window are one register tile of the convolution kernel. */
  private static boolean poolsInRegisters(Conv conv, Operation operation) {
    return ConvForward.canPool(KernelShapes.shape(conv))
        && !KernelShapes.isDepthwise(conv)
        && operation instanceof MaxPool(Window window)
        && window.isTiling(2);
  }

  /** Whether a product drops whole channels, and the kernel for that pays; it knows no groups. */
  private boolean dropsChannels(Conv conv, Node product) {
    return factors(product)
        .filter(f -> f.operation() instanceof Dropout.Mask m && m.shape().size() == conv.channels() && conv.groups() == 1
            && KeptConv.pays(KernelShapes.shape(conv), m.p()))
        .isPresent();
  }

  /** The node that draws the factors of a dropout, if this is its product. */
  private Optional<Node> factors(Node node) {
    List<Value> in = node.inputs();
    return in.size() < 2 || in.get(0).equals(in.get(1)) ? Optional.empty() : Optional.ofNullable(masks.get(in.get(1)));
  }

  /** Factors depend on nothing, so they can be known before the convolution begins. */
  private void early(Rewriter rewriter, Node factors) {
    absorbed.add(factors);
    rewriter.copy(factors);
  }

  private Optional<Node> onlyReader(Node node) {
    return readers.only(node.output());
  }

  private static void fuse(Rewriter rewriter, List<Node> chain) {
    List<Value> in = new ArrayList<>(rewriter.now(chain.getFirst().inputs()));
    List<Value> out = new ArrayList<>(List.of(chain.getLast().output()));
    for (Node node : chain) {
      if (node != chain.getFirst()) {
        in.addAll(rewriter.now(node.inputs().subList(1, node.inputs().size())));
      }
      out.addAll(node.outputs().subList(1, node.outputs().size()));
    }
    String name = String.join("+", chain.stream().map(Node::name).toList());
    List<Value> now = rewriter.emit(name, new Fused(chain.stream().map(Node::operation).toList()), in);
    for (int i = 0; i < out.size(); i++) {
      rewriter.rename(out.get(i), now.get(i));
    }
  }
}
