package dev.lanewise.dsl.lower;

import dev.lanewise.dsl.check.CheckedNet;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.operation.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * From a checked network to the runtime's graph.
 *
 * <pre>{@code Model.create("Mlp", Lowering.graph(net), 1) }</pre>
 */
public final class Lowering {
  private Lowering() {}

  public static Graph graph(CheckedNet net) {
    GraphBuilder builder = new GraphBuilder(net.input());
    List<Value> values = new ArrayList<>(List.of(builder.input()));
    for (CheckedNet.Layer layer : net.layers()) {
      Value[] inputs = layer.inputs().stream().map(values::get).toArray(Value[]::new);
      values.add(builder.add(layer.name(), layer.operation(), inputs));
    }
    return builder.build(values.get(net.result()));
  }
}
