package dev.lanewise.runtime.graph;

import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What holds of every graph, after every pass: single assignment, no value used before it is written, types as the operations say. */
final class Verifier {
  private Verifier() {}

  /**
   * @return true
   * @throws IllegalArgumentException naming the node, if the graph is broken
   */
  static boolean verify(List<Value> inputs, List<Parameter> parameters, List<Node> nodes, List<Value> outputs) {
    Set<Value> written = new HashSet<>();
    Set<Integer> ids = new HashSet<>();
    inputs.forEach(v -> write("inputs", v, written, ids));
    parameters.forEach(p -> write("parameters", p.value(), written, ids));
    for (Node node : nodes) {
      for (Value in : node.inputs()) {
        require(written.contains(in), node + " reads " + in + " before it is written");
      }
      require(types(node.inputs()).equals(node.operation().inputs()), node + ": inputs are " + types(node.inputs())
          + ", the operation takes " + node.operation().inputs());
      require(types(node.outputs()).equals(node.operation().outputs()), node + ": outputs are " + types(node.outputs())
          + ", the operation makes " + node.operation().outputs());
      node.outputs().forEach(v -> write(node.toString(), v, written, ids));
    }
    for (Value out : outputs) {
      require(written.contains(out), "output " + out + " is never written");
    }
    return true;
  }

  private static void write(String where, Value value, Set<Value> written, Set<Integer> ids) {
    require(ids.add(value.id()), where + " writes " + value + " a second time");
    written.add(value);
  }

  private static List<Type> types(List<Value> values) {
    return values.stream().map(Value::type).toList();
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
