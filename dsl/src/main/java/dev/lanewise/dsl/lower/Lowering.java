package dev.lanewise.dsl.lower;

import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.graph.Interpreter;
import dev.lanewise.runtime.layer.Units;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.train.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * From a checked network to the runtime's graph.
 *
 * <pre>{@code Model.create("Mlp", Lowering.graph(net), 1) }</pre>
 */
public final class Lowering {
  private Lowering() {}

  /** A layer with some outputs: what a loss is tried behind. */
  public static Graph probe(int outputs) {
    GraphBuilder builder = new GraphBuilder(Shape.of(2));
    return builder.build(builder.add("dense1", new Dense(2, outputs, true), builder.input()));
  }

  /** The network of a training: what is frozen is not trained. */
  public static Graph graph(CheckedTrain train) {
    return graph(train.net()).frozen(train::isFrozen);
  }

  public static Graph graph(CheckedNet net) {
    return graph(net, Optional.empty());
  }

  /** @param world says which of its outputs give numbers in a unit of their own: each of these has one more step */
  public static Graph graph(CheckedNet net, Optional<World> world) {
    GraphBuilder builder = new GraphBuilder(net.first().name().isEmpty() ? GraphBuilder.INPUT : net.first().name(), net.input());
    List<Value> values = new ArrayList<>(List.of(builder.input()));
    for (CheckedNet.Layer layer : net.layers()) {
      Value[] inputs = layer.inputs().stream().map(values::get).toArray(Value[]::new);
      values.add(
          layer.sharesParameters()
              ? builder.share(layer.name(), layer.shared(), layer.computation(), inputs)
              : builder.add(layer.name(), layer.computation(), inputs));
    }
    List<Value> outputs = new ArrayList<>(List.of(values.get(net.result())));
    net.heads().forEach(h -> outputs.add(values.get(h.value())));
    world.map(w -> InUnit.units(net, w)).orElse(Map.of()).forEach((number, u) -> outputs.set(number, builder.add(InUnit.layer(net, number), Units.restored(net.outputShape(number), u.mean(), u.std()), outputs.get(number))));
    return builder.build(outputs.toArray(Value[]::new));
  }

  /** What a function without parameters makes of numbers, by its formulas in double. */
  public static double[] value(Computation function, double[] of) {
    GraphBuilder builder = new GraphBuilder(function.inputs().getFirst().shape());
    Graph graph = builder.build(builder.add(function.name(), function, builder.input()));
    return new Interpreter(graph).run(Map.of(graph.input(), of), _ -> null).get(graph.output());
  }
}
