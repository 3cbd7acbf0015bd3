package dev.lanewise.exchange.onnx;

import static dev.lanewise.exchange.onnx.GraphWriter.attribute;

import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.exchange.form.BatchNorms;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.spec.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Batch normalisations: several operations here, one there. */
final class Normalizations implements Together {
  private final GraphWriter to;
  private final Map<String, Value> inputs = new HashMap<>();
  private final Map<String, Value> parameters = new HashMap<>();
  private final Map<String, Double> eps = new HashMap<>();

  Normalizations(GraphWriter to, CheckedNet net, Graph graph) {
    this.to = to;
    graph.parameters().forEach(p -> parameters.put(p.name(), p.value()));
    for (CheckedNet.Layer layer : net.layers()) {
      if (layer.computation() instanceof Recipe recipe && BatchNorms.is(recipe)) {
        graph.nodes().stream().filter(n -> n.name().equals(layer.name() + ".centered")).forEach(n -> inputs.put(layer.name(), n.inputs().getFirst()));
        eps.put(layer.name(), BatchNorms.eps(recipe));
      }
    }
  }

  @Override
  public boolean isPart(Node node) {
    return layer(node).isPresent();
  }

  private Optional<String> layer(Node node) {
    return eps.keySet().stream().filter(l -> inputs.containsKey(l) && (node.name().equals(l) || node.name().startsWith(l + "."))).findFirst();
  }

  @Override
  public Optional<Exported> whole(Node node, Map<Value, Exported> values) {
    String layer = layer(node).orElseThrow();
    if (!node.name().equals(layer)) {
      return Optional.empty();
    }
    Exported x = values.get(inputs.get(layer));
    List<String> read = List.of(x.name(), parameter(layer, "weight", values), parameter(layer, "bias", values), parameter(layer, "running_mean", values), parameter(layer, "running_var", values));
    return Optional.of(Exported.numbers(to.node("BatchNormalization", layer, read, attribute("epsilon", eps.get(layer).doubleValue())), x.dims()));
  }

  private String parameter(String layer, String name, Map<Value, Exported> values) {
    return values.get(parameters.get(layer + "." + name)).name();
  }
}
