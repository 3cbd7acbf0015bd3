package dev.lanewise.dsl.lower;

import dev.lanewise.dsl.check.CheckedNet;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.operation.Value;

/**
 * From a checked network to the runtime's graph.
 *
 * <pre>{@code Model.create("Mlp", Lowering.graph(net), 1) }</pre>
 */
public final class Lowering {
  private Lowering() {}

  public static Graph graph(CheckedNet net) {
    GraphBuilder builder = new GraphBuilder(net.input());
    Value value = builder.input();
    for (CheckedNet.Layer layer : net.layers()) {
      value = builder.add(layer.name(), layer.operation(), value);
    }
    return builder.build(value);
  }
}
