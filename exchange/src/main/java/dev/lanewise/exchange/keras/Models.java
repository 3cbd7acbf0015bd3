package dev.lanewise.exchange.keras;

import dev.lanewise.exchange.keras.Sketch.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/** Models, of layers one after the other or of a graph of them, each of which may be a model. */
final class Models {
  private static final Set<String> GRAPHS = Set.of("Functional", "Model");
  /** Layers behind which it is still open what the numbers of an input are. */
  private static final Set<String> OPEN = Set.of("InputLayer", "Rescaling", "Normalization", "Dropout", "Activation", "ReLU");
  private static final int DEEPEST = 30;

  private final Sketch sketch;
  private final Layers layers;

  Models(Sketch sketch, Layers layers) {
    this.sketch = sketch;
    this.layers = layers;
  }

  void read(Config model) throws IOException {
    Place place = new Place(List.of(), "");
    List<Value> outputs = isModel(model) ? model(model, null, place) : List.of();
    if (outputs.isEmpty()) {
      throw new IOException("it is no Sequential or functional model, but a `" + model.text("class_name", "?") + "`: a class of one's own holds Python's code, which is not run");
    }
    for (int i = 0; i < outputs.size(); i++) {
      sketch.output(sketch.channelsFirst(outputs.get(i)), outputs.size() == 1 ? "output" : "output_" + (i + 1));
    }
  }

  private static boolean isModel(Config config) {
    String kind = config.text("class_name", "");
    return kind.equals("Sequential") || GRAPHS.contains(kind) && config.config("config").has("layers");
  }

  /** @param inputs null if it is the whole */
  private List<Value> model(Config model, List<Value> inputs, Place place) throws IOException {
    if (place.names().size() > DEEPEST) {
      throw new IOException("models lie within models, and so on");
    }
    return model.text("class_name", "").equals("Sequential") ? row(model, inputs, place) : graph(model, inputs, place);
  }

  private static List<Config> layers(Config model) {
    return model.config("config").list("layers").stream().map(Config::of).toList();
  }

  /** Where each layer has its numbers in a file of Keras 3: kinds are counted. */
  private static List<Place> places(List<Config> layers, Place around) {
    Map<String, Integer> counts = new HashMap<>();
    List<Place> made = new ArrayList<>();
    for (Config layer : layers) {
      String kind = Layers.snake(layer.text("class_name", ""));
      int count = counts.merge(kind, 1, Integer::sum) - 1;
      List<String> names = new ArrayList<>(around.names());
      names.add(name(layer));
      made.add(new Place(names, around.path() + (around.path().isEmpty() ? "" : "/") + "layers/" + kind + (count == 0 ? "" : "_" + count)));
    }
    return made;
  }

  private static String name(Config layer) {
    return layer.text("name", layer.config("config").text("name", "?"));
  }

  private List<Value> row(Config model, List<Value> inputs, Place around) throws IOException {
    List<Config> all = layers(model);
    List<Place> places = places(all, around);
    Value now = inputs == null ? null : inputs.getFirst();
    if (now == null) {
      Config first = all.isEmpty() ? Config.of(null) : all.getFirst();
      List<?> shape = shape(first);
      shape = shape.isEmpty() ? model.config("config").list("build_input_shape") : shape;
      shape = shape.isEmpty() ? model.config("build_config").list("input_shape") : shape;
      if (shape.isEmpty()) {
        throw new IOException("nothing in it says what it takes: build the model before it is saved");
      }
      now = input(first.text("class_name", "").equals("InputLayer") ? name(first) : "input", shape, all.stream().map(l -> l.text("class_name", "")).toList());
    }
    for (int i = 0; i < all.size(); i++) {
      if (!all.get(i).text("class_name", "").equals("InputLayer")) {
        now = applied(all.get(i), places.get(i), List.of(now), Config.of(null)).getFirst();
      }
    }
    return now == null ? List.of() : List.of(now);
  }

  private static List<?> shape(Config layer) {
    List<?> shape = layer.config("config").list("batch_shape");
    return shape.isEmpty() ? layer.config("config").list("batch_input_shape") : shape;
  }

  /** @param behind kinds of layers that read it, one after the other */
  private Value input(String name, List<?> shape, List<String> behind) {
    long[] sizes = shape.stream().skip(1).mapToLong(d -> d instanceof Number n ? n.longValue() : 0).toArray();
    String reader = behind.stream().filter(k -> !OPEN.contains(k)).findFirst().orElse("");
    if (reader.equals("Embedding")) {
      return sketch.input(name, true, sizes);
    }
    boolean flat = reader.equals("Flatten") || reader.equals("Reshape");
    if (sizes.length == 2 && flat && LongStream.of(sizes).allMatch(s -> s > 0)) {
      return sketch.reshaped(sketch.input(name, false, 1, sizes[0], sizes[1]), 0, sizes[0], sizes[1]);
    }
    if (sizes.length < 2 || sizes.length > 3) {
      return sketch.input(name, false, sizes.length == 0 ? new long[] {1} : sizes);
    }
    // Channels stand first here, and last there.
    long[] turned = LongStream.concat(LongStream.of(sizes[sizes.length - 1]), LongStream.of(sizes).limit(sizes.length - 1)).toArray();
    return sketch.channelsLast(sketch.input(name, false, turned));
  }

  private List<Value> applied(Config layer, Place place, List<Value> in, Config given) throws IOException {
    if (isModel(layer)) {
      return model(layer, in, place);
    }
    return List.of(layers.of(layer, place, in, given));
  }

  /** A use of a layer. @param reads what it is given: each a layer, a use of it, and an output of that */
  private record Use(int layer, int number, List<List<?>> reads, Config given) {
    String key() {
      return layer + ":" + number;
    }
  }

  private List<Value> graph(Config model, List<Value> inputs, Place around) throws IOException {
    List<Config> all = layers(model);
    List<Place> places = places(all, around);
    Map<String, Integer> byName = new LinkedHashMap<>();
    for (int i = 0; i < all.size(); i++) {
      byName.put(name(all.get(i)), i);
    }
    Map<String, List<Value>> made = new HashMap<>();
    List<List<?>> entries = histories(model.config("config").get("input_layers")), ends = histories(model.config("config").get("output_layers"));
    List<Use> open = uses(all);
    for (int i = 0; i < entries.size(); i++) {
      int layer = byName.getOrDefault(entries.get(i).getFirst(), -1);
      if (layer < 0 || inputs != null && inputs.size() != entries.size()) {
        throw new IOException("its inputs are not among its layers");
      }
      made.put(layer + ":0", List.of(inputs != null ? inputs.get(i) : input(name(all.get(layer)), shape(all.get(layer)), behind(layer, all, open, byName))));
    }
    while (!open.isEmpty()) {
      List<Use> ready = open.stream().filter(u -> u.reads().stream().allMatch(r -> made.containsKey(key(r, byName)))).toList();
      if (ready.isEmpty()) {
        throw new IOException("nothing makes what the layer `" + name(all.get(open.getFirst().layer())) + "` reads");
      }
      for (Use use : ready) {
        List<Value> in = use.reads().stream().map(r -> value(made.get(key(r, byName)), r)).toList();
        made.put(use.key(), applied(all.get(use.layer()), places.get(use.layer()), in, use.given()));
        if (use.number() > 0) {
          layers.note("`" + name(all.get(use.layer())) + "` is used more than once: here each use has parameters of its own");
        }
      }
      open = open.stream().filter(u -> !ready.contains(u)).toList();
    }
    List<Value> outputs = new ArrayList<>();
    for (List<?> end : ends) {
      List<Value> values = made.get(key(end, byName));
      if (values == null) {
        throw new IOException("its outputs are not among its layers");
      }
      outputs.add(value(values, end));
    }
    return outputs;
  }

  private static Value value(List<Value> values, List<?> history) {
    return values.get(Math.toIntExact(((Number) history.get(2)).longValue()));
  }

  private static String key(List<?> history, Map<String, Integer> byName) {
    return byName.getOrDefault(history.getFirst(), -1) + ":" + history.get(1);
  }

  private static List<Use> uses(List<Config> all) {
    List<Use> uses = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      List<?> nodes = all.get(i).list("inbound_nodes");
      for (int n = 0; n < nodes.size(); n++) {
        Object node = nodes.get(n);
        List<List<?>> reads = histories(node);
        if (!reads.isEmpty()) {
          uses.add(new Use(i, n, reads, given(node)));
        }
      }
    }
    return uses;
  }

  /** What a layer is given by names. */
  private static Config given(Object node) {
    if (node instanceof Map<?, ?>) {
      return Config.of(node).config("kwargs");
    }
    return node instanceof List<?> list && !list.isEmpty() && list.getFirst() instanceof List<?> first && first.size() > 3 ? Config.of(first.get(3)) : Config.of(null);
  }

  /** Layer, use and output of all that is mentioned, in order: {@code ["conv", 0, 0]}, also within what Keras 3 calls a tensor. */
  private static List<List<?>> histories(Object value) {
    List<List<?>> found = new ArrayList<>();
    histories(value, found);
    return found;
  }

  private static void histories(Object value, List<List<?>> found) {
    switch (value) {
      case List<?> l when l.size() >= 3 && l.getFirst() instanceof String && l.get(1) instanceof Long && l.get(2) instanceof Long -> {
        found.add(l.subList(0, 3));
        l.stream().skip(3).forEach(v -> histories(v, found));
      }
      case List<?> l -> l.forEach(v -> histories(v, found));
      case Map<?, ?> m when "__keras_tensor__".equals(m.get("class_name")) -> histories(Config.of(m).config("config").get("keras_history"), found);
      case Map<?, ?> m -> m.values().forEach(v -> histories(v, found));
      case null, default -> { }
    }
  }

  /** Kinds of the layers that read a layer, each the first that reads the one before. */
  private static List<String> behind(int layer, List<Config> all, List<Use> uses, Map<String, Integer> byName) {
    List<String> kinds = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    int at = layer;
    while (seen.add(at)) {
      int now = at;
      for (Use use : uses) {
        if (use.reads().stream().anyMatch(r -> byName.getOrDefault(r.getFirst(), -1) == now)) {
          kinds.add(all.get(use.layer()).text("class_name", ""));
          if (isModel(all.get(use.layer()))) {
            layers(all.get(use.layer())).forEach(l -> kinds.add(l.text("class_name", "")));
          }
          at = use.layer();
          break;
        }
      }
    }
    return kinds;
  }
}
