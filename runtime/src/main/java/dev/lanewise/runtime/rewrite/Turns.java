package dev.lanewise.runtime.rewrite;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.operation.Dropout;
import dev.lanewise.runtime.operation.Embed;
import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Reduce;
import dev.lanewise.runtime.operation.Transpose;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes away what turns sequences for nothing. Layers of sequences turn what they get, so that places lie outside, and turn back what they make: where
 * two such layers follow each other both are one too many. Formulas of every value by itself, and sums over all places, do not mind how a value lies, so
 * they work on what was not turned yet. An embedding writes its rows as the first reader wants them.
 *
 * <p>Before differentiation, so the backward pass turns as little. What is left stands where a layer wants channels outside: at the ends, before a loss.
 */
public final class Turns {
  private final Graph graph;
  private final Rewriter rewriter;
  /** Of a value the same with its axes exchanged, where that is there. */
  private final Map<Value, Value> other = new HashMap<>();
  /** Those that were made by turning what is there. */
  private final Set<Value> turned = new HashSet<>();

  private Turns(Graph graph) {
    this.graph = graph;
    this.rewriter = new Rewriter(graph);
  }

  public static Graph of(Graph graph) {
    return graph.nodes().stream().anyMatch(n -> n.operation() instanceof Transpose) ? new Turns(graph).run() : graph;
  }

  private Graph run() {
    for (Node node : graph.nodes()) {
      switch (node.operation()) {
        case Transpose _ -> rewriter.rename(node.output(), turn(node.name(), rewriter.now(node.inputs().getFirst())));
        case Embed embed when embed.in().isFlat() && embed.places() > 1 && !embed.turned() -> made(node, embed.turned(true), rewriter.now(node.inputs()));
        case Dropout d when !d.wholeChannels() && turned.contains(rewriter.now(node.inputs().getFirst())) ->
            made(node, new Dropout(turned(d.shape()), d.p(), false, !d.turned()), List.of(other.get(rewriter.now(node.inputs().getFirst()))));
        case Pointwise p when moves(p, rewriter.now(node.inputs())) -> made(node, turned(p), turned(node, p));
        case Reduce r when turned.contains(rewriter.now(node.inputs().getFirst())) && turned(r).isPresent() ->
            rewriter.rename(node.output(), rewriter.emit(node.name(), turned(r).get(), List.of(other.get(rewriter.now(node.inputs().getFirst())))).getFirst());
        default -> rewriter.copy(node);
      }
    }
    return Rewriter.withoutUnread(rewriter.build());
  }

  /** An operation that makes the value of a node with its axes exchanged; the value itself is turned back, for those who read it so. */
  private void made(Node node, Operation operation, List<Value> in) {
    rewriter.rename(node.output(), turn(node.name(), rewriter.emit(node.name(), operation, in).getFirst()));
  }

  private Value turn(String name, Value value) {
    Value known = other.get(value);
    if (known == null) {
      known = rewriter.emit(name, new Transpose(value.shape()), List.of(value)).getFirst();
      other.put(value, known);
      other.put(known, value);
      turned.add(known);
    }
    return known;
  }

  /**
   * Whether a formula reads what was turned, and most of what it reads is there in the other form, too; what counts for a row of values counts for none
   * that lie otherwise.
   */
  private boolean moves(Pointwise p, List<Value> in) {
    if (!p.shape().isSequence() || p.groups() > 1 || in.stream().anyMatch(v -> v.shape().size() == p.shape().size() && !v.shape().equals(p.shape()))) {
      return false;
    }
    List<Value> full = in.stream().filter(v -> v.shape().equals(p.shape())).distinct().toList();
    return full.stream().anyMatch(turned::contains) && 2 * full.stream().filter(other::containsKey).count() > full.size();
  }

  private static Shape turned(Shape shape) {
    return Shape.of(shape.dim(1), shape.dim(0));
  }

  private static Pointwise turned(Pointwise p) {
    List<Pointwise.Argument> arguments =
        p.arguments().stream().map(a -> p.isPerGroup(a) ? a : new Pointwise.Argument(a.name(), turned(p.shape()))).toList();
    return new Pointwise(p.name(), turned(p.shape()), arguments, p.formula());
  }

  private List<Value> turned(Node node, Pointwise p) {
    return rewriter.now(node.inputs()).stream().map(v -> v.shape().equals(p.shape()) ? turn(node.name() + ".in", v) : v).toList();
  }

  /** The same sums of values that lie the other way: over the places of each channel, be they beside each other or not. */
  private static Optional<Reduce> turned(Reduce r) {
    Shape shape = r.shape();
    if (!shape.isSequence()) {
      return Optional.empty();
    }
    if (r.groups() == shape.dim(0) && r.inner() == 1) {
      return Optional.of(new Reduce(turned(shape), 1, shape.dim(0), r.factor()));
    }
    return r.groups() == 1 && r.inner() == shape.dim(1) ? Optional.of(new Reduce(turned(shape), shape.dim(1), 1, r.factor())) : Optional.empty();
  }
}
