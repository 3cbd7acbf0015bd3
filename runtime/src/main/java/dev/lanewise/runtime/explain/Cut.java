package dev.lanewise.runtime.explain;

import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.train.Model;
import java.util.Optional;

/** Networks that end earlier. */
public final class Cut {
  private Cut() {}

  /** The network as far as a layer, with the same values: what the layer gives is its output. Empty if it has no layer of that name. */
  public static Optional<Model> at(Model model, String layer) {
    return model.graph().nodes().reversed().stream().filter(n -> n.name().equals(layer)).findFirst().map(Node::output)
        .map(v -> model.on(new GraphBuilder(model.graph()).build(v)));
  }
}
