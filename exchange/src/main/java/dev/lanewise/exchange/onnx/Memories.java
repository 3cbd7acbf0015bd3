package dev.lanewise.exchange.onnx;

import static dev.lanewise.exchange.onnx.GraphWriter.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.exchange.form.Recurrent;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.train.Model;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Layers with a memory that are operators of ONNX: LSTM, GRU and RNN, one for each layer of them. The last place of one that goes forward is what the operator tells as its last state. Memories of
 * one's own are loops.
 */
final class Memories implements Together {
  /** A layer with a memory. @param tokens of which 0 is padding, or null */
  private record Use(CheckedNet.Layer layer, Recurrent of, Value in, Value tokens, Value out) {}

  private final Operations all;
  private final Model model;
  private final Map<String, Use> uses = new HashMap<>();
  /** Layers {@code last}, each with the memory whose last state it is. */
  private final Map<String, Use> lasts = new HashMap<>();
  private final Map<Node, String> layers = new HashMap<>();
  /** What others read than the inside of these. */
  private final Set<Value> read = new HashSet<>();
  /** Last states by the names of the layers. */
  private final Map<String, Exported> states = new HashMap<>();
  private final Map<String, List<String>> weights = new HashMap<>();
  private final Map<Value, String> lengths = new HashMap<>();

  Memories(Operations all, CheckedNet net, Graph graph, Model model) {
    this.all = all;
    this.model = model;
    for (CheckedNet.Layer layer : net.layers()) {
      Recurrent.of(layer.computation()).ifPresent(of -> use(layer, of, graph));
    }
    for (CheckedNet.Layer layer : net.layers()) {
      if (Recurrent.isLast(layer.computation())) {
        last(layer, graph);
      }
    }
    read.addAll(graph.outputs());
    graph.nodes().stream().filter(n -> !isPart(n)).forEach(n -> read.addAll(n.inputs()));
    // One memory above another.
    uses.values().forEach(u -> read.add(u.in()));
  }

  private static Optional<Node> node(Graph graph, String name) {
    return graph.nodes().stream().filter(n -> n.name().equals(name)).findFirst();
  }

  private void use(CheckedNet.Layer layer, Recurrent of, Graph graph) {
    node(graph, layer.name()).ifPresent(end -> {
      Value in = node(graph, layer.name() + ".places").orElseThrow().inputs().getFirst();
      Value tokens = of.masked() ? node(graph, layer.name() + ".mask").orElseThrow().inputs().getFirst() : null;
      uses.put(layer.name(), new Use(layer, of, in, tokens, end.output()));
      note(layer.name(), graph);
    });
  }

  private void last(CheckedNet.Layer layer, Graph graph) {
    Optional<Value> in = node(graph, layer.name() + ".places").map(n -> n.inputs().getFirst());
    Value tokens = node(graph, layer.name() + ".which").map(n -> n.inputs().getFirst()).orElse(null);
    for (Use use : uses.values()) {
      boolean ends = !use.of().both() && !use.of().reverse() && java.util.Objects.equals(use.tokens(), tokens);
      if (ends && in.isPresent() && in.get().equals(use.out())) {
        lasts.put(layer.name(), use);
        note(layer.name(), graph);
      }
    }
  }

  private void note(String layer, Graph graph) {
    graph.nodes().stream().filter(n -> n.name().equals(layer) || n.name().startsWith(layer + ".")).forEach(n -> layers.put(n, layer));
  }

  @Override
  public boolean isPart(Node node) {
    return layers.containsKey(node);
  }

  /** Whether anybody reads a value but layers with a memory, of which the file has what they read otherwise. */
  boolean isRead(Value value) {
    return read.contains(value);
  }

  @Override
  public Optional<Exported> whole(Node node, Map<Value, Exported> values) {
    String layer = layers.get(node);
    if (!node.name().equals(layer)) {
      return Optional.empty();
    }
    return Optional.ofNullable(lasts.containsKey(layer) ? states.get(lasts.get(layer).layer().name()) : made(uses.get(layer), values));
  }

  /** @return all its states; null if nobody reads them */
  private Exported made(Use use, Map<Value, Exported> values) {
    Recurrent of = use.of();
    String name = use.layer().name();
    String lengths = use.tokens() == null ? "" : this.lengths.computeIfAbsent(use.tokens(), t -> lengths(name, values.get(t), of.places()));
    Exported x = all.each(name, all.numbers(name, values.get(use.in())));
    String now = to().node("Transpose", name + ".places", List.of(x.name()), attribute("perm", 2, 0, 1));
    int ways = of.both() ? 2 : 1;
    for (int k = 0; k < of.layers(); k++) {
      List<String> in = new ArrayList<>(List.of(now));
      in.addAll(weights(use, k));
      in.add(lengths);
      List<String> made = to().nodes(of.kind().name(), k == of.layers() - 1 ? name + ".states" : name + ".l" + k, lengths.isEmpty() ? in.subList(0, in.size() - 1) : in, 2, attributes(of));
      if (k < of.layers() - 1) {
        String turned = to().node("Transpose", name + ".turned", List.of(made.getFirst()), attribute("perm", 0, 2, 1, 3));
        now = to().node("Reshape", name + ".ways", List.of(turned, to().wholes(0, 0, (long) ways * of.units())));
      } else {
        now = made.getFirst();
        if (lasts.containsValue(use)) {
          states.put(name, Exported.numbers(to().node("Squeeze", name + ".last", List.of(made.getLast(), to().wholes(0))), Operations.list(of.units())));
        }
      }
    }
    if (!read.contains(use.out())) {
      return null;
    }
    Exported turned = Exported.numbers(
        to().node("Transpose", name + ".channels", List.of(now), attribute("perm", 2, 1, 3, 0)), Operations.list(ways, of.units(), of.places()));
    return all.shaped(name, turned, Operations.list(ways * of.units(), of.places()));
  }

  private static AttributeProto[] attributes(Recurrent of) {
    List<AttributeProto> attributes = new ArrayList<>(List.of(
        attribute("hidden_size", of.units()), attribute("direction", of.both() ? "bidirectional" : of.reverse() ? "reverse" : "forward")));
    if (of.kind() == Recurrent.Kind.GRU) {
      attributes.add(attribute("linear_before_reset", 1));
    }
    return attributes.toArray(AttributeProto[]::new);
  }

  /** How many places of each example are no padding: that stands behind them. */
  private String lengths(String name, Exported tokens, int places) {
    Exported numbers = all.shaped(name + ".tokens", all.numbers(name, tokens), Operations.list(places));
    String real = Formulas.asNumbers(to(), name + ".real", to().node("Greater", name + ".token", List.of(numbers.name(), to().number(0))));
    String count = to().node("ReduceSum", name + ".count", List.of(real, to().wholes(1)), attribute("keepdims", 0));
    return to().node("Cast", name + ".lengths", List.of(count), attribute("to", TensorProto.DataType.INT32.getNumber()));
  }

  /** Those of one of its layers, with the rows in ONNX's order, both ways together: of the input, of the state, and both biases. Layers that share them read the same. */
  private List<String> weights(Use use, int layer) {
    String of = use.layer().shared();
    return weights.computeIfAbsent(of + layer, _ -> {
      Recurrent memory = use.of();
      List<String> ends = memory.ends().get(layer);
      int ways = ends.size(), gates = memory.kind().gates(), n = memory.units();
      int in = layer == 0 ? memory.in() : ways * n;
      float[] input = new float[ways * gates * n * in], state = new float[ways * gates * n * n], bias = new float[2 * ways * gates * n];
      for (int way = 0; way < ways; way++) {
        memory.kind().toOnnx(model.values(of + ".weight_ih" + ends.get(way)), input, way * gates * n * in);
        memory.kind().toOnnx(model.values(of + ".weight_hh" + ends.get(way)), state, way * gates * n * n);
        memory.kind().toOnnx(model.values(of + ".bias_ih" + ends.get(way)), bias, 2 * way * gates * n);
        memory.kind().toOnnx(model.values(of + ".bias_hh" + ends.get(way)), bias, (2 * way + 1) * gates * n);
      }
      String end = ends.getFirst();
      return List.of(
          to().parameter(of + ".weight_ih" + end, Operations.list(ways, gates * n, in), input), to().parameter(of + ".weight_hh" + end, Operations.list(ways, gates * n, n), state),
          to().parameter(of + ".bias" + end, Operations.list(ways, 2 * gates * n), bias));
    });
  }

  private GraphWriter to() {
    return all.to();
  }
}
