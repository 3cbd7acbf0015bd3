package dev.lanewise.runtime.rewrite;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.operation.AttendAcross;
import dev.lanewise.runtime.operation.Concat;
import dev.lanewise.runtime.operation.Conv;
import dev.lanewise.runtime.operation.ConvAcross;
import dev.lanewise.runtime.operation.Dropout;
import dev.lanewise.runtime.operation.EachLane;
import dev.lanewise.runtime.operation.MaxPool;
import dev.lanewise.runtime.operation.Noise;
import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Reduce;
import dev.lanewise.runtime.operation.Resample;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.operation.Spread;
import dev.lanewise.runtime.operation.SpreadAcross;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.spec.Window;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lanes that are neighbouring channels of one example, not examples, where a network of convolutions is only asked what it says: channel 16 k + lane is the k-th of its
 * lane, and each example is a block of its own. What works at each position by itself does not care whose channels they are: it is the same operation, of fewer channels.
 * Convolutions look across the lanes ({@link ConvAcross}), and say the same to the last bit.
 *
 * <p>What is not worth a kernel of its own, such as the dense layers at the end, and the loss, works on a block whose every lane is the example ({@link EachLane}).
 */
public final class Channels {
  private final Graph old;
  private final GraphBuilder builder;
  private final Value raw;
  /** Values with channels as lanes; and values of every lane. */
  private final Map<Value, Value> across = new HashMap<>();
  private final Map<Value, Value> whole = new HashMap<>();
  /** Parameters that formulas read, which come into being as they are read. */
  private final Map<Value, Node> spreads = new HashMap<>();
  private long acrossWork;
  private long wholeWork;

  private Channels(Graph old) {
    this.old = old;
    Value input = old.input();
    this.raw = new Value(input.id(), input.name(), Type.example(EachLane.raw(input.shape())));
    List<Value> inputs = new ArrayList<>(old.inputs());
    inputs.set(0, raw);
    this.builder = new GraphBuilder(inputs, old.parameters());
    old.inputs().stream().skip(1).forEach(v -> whole.put(v, v));
  }

  /**
   * The same network of lanes that are channels; empty if it is not fit for that.
   *
   * @param examples of a batch: 16 of them would be one block
   */
  public static Optional<Graph> of(Graph graph, int examples) {
    boolean fit = !graph.input().shape().isFlat() && graph.nodes().stream().allMatch(Channels::isFit);
    return fit ? new Channels(graph).run(examples) : Optional.empty();
  }

  /** Whether an operation looks at its own example alone, and draws no random numbers, which lanes have their own of. */
  private static boolean isFit(Node node) {
    boolean draws = node.operation() instanceof Noise || node.operation() instanceof Dropout || node.operation() instanceof Dropout.Mask;
    return !draws && node.outputs().stream().noneMatch(v -> v.isShared() || v.isGathered());
  }

  private Optional<Graph> run(int examples) {
    for (Node node : old.nodes()) {
      if (node.operation() instanceof Spread) {
        spreads.put(node.output(), node);
        continue;
      }
      Optional<Operation> operation = across(node);
      if (operation.isPresent()) {
        emit(node, operation.get(), across);
        acrossWork += node.operation().multiplyAdds();
      } else {
        emit(node, node.operation(), whole);
        wholeWork += node.operation().multiplyAdds();
      }
    }
    return pays(examples) ? Optional.of(Rewriter.withoutUnread(builder.build(old.outputs().stream().map(this::whole).toArray(Value[]::new)))) : Optional.empty();
  }

  /** Blocks of examples take the time of 16 for each of theirs, as do here the operations that have no other form. */
  private boolean pays(int examples) {
    int lanes = AttendAcross.LANES;
    long blocks = (examples + lanes - 1L) / lanes * lanes * (acrossWork + wholeWork);
    return acrossWork > 0 && examples * (acrossWork + lanes * wholeWork) < 1.25 * blocks;
  }

  private void emit(Node node, Operation operation, Map<Value, Value> form) {
    List<Value> in = node.inputs().stream().map(v -> v.isShared() ? v : v.equals(old.input()) && isRaw(operation) ? raw : form == across ? across(v) : whole(v)).toList();
    List<Value> out = builder.emitAll(node.name(), operation, in);
    for (int i = 0; i < out.size(); i++) {
      form.put(node.outputs().get(i), out.get(i));
    }
  }

  private static boolean isRaw(Operation operation) {
    return operation instanceof ConvAcross c && c.raw();
  }

  private boolean isAcross(Value value) {
    return across.containsKey(value) || spreads.containsKey(value) && value.shape().isFlat() && EachLane.fits(value.shape());
  }

  private Value across(Value value) {
    return across.computeIfAbsent(value, v -> {
      Node spread = spreads.get(v);
      return builder.emitAll(spread.name(), new SpreadAcross(v.shape()), spread.inputs()).getFirst();
    });
  }

  private Value whole(Value value) {
    Value there = whole.get(value);
    if (there == null) {
      Node spread = spreads.get(value);
      there = spread != null ? builder.emitAll(spread.name(), spread.operation(), spread.inputs()).getFirst()
          : value.equals(old.input()) ? builder.emitAll(value.name() + ".each", new EachLane(value.shape(), true), List.of(raw)).getFirst()
          : builder.emitAll(value.name() + ".each", new EachLane(value.shape(), false), List.of(across.get(value))).getFirst();
      whole.put(value, there);
    }
    return there;
  }

  /** The operation that does the same with channels as lanes, if there is one. */
  private Optional<Operation> across(Node node) {
    Value x = node.inputs().isEmpty() ? null : node.inputs().getFirst();
    if (node.operation() instanceof Conv conv && x.equals(old.input())) {
      return ConvAcross.fits(conv, true) ? Optional.of(new ConvAcross(conv, true)) : Optional.empty();
    }
    if (x == null || !node.inputs().stream().filter(v -> !v.isShared()).allMatch(this::isAcross)) {
      return Optional.empty();
    }
    return Optional.ofNullable(switch (node.operation()) {
      case Conv c when ConvAcross.fits(c, false) -> new ConvAcross(c, false);
      case MaxPool(Window w) -> new MaxPool(new Window(EachLane.fewer(w.in()), w.rows(), w.columns()));
      case Resample r -> new Resample(r.layer(), EachLane.fewer(r.in()), r.rows(), r.columns());
      case Reduce r when r.inner() == 1 && r.groups() == r.shape().channels() -> new Reduce(EachLane.fewer(r.shape()), r.groups() / AttendAcross.LANES, 1, r.factor());
      case Concat c -> new Concat(c.parts().stream().map(EachLane::fewer).toList());
      case Reshape(Shape from, Shape to) when from.channels() == to.channels() -> new Reshape(EachLane.fewer(from), EachLane.fewer(to));
      case Pointwise p when p.groups() == 0 || p.groups() == p.shape().channels() -> new Pointwise(
          p.name(), EachLane.fewer(p.shape()), p.arguments().stream().map(a -> new Pointwise.Argument(a.name(), EachLane.fewer(a.shape()))).toList(), p.formula());
      default -> null;
    });
  }
}
