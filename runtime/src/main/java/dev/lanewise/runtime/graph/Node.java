package dev.lanewise.runtime.graph;

import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.spec.Value;
import java.util.List;
import java.util.stream.Collectors;

/** One operation in a graph, with the values it reads and writes. */
public record Node(String name, Operation operation, List<Value> inputs, List<Value> outputs) {
  public Node {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** The main output. */
  public Value output() {
    return outputs.getFirst();
  }

  /** Whole formulas need not be gone through wherever a node is looked up. */
  @Override
  public int hashCode() {
    return outputs.hashCode();
  }

  @Override
  public String toString() {
    return outputs.stream().map(Value::toString).collect(Collectors.joining(", "))
        + " = "
        + operation.name()
        + inputs.stream().map(v -> "%" + v.id()).collect(Collectors.joining(", ", "(", ")"))
        + "  "
        + operation.outputs().getFirst();
  }
}
