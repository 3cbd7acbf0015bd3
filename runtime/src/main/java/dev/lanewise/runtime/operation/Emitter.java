package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Value;
import java.util.List;

/** Adds operations to the graph that is being built. */
public interface Emitter {
  /** All outputs of the operation, the main one first. */
  List<Value> emitAll(String name, Operation operation, List<Value> inputs);

  /** The main output. */
  default Value emit(String name, Operation operation, Value... inputs) {
    return emitAll(name, operation, List.of(inputs)).getFirst();
  }
}
