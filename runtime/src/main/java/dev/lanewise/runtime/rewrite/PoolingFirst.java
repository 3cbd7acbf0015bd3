package dev.lanewise.runtime.rewrite;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.graph.Readers;
import dev.lanewise.runtime.operation.Dropout;
import dev.lanewise.runtime.operation.MaxPool;
import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
  /** A node in the list of all, which exchanges change. */
  private static final class Cell {
    Node node;
    Cell before;
    Cell after;

    Cell(Node node) {
      this.node = node;
    }

    void follow(Cell other) {
      before = other;
      after = other.after;
      other.after = this;
      if (after != null) {
        after.before = this;
      }
    }

    void leave() {
      before.after = after;
      if (after != null) {
        after.before = before;
      }
    }
  }

  private final Graph graph;
  private final Cell start = new Cell(null);
  /** Who makes each value. */
  private final Map<Value, Cell> makers = new HashMap<>();
  /** The only reader of each value that has but one. */
  private final Map<Value, Cell> followers = new HashMap<>();

  private PoolingFirst(Graph graph) {
    this.graph = graph;
    Cell last = start;
    for (Node node : graph.nodes()) {
      Cell cell = new Cell(node);
      cell.follow(last);
      makers.put(node.output(), cell);
      last = cell;
    }
    Readers readers = new Readers(graph);
    for (Cell c = start.after; c != null; c = c.after) {
      for (Value value : c.node.inputs()) {
        if (readers.uses(value) == 1) {
          followers.put(value, c);
        }
      }
    }
  }

  public static Graph of(Graph graph) {
    return new PoolingFirst(graph).run();
  }

  /** Always the first node that is too early changes places; after that, of those before it, only the maker of its input may be. */
  private Graph run() {
    boolean changed = false;
    Cell at = start.after;
    while (at != null) {
      Cell next = at.after;
      if (isEarly(at)) {
        Cell maker = makers.get(at.node.inputs().getFirst());
        exchange(at);
        changed = true;
        next = maker != null && isEarly(maker) ? maker : next;
      }
      at = next;
    }
    return changed ? rewritten() : graph;
  }

  private boolean isEarly(Cell late) {
    Cell follower = followers.get(late.node.output());
    return follower != null
        && place(follower.node.operation()) < place(late.node.operation())
        && commute(late.node, follower.node);
  }

  /** The follower reads what the node read, and the node makes what the follower made: so nobody else sees a difference. */
  private void exchange(Cell early) {
    Node node = early.node;
    Cell follower = followers.get(node.output());
    Node first = follower.node;
    Value input = node.inputs().getFirst();
    Value between = new Value(node.output().id(), node.output().name(), first.output().type());
    Operation operation = resized(node.operation(), between.shape());
    Cell moved = new Cell(new Node(node.name(), operation, List.of(between), outputs(first.output(), node, operation)));
    follower.node = new Node(first.name(), first.operation(), node.inputs(), outputs(between, first, first.operation()));
    moved.follow(follower);
    early.leave();
    followers.remove(node.output());
    followers.put(between, moved);
    followers.computeIfPresent(input, (_, _) -> follower);
    makers.put(between, follower);
    makers.put(first.output(), moved);
  }

  /** What a node makes, its main output aside as large as the operation says. */
  private static List<Value> outputs(Value main, Node node, Operation operation) {
    List<Value> outputs = new ArrayList<>(List.of(main));
    for (int i = 1; i < node.outputs().size(); i++) {
      Value value = node.outputs().get(i);
      outputs.add(new Value(value.id(), value.name(), operation.outputs().get(i)));
    }
    return outputs;
  }

  private Graph rewritten() {
    Rewriter rewriter = new Rewriter(graph);
    for (Cell c = start.after; c != null; c = c.after) {
      rewriter.copy(c.node);
    }
    return rewriter.build();
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

  private static Operation resized(Operation operation, Shape shape) {
    return operation instanceof Dropout d ? new Dropout(shape, d.p(), d.wholeChannels()) : Pointwise.relu(shape);
  }
}
