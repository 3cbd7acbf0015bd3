package dev.lanewise.runtime.rewrite;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.operation.Attend;
import dev.lanewise.runtime.operation.AttendAcross;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Dropout;
import dev.lanewise.runtime.operation.Embed;
import dev.lanewise.runtime.operation.LayerNorm;
import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Spread;
import dev.lanewise.runtime.operation.SpreadAcross;
import dev.lanewise.runtime.operation.Transpose;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lanes that are neighbouring places of one sequence, not examples: place 16 k + lane is the k-th of its lane, so a lane has a sixteenth of the places, and each sequence
 * is a block of its own. What works at each place by itself does not care whose places they are: it is the same operation, of fewer places. Attention and rows for places
 * look across the lanes.
 *
 * <p>It is for networks that read tokens and say something at every place, and for small batches: their blocks would leave lanes idle, and threads.
 */
public final class Across {
  private static final int LANES = AttendAcross.LANES;

  private final Graph old;
  private final int length;
  private final Map<Value, Value> now = new HashMap<>();

  private Across(Graph old) {
    this.old = old;
    this.length = old.input().shape().size();
  }

  /** The same network of lanes that are places; empty if it is none of these. */
  public static Optional<Graph> of(Graph graph) {
    Shape in = graph.input().shape();
    boolean tokens = graph.inputs().size() == 1 && graph.outputs().size() == 1 && in.isFlat() && graph.bound(graph.input()) > 0;
    boolean attends = graph.nodes().stream().anyMatch(n -> n.operation() instanceof Attend);
    Shape out = graph.output().shape();
    return tokens && attends && in.size() % LANES == 0 && in.size() > LANES && out.isSequence() && out.dim(1) == in.size() ? new Across(graph).run() : Optional.empty();
  }

  /** A loss at every place, of those of a lane. */
  public static CrossEntropy of(CrossEntropy loss) {
    Shape scores = loss.scores();
    return new CrossEntropy(Shape.of(scores.dim(0), scores.dim(1) / LANES), loss.smooth(), loss.weights(), loss.ignore());
  }

  private Optional<Graph> run() {
    Value input = old.input();
    Value tokens = new Value(input.id(), input.name(), Type.example(Shape.of(length / LANES)));
    now.put(input, tokens);
    GraphBuilder builder = new GraphBuilder(List.of(tokens), old.parameters());
    for (Node node : old.nodes()) {
      Optional<Operation> operation = across(node.operation());
      if (operation.isEmpty()) {
        return Optional.empty();
      }
      List<Value> out = builder.emitAll(node.name(), operation.get(), node.inputs().stream().map(v -> now.getOrDefault(v, v)).toList());
      for (int i = 0; i < out.size(); i++) {
        now.put(node.outputs().get(i), out.get(i));
      }
    }
    return Optional.of(builder.build(now.get(old.output())));
  }

  private boolean isRows(Shape shape) {
    return shape.isSequence() && shape.dim(0) == length;
  }

  private Shape fewer(Shape rows) {
    return Shape.of(length / LANES, rows.dim(1));
  }

  private Optional<Operation> across(Operation operation) {
    return Optional.ofNullable(switch (operation) {
      case Embed e when e.turned() && e.in().equals(Shape.of(length)) -> new Embed(Shape.of(length / LANES), e.rows(), e.size(), true);
      case Dense d when d.places() == length -> d.at(length / LANES);
      case LayerNorm n when n.places() == length && isRows(n.in()) -> new LayerNorm(fewer(n.in()), length / LANES, n.eps());
      case Pointwise p when isRows(p.shape()) && p.arguments().stream().allMatch(a -> a.shape().equals(p.shape())) ->
          new Pointwise(p.name(), fewer(p.shape()), p.arguments().stream().map(a -> new Pointwise.Argument(a.name(), fewer(p.shape()))).toList(), p.formula());
      case Dropout d when !d.wholeChannels() && isRows(d.shape()) -> new Dropout(fewer(d.shape()), d.p(), false, d.turned());
      case Spread s when isRows(s.shape()) -> new SpreadAcross(s.shape());
      case Attend a when a.places() == length && AttendAcross.fits(a) -> new AttendAcross(a);
      case Transpose(Shape in) when isRows(in) -> new Transpose(fewer(in));
      case Transpose(Shape in) when in.dim(1) == length -> new Transpose(Shape.of(in.dim(0), length / LANES));
      default -> null;
    });
  }
}
