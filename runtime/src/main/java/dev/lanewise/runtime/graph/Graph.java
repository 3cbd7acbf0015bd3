package dev.lanewise.runtime.graph;

import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.operation.Slice;
import dev.lanewise.runtime.spec.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Operations in an order in which they can run. Immutable; every value is written once.
 *
 * @param inputs values given for each example
 * @param parameters values that all examples share, given from outside; those that are not trained come first, tables that are trained last
 * @param outputs what the graph is computed for
 */
public record Graph(List<Value> inputs, List<Parameter> parameters, List<Node> nodes, List<Value> outputs) {
  /** Values of a parameter whose gradient is more than caches hold, see {@link #ordered}. */
  public static final int LARGE = 1 << 20;

  public Graph {
    inputs = List.copyOf(inputs);
    parameters = List.copyOf(parameters);
    nodes = List.copyOf(nodes);
    outputs = List.copyOf(outputs);
    assert Verifier.verify(inputs, parameters, nodes, outputs);
  }

  /** A network's input. */
  public Value input() {
    return inputs.getFirst();
  }

  /** A network's output. */
  public Value output() {
    return outputs.getFirst();
  }

  /** The same with its own output alone; nodes that only heads need are still there. */
  public Graph withoutHeads() {
    return new Graph(inputs, parameters, nodes, outputs.subList(0, 1));
  }

  /** The same, but training leaves the parameters of these names as they are, and all others not. */
  public Graph frozen(Predicate<String> names) {
    return new Graph(inputs, ordered(parameters.stream().map(p -> p.frozen(names.test(p.name()))).toList()), nodes, outputs);
  }

  /** Those that are not trained come first; behind all others large matrices, whose gradients a plan may keep apart, and tables that are trained. */
  static List<Parameter> ordered(List<Parameter> parameters) {
    List<Parameter> ordered = new ArrayList<>(parameters);
    ordered.sort(Comparator.comparingInt(Graph::place));
    return ordered;
  }

  private static int place(Parameter p) {
    return !p.isTrainable() ? 0 : p.isTable() ? 3 : p.shape().rank() == 2 && p.shape().size() >= LARGE ? 2 : 1;
  }

  /** Numbers that the network consists of, trained or not. */
  public int parameterCount() {
    return parameters.stream().mapToInt(p -> p.shape().size()).sum();
  }

  /** Those that training does not change by their gradients. They come first. */
  public int bufferCount() {
    return parameters.stream().filter(p -> !p.isTrainable()).mapToInt(p -> p.shape().size()).sum();
  }

  /** The trained parameters of whose gradients only some rows are kept. They come last. */
  public List<Parameter> tables() {
    return parameters.stream().filter(p -> p.isTrainable() && p.isTable()).toList();
  }

  /** Numbers before those {@link #tables}. */
  public int wholeCount() {
    return parameterCount() - tables().stream().mapToInt(p -> p.shape().size()).sum();
  }

  /** Below which the whole numbers lie that a value must be; 0 if it may be any numbers. */
  public int bound(Value value) {
    int bound = 0;
    for (Node node : nodes) {
      for (int i = 0; i < node.inputs().size(); i++) {
        if (node.inputs().get(i).equals(value)) {
          boolean moved = node.operation() instanceof Reshape || node.operation() instanceof Slice;
          bound = Math.max(bound, moved ? bound(node.output()) : node.operation().bound(i));
        }
      }
    }
    return bound;
  }

  /** The parameters that have gradients. */
  public List<Parameter> trainable() {
    return parameters.stream().filter(Parameter::isTrainable).toList();
  }

  /** Multiply-adds for one example. */
  public long multiplyAdds() {
    return nodes.stream().mapToLong(n -> n.operation().multiplyAdds()).sum();
  }

  @Override
  public String toString() {
    return "inputs "
        + inputs
        + "\nparameters "
        + parameters.stream().map(p -> p.value() + " " + p.shape()).toList()
        + "\n"
        + nodes.stream().map(Node::toString).collect(Collectors.joining("\n"))
        + "\noutputs "
        + outputs;
  }
}
