package dev.lanewise.runtime.plan;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.operation.ChannelSum;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.operation.Running;
import dev.lanewise.runtime.operation.SharedSum;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Memory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives every value its place in a worker's arena, once. Values whose lifetimes do not meet share memory; a reshaped
 * value lies where the original does; an elementwise operation writes over an input that nobody reads afterwards.
 */
public final class Placement {
  /** A piece of the arena, in use from one node to another. */
  private static final class Buffer {
    final int size;
    final int first;
    int last;
    int offset;

    Buffer(int size, int first) {
      this.size = size;
      this.first = first;
      this.last = first;
    }

    boolean meets(Buffer other) {
      return first <= other.last && other.first <= last;
    }
  }

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
  private final Map<Value, Integer> lastUse = new HashMap<>();
  private final Map<Value, Buffer> buffers = new HashMap<>();
  private final Map<Node, Buffer> scratch = new HashMap<>();
  private final List<Buffer> all = new ArrayList<>();
  private final Map<Value, Integer> shared = new HashMap<>();
  private final Set<Value> ofBatch = new HashSet<>();
  private int size;
  private int batchSize = Memory.BASE;

  /**
   * @param gradients those of the trainable parameters, in their order
   */
  Placement(Graph graph, List<Value> gradients) {
    this.graph = graph;
    findLastUses();
    graph.inputs().forEach(v -> buffers.put(v, buffer(v.shape().size(), -1)));
    for (int i = 0; i < graph.nodes().size(); i++) {
      assign(graph.nodes().get(i), i);
    }
    buffers.forEach((value, buffer) -> buffer.last = Math.max(buffer.last, lastUse.get(value)));
    place();
    int offset = Memory.BASE;
    for (int i = 0; i < graph.parameters().size(); i++) {
      Parameter p = graph.parameters().get(i);
      shared.put(p.value(), offset);
      if (!gradients.isEmpty() && p.isTrainable()) {
        shared.put(gradients.get(graph.trainable().indexOf(p)), offset);
      }
      offset += p.shape().size();
    }
    placeSums();
    graph.nodes().forEach(this::placeOfBatch);
  }

  /** What is added up for one gradient is added where that gradient lies. */
  private void placeSums() {
    for (Node node : graph.nodes().reversed()) {
      if (node.operation() instanceof SharedSum) {
        node.inputs().forEach(v -> shared.put(v, shared.get(node.output())));
      }
    }
  }

  /** What is computed for the whole batch, and read again while the batch is at work. */
  private void placeOfBatch(Node node) {
    for (Value out : node.outputs()) {
      if (out.isShared() && !shared.containsKey(out)) {
        if (!(node.operation() instanceof ChannelSum || node.operation() instanceof Running)) {
          throw new IllegalArgumentException(node + " adds to the gradient of a parameter, but it is that of none");
        }
        shared.put(out, batchSize);
        ofBatch.add(out);
        batchSize += out.shape().size();
      }
    }
  }

  /** Whether a value is computed once for the batch. */
  boolean isOfBatch(Value value) {
    return ofBatch.contains(value);
  }

  /** How much memory the values of a batch take. */
  int batchEnd() {
    return batchSize;
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
      if (out.isShared()) {
        continue;
      }
      Buffer own = o == 0 ? overwritten(node, index) : null;
      buffers.put(out, own == null ? buffer(out.shape().size(), index) : own);
    }
    int more = VectorKernels.scratch(node.operation());
    if (more > 0) {
      scratch.put(node, buffer((more + LANES - 1) / LANES, index));
    }
  }

  /** The buffer of an input that a node may write over; null if there is none. */
  private Buffer overwritten(Node node, int index) {
    return node.operation().overwrites().stream()
        .map(i -> buffers.get(node.inputs().get(i)))
        .filter(b -> b != null && (node.operation() instanceof Reshape || endsAt(b, index)))
        .findFirst()
        .orElse(null);
  }

  /** Whether every value in a buffer is last read by the node at work. */
  private boolean endsAt(Buffer buffer, int index) {
    return buffers.entrySet().stream()
        .filter(e -> e.getValue() == buffer)
        .allMatch(e -> lastUse.get(e.getKey()) <= index);
  }

  private Buffer buffer(int elements, int first) {
    Buffer buffer = new Buffer(Math.multiplyExact(elements, LANES), first);
    all.add(buffer);
    return buffer;
  }

  /** First fit, in the order of first use. */
  private void place() {
    List<Buffer> placed = new ArrayList<>();
    for (Buffer b : all) {
      b.offset = Memory.BASE;
      boolean moved = true;
      while (moved) {
        moved = false;
        for (Buffer p : placed) {
          if (p.meets(b) && b.offset < p.offset + p.size && p.offset < b.offset + b.size) {
            b.offset = p.offset + p.size;
            moved = true;
          }
        }
      }
      placed.add(b);
      size = Math.max(size, Math.addExact(b.offset, b.size));
    }
  }

  /** Where a value begins: in the arena, the parameters, the gradients, or among those of the batch, by what it is. */
  int at(Value value) {
    return value.isShared() ? shared.get(value) : buffers.get(value).offset;
  }

  /** Where a node's working memory begins; any place where it needs none. */
  int scratchAt(Node node) {
    return scratch.containsKey(node) ? scratch.get(node).offset : 0;
  }

  List<Piece> pieces() {
    return all.stream()
        .sorted(Comparator.comparingInt((Buffer b) -> b.offset).thenComparingInt(b -> b.first))
        .map(this::piece)
        .toList();
  }

  private Piece piece(Buffer buffer) {
    List<String> values =
        buffers.entrySet().stream()
            .filter(e -> e.getValue() == buffer)
            .map(Map.Entry::getKey)
            .sorted(Comparator.comparingInt(Value::id))
            .map(Value::name)
            .toList();
    boolean working = values.isEmpty();
    return new Piece(
        working ? List.of("(working memory)") : values,
        buffer.offset,
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
                .flatMap(n -> n.outputs().stream())
                .filter(v -> !v.isShared())
                .filter(v -> graph.nodes().stream().anyMatch(n -> sharesBuffer(n, v)))
                .mapToInt(v -> v.shape().size())
                .sum();
  }

  private boolean sharesBuffer(Node node, Value out) {
    return node.output().equals(out)
        && node.inputs().stream().anyMatch(in -> buffers.get(in) != null && buffers.get(in) == buffers.get(out));
  }
}
