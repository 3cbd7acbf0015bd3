package dev.lanewise.runtime.plan;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.operation.ChannelSum;
import dev.lanewise.runtime.operation.Excerpt;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.operation.Running;
import dev.lanewise.runtime.operation.SharedSum;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Buffer;
import dev.lanewise.runtime.tensor.FirstFit;
import dev.lanewise.runtime.tensor.Memory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Gives every value its place in a worker's arena, once. Values whose lifetimes do not meet share memory; a reshaped
 * value lies where the original does; an elementwise operation writes over an input that nobody reads afterwards.
 */
public final class Placement {
  /**
   * A piece of memory and the values that lie in it one after the other.
   *
   * @param place of its first float
   * @param from the node that writes it first; empty for what is given
   * @param until the node that reads it last; empty for what stays
   */
  public record Piece(List<String> values, int place, int floats, String from, String until) {}

  private static final int LANES = Lanes.BLOCK;

  private final Graph graph;
  private final Late late;
  /** Whether blocks must wait for each other: each has memory of its own then. */
  private final boolean crosses;
  private final Map<Value, Integer> lastUse = new HashMap<>();
  private final Map<Value, Buffer> buffers = new HashMap<>();
  private final Map<Node, Buffer> scratch = new HashMap<>();
  private final List<Buffer> all = new ArrayList<>();
  private final Map<Value, Integer> shared = new HashMap<>();
  private final Set<Value> ofBatch = new HashSet<>();
  private final Set<Value> ofTables = new HashSet<>();
  private final int size;
  private int batchSize = Memory.BASE;
  /** How many numbers are gathered of each example. */
  private int rowSize;

  /**
   * @param gradients those of the trainable parameters, in their order
   */
  Placement(Graph graph, List<Value> gradients) {
    this.graph = graph;
    this.late = Late.of(graph, gradients);
    this.crosses = crosses(graph);
    findLastUses();
    graph.inputs().forEach(v -> lie(v, buffer(v.shape().size(), -1)));
    for (int i = 0; i < graph.nodes().size(); i++) {
      assign(graph.nodes().get(i), i);
    }
    this.size = FirstFit.place(all);
    placeParameters(gradients);
    placeSums();
    graph.nodes().forEach(this::placeOfBatch);
  }

  private void placeParameters(List<Value> gradients) {
    int offset = Memory.BASE;
    int tables = 0;
    Iterator<Value> gradient = gradients.iterator();
    for (Parameter p : graph.parameters()) {
      shared.put(p.value(), offset);
      if (gradient.hasNext() && p.isTrainable()) {
        Value own = gradient.next();
        shared.put(own, p.isTable() ? tables++ : offset);
        if (p.isTable()) {
          ofTables.add(own);
        }
      }
      offset += p.shape().size();
    }
    for (Node node : graph.nodes()) {
      if (node.operation() instanceof Excerpt excerpt) {
        shared.put(node.output(), shared.get(node.inputs().getFirst()) + excerpt.begin());
      }
    }
  }

  /** Whether something is read that is computed from the whole batch. */
  private static boolean crosses(Graph graph) {
    Set<Value> parameters = graph.parameters().stream().map(Parameter::value).collect(Collectors.toSet());
    graph.nodes().stream().filter(n -> n.operation() instanceof Excerpt).forEach(n -> parameters.add(n.output()));
    return graph.nodes().stream()
        .filter(n -> !(n.operation() instanceof SharedSum || n.operation() instanceof Excerpt.Gradient))
        .anyMatch(n -> n.inputs().stream().anyMatch(v -> v.isGathered() || v.isShared() && !parameters.contains(v)));
  }

  boolean crosses() {
    return crosses;
  }

  /** Whether a gradient is computed once for the batch, at its end. */
  boolean isLate(Value gradient) {
    return late.values().contains(gradient);
  }

  /** From where on all gradients among the parameters are such. */
  int lateBegin() {
    return late.begin();
  }

  /** What is added up for one gradient is added where that gradient lies. */
  private void placeSums() {
    for (Node node : graph.nodes().reversed()) {
      if (node.operation() instanceof SharedSum) {
        node.inputs().forEach(v -> shared.put(v, shared.get(node.output())));
        if (isOfTable(node.output())) {
          ofTables.addAll(node.inputs());
        }
      } else if (node.operation() instanceof Excerpt.Gradient(Excerpt of)) {
        shared.put(node.inputs().getFirst(), shared.get(node.output()) + of.begin());
      }
    }
  }

  /** What is computed for the whole batch, and read again while the batch is at work. */
  private void placeOfBatch(Node node) {
    for (Value out : node.outputs()) {
      if (out.isGathered()) {
        shared.put(out, rowSize);
        ofBatch.add(out);
        rowSize = Math.addExact(rowSize, out.shape().size());
      } else if (out.isShared() && !shared.containsKey(out)) {
        if (!(node.operation() instanceof ChannelSum || node.operation() instanceof Running)) {
          throw new IllegalArgumentException(node + " adds to the gradient of a parameter, but it is that of none");
        }
        shared.put(out, batchSize);
        ofBatch.add(out);
        batchSize += out.shape().size();
      }
    }
  }

  /** Whether a value is the gradient of a table, of which touched rows alone are kept: its place is that of the table among them. */
  boolean isOfTable(Value value) {
    return ofTables.contains(value);
  }

  /** Whether a value is computed once for the batch. */
  boolean isOfBatch(Value value) {
    return ofBatch.contains(value);
  }

  /** How much memory the values of a batch of so many examples take: first what is computed once, then what is gathered, row by row. */
  int batchEnd(int examples) {
    return Math.toIntExact(batchSize + (long) rowSize * examples);
  }

  /** How far the rows of two examples that follow each other are apart. */
  int rowSize() {
    return rowSize;
  }

  private void findLastUses() {
    graph.inputs().forEach(v -> lastUse.put(v, Integer.MAX_VALUE));
    for (int i = 0; i < graph.nodes().size(); i++) {
      for (Value v : graph.nodes().get(i).outputs()) {
        lastUse.put(v, i);
      }
      for (Value v : graph.nodes().get(i).inputs()) {
        lastUse.merge(v, i, Math::max);
      }
    }
    graph.outputs().forEach(v -> lastUse.put(v, Integer.MAX_VALUE));
  }

  private void assign(Node node, int index) {
    for (int o = 0; o < node.outputs().size(); o++) {
      Value out = node.outputs().get(o);
      if (out.isShared() || out.isGathered()) {
        continue;
      }
      Buffer own = o == 0 ? overwritten(node, index) : null;
      lie(out, own == null ? buffer(out.shape().size(), index) : own);
    }
    int more = isLate(node.output()) ? 0 : VectorKernels.scratch(node.operation(), crosses);
    if (more > 0) {
      scratch.put(node, buffer((more + LANES - 1) / LANES, index));
    }
  }

  private void lie(Value value, Buffer buffer) {
    buffers.put(value, buffer);
    buffer.last = Math.max(buffer.last, lastUse.get(value));
  }

  /** The buffer of an input that a node may write over, as every value in it is last read by the node; null if there is none. */
  private Buffer overwritten(Node node, int index) {
    return node.operation().overwrites().stream()
        .map(i -> buffers.get(node.inputs().get(i)))
        .filter(b -> b != null && (node.operation() instanceof Reshape || b.last <= index))
        .findFirst()
        .orElse(null);
  }

  private Buffer buffer(int elements, int first) {
    Buffer buffer = new Buffer(Math.multiplyExact(elements, LANES), first);
    all.add(buffer);
    return buffer;
  }

  /** Where a value begins: of what is gathered, the first example's; in the arena, the parameters, the gradients, or among those of the batch, by what it is. */
  int at(Value value) {
    return value.isGathered() ? batchSize + shared.get(value) : value.isShared() ? shared.get(value) : buffers.get(value).offset();
  }

  /** Where a node's working memory begins; any place where it needs none. */
  int scratchAt(Node node) {
    return scratch.containsKey(node) ? scratch.get(node).offset() : 0;
  }

  List<Piece> pieces() {
    Map<Buffer, List<Value>> values = new IdentityHashMap<>();
    buffers.forEach((value, buffer) -> values.computeIfAbsent(buffer, _ -> new ArrayList<>()).add(value));
    return all.stream()
        .sorted(Comparator.comparingInt(Buffer::offset).thenComparingInt(b -> b.first))
        .map(b -> piece(b, values.getOrDefault(b, List.of())))
        .toList();
  }

  private Piece piece(Buffer buffer, List<Value> values) {
    List<String> names = values.stream().sorted(Comparator.comparingInt(Value::id)).map(Value::name).toList();
    boolean working = names.isEmpty();
    return new Piece(
        working ? List.of("(working memory)") : names,
        buffer.offset(),
        buffer.size,
        name(buffer.first),
        name(buffer.last));
  }

  private String name(int node) {
    return node < 0 || node >= graph.nodes().size() ? "" : graph.nodes().get(node).name();
  }

  /** The end of the arena's values. */
  int end() {
    return size;
  }

  /** What the values would take if none shared memory. */
  int unshared() {
    return all.stream().mapToInt(b -> b.size).sum()
        + LANES
            * graph.nodes().stream()
                .filter(this::sharesBuffer)
                .mapToInt(n -> n.output().shape().size())
                .sum();
  }

  private boolean sharesBuffer(Node node) {
    Buffer own = buffers.get(node.output());
    return own != null && node.inputs().stream().anyMatch(in -> buffers.get(in) == own);
  }
}
