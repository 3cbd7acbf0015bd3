package dev.lanewise.exchange.onnx;

import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.spec.Value;
import java.util.Map;
import java.util.Optional;

/** A layer that is several operations here and one there. */
interface Together {
  /** Whether a node belongs to one. */
  boolean isPart(Node node);

  /** The whole of it, at the last of its nodes that anybody else reads. */
  Optional<Exported> whole(Node node, Map<Value, Exported> values);
}
