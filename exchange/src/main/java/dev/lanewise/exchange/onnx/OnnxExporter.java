package dev.lanewise.exchange.onnx;

import static dev.lanewise.exchange.onnx.GraphWriter.attribute;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import dev.lanewise.dsl.exchange.Exporter;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.rewrite.Inference;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.train.Model;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** ONNX files: what the network does when it predicts, operation by operation. */
public final class OnnxExporter implements Exporter {
  /** The file format's version for opset 21, and before that. */
  private static final int FORMAT = 10;
  private static final int EARLIER_FORMAT = 8;
  private static final int NEWEST = 21;

  @Override
  public String ending() {
    return ".onnx";
  }

  @Override
  public void write(Trained net, Form form, Path to) throws IOException {
    GraphProto graph = graph(net, form);
    ModelProto.Builder model = ModelProto.newBuilder()
        .setIrVersion(form.opset() < NEWEST ? EARLIER_FORMAT : FORMAT).setProducerName("Lanewise").setGraph(graph)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(form.opset()));
    metadata(net).forEach((key, value) -> model.addMetadataProps(StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(to))) {
      model.build().writeTo(out);
    }
  }

  private static Map<String, String> metadata(Trained net) {
    Map<String, String> metadata = new TreeMap<>(Map.of("script", net.source().text(), "net", net.net().name()));
    net.world().ifPresent(w -> {
      if (w.output() instanceof World.Output.Classes classes) {
        metadata.put("classes", String.join("\n", classes.names()));
      }
    });
    return metadata;
  }

  private static GraphProto graph(Trained net, Form form) {
    Model model = net.model();
    Graph graph = Inference.of(model.graph());
    GraphWriter to = new GraphWriter(net.net().name());
    Map<Value, Exported> values = new HashMap<>();
    Set<Value> read = new HashSet<>(graph.outputs());
    graph.nodes().forEach(n -> read.addAll(n.inputs()));
    for (Value input : graph.inputs()) {
      if (read.contains(input) && net.net().inputs().stream().anyMatch(f -> name(f.name()).equals(input.name()))) {
        boolean whole = graph.bound(input) > 0;
        to.input(input.name(), input.shape().dims(), whole);
        values.put(input, new Exported(input.name(), input.shape().dims(), true, whole));
      }
    }
    String batch = to.node("Shape", "batch", List.of(graph.input().name()), attribute("start", 0), attribute("end", 1));
    Operations operations = new Operations(to, batch);
    if (form.normalizes()) {
      net.world().map(World::normalization).ifPresent(n -> values.computeIfPresent(graph.input(), (_, x) -> x.whole() ? x : scaled(to, x, n)));
    }
    Memories memories = new Memories(operations, net.net(), graph, model);
    for (Parameter p : graph.parameters()) {
      if (memories.isRead(p.value())) {
        values.put(p.value(), new Exported(to.parameter(p.name(), p.shape().dims(), model.values(p.name())), p.shape().dims(), false, false));
      }
    }
    List<Together> together = List.of(new Normalizations(to, net.net(), graph), memories);
    for (Node node : graph.nodes()) {
      Optional<Together> layer = together.stream().filter(t -> t.isPart(node)).findFirst();
      if (layer.isPresent()) {
        layer.get().whole(node, values).ifPresent(made -> values.put(node.output(), made));
        continue;
      }
      if (!node.inputs().stream().allMatch(values::containsKey)) {
        continue;
      }
      List<Exported> made = operations.of(node.name(), node.operation(), node.inputs().stream().map(values::get).toList());
      for (int i = 0; i < made.size(); i++) {
        values.put(node.outputs().get(i), made.get(i));
      }
    }
    List<String> names = outputs(net.net());
    for (int i = 0; i < graph.outputs().size(); i++) {
      Exported made = operations.each(names.get(i), values.get(graph.outputs().get(i)));
      String name = to.fresh(names.get(i));
      to.identity(name, made.name());
      to.output(name, made.dims());
    }
    return to.build();
  }

  private static String name(String input) {
    return input.isEmpty() ? "input" : input;
  }

  private static List<String> outputs(CheckedNet net) {
    List<String> names = new ArrayList<>(List.of("output"));
    net.heads().forEach(h -> names.add(h.name()));
    return names;
  }

  private static Exported scaled(GraphWriter to, Exported x, Normalization n) {
    long[] dims = new long[x.dims().size() + 1];
    java.util.Arrays.fill(dims, 1);
    dims[1] = n.mean().length;
    String centered = to.node("Sub", "normalize.centered", List.of(x.name(), to.numbers(dims, n.mean())));
    return Exported.numbers(to.node("Div", "normalize", List.of(centered, to.numbers(dims, n.std()))), x.dims());
  }
}
