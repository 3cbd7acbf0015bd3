package dev.lanewise.runtime.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.graph.LinearMaps;
import dev.lanewise.runtime.kernel.product.NewtonSchulz;
import dev.lanewise.runtime.layer.Layers;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.operation.PaddingAware;
import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.operation.Spread;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.spec.Initializer;
import dev.lanewise.runtime.spec.ParameterSpec;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Memory;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.train.Engine;
import dev.lanewise.runtime.train.Few;
import dev.lanewise.runtime.train.Listener;
import dev.lanewise.runtime.train.Model;
import dev.lanewise.runtime.train.TrainSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Muon turns the hidden weights of linear maps, and nothing else. Its steps beside the published ones are in LayersAndOptimizersTest. */
class MuonTest {
  private static final Shape IN = Shape.of(2, 4, 4);
  private static final List<String> LINEAR = List.of("conv", "transposed_conv", "dense");

  private static Optimizer optimizer(String name, Map<String, Object> arguments) {
    OptimizerDefinition definition = Optimizers.named(name).orElseThrow();
    return definition.bind(Arguments.of(definition.signature(), arguments));
  }

  private static Computation layer(String name, Map<String, Object> arguments, Shape in) {
    Layer layer = Layers.named(name).orElseThrow();
    return layer.bind(Arguments.of(layer.signature(), arguments), in);
  }

  /** Every value by a factor of its own, as a user's layer may have them: of the shape of the input. */
  private static Recipe scale(Shape shape) {
    Recipe.Builder r = new Recipe.Builder("scale");
    int x = r.input(shape);
    int s = r.parameter(ParameterSpec.of("weight", shape, new Initializer.Constant(1)));
    return r.build(r.formula("scaled", shape, Term.variable("a").times(Term.variable("b")), x, r.step("spread", new Spread(shape), s)));
  }

  /** {@code in @ W} as a user's layer writes it: a weight [in, out]. */
  private static Recipe product(int in, int out) {
    Recipe.Builder r = new Recipe.Builder("product");
    int x = r.input(Shape.of(in));
    int w = r.parameter(ParameterSpec.of("weight", Shape.of(in, out), new Initializer.Normal(0.5)));
    return r.build(r.step("product", new Dense.InputGradient(new Dense(out, in, false)), x, w));
  }

  /** A network of random layers. @param linear the names of its linear maps, in their order */
  private record Network(Graph graph, List<String> linear) {
    static Network of(Random random) {
      GraphBuilder b = new GraphBuilder(IN);
      List<String> linear = new ArrayList<>();
      Value v = b.input();
      int layers = 2 + random.nextInt(7);
      for (int i = 0; i < layers; i++) {
        String kind = List.of("conv", "transposed_conv", "dense", "product", "scale", "batchnorm", "layernorm", "groupnorm", "tanh")
            .get(random.nextInt(9));
        String name = kind + i;
        if (LINEAR.contains(kind) || kind.equals("product")) {
          linear.add(name);
        }
        v = switch (kind) {
          case "conv" -> b.add(name, layer(kind, Map.of("channels", 2, "kernel", 3, "pad", 1, "groups", 1 + random.nextInt(2)), IN), v);
          case "transposed_conv" -> b.add(name, layer(kind, Map.of("channels", 2, "kernel", 3, "pad", 1), IN), v);
          case "dense" -> flat(b, name, new Dense(32, 32, true), v);
          case "product" -> flat(b, name, product(32, 32), v);
          case "scale" -> b.add(name, scale(IN), v);
          case "groupnorm" -> b.add(name, layer(kind, Map.of("groups", 2), IN), v);
          default -> b.add(name, layer(kind, Map.of(), IN), v);
        };
      }
      v = b.add("flatten", new Reshape(IN, IN.flat()), v);
      linear.add("last");
      return new Network(b.build(b.add("last", new Dense(32, 3, true), v)), linear);
    }

    private static Value flat(GraphBuilder b, String name, Computation computation, Value v) {
      Value in = b.add(name + "in", new Reshape(IN, IN.flat()), v);
      return b.add(name + "out", new Reshape(IN.flat(), IN), b.add(name, computation, in));
    }
  }

  private static Map<String, float[]> step(Engine engine, Graph graph, Optimizer optimizer, int steps) {
    Model model = Model.create("N", graph, 4);
    DataSplit data = new DataSplit("few", new Few(24, graph.input().shape(), 3), null, new Few(1, graph.input().shape(), 3));
    engine.train(model, data, new TrainSettings(steps, 24, false, 1, new CrossEntropy(3), optimizer), Listener.NONE, () -> false);
    Map<String, float[]> values = new HashMap<>();
    model.tensors().forEach(t -> values.put(t.name(), t.values()));
    return values;
  }

  /** The first step of all else is that of adam, bit by bit; that of a hidden matrix is not. */
  @Test
  void whatIsNotMultipliedAsAMatrixMovesAsWithAdam() {
    long seed = 20251130;
    Random random = new Random(seed);
    Optimizer muon = optimizer("muon", Map.of("lr", 0.5, "rest", 0.25));
    Optimizer adam = optimizer("adam", Map.of("lr", 0.25, "beta1", 0.9, "beta2", 0.95, "eps", 1e-10));
    int turned = 0;
    try (Engine engine = new Engine(2, KernelSet.SCALAR)) {
      for (int i = 0; i < 40; i++) {
        Network network = Network.of(random);
        Set<String> hidden = new HashSet<>();
        network.linear.stream().skip(1).limit(Math.max(0, network.linear.size() - 2)).forEach(n -> hidden.add(n + ".weight"));
        Set<String> frozen = network.linear.stream().filter(_ -> random.nextInt(4) == 0).collect(Collectors.toSet());
        frozen.remove("last");
        Graph graph = network.graph.frozen(p -> frozen.contains(p.substring(0, p.indexOf('.'))));
        Map<String, float[]> byMuon = step(engine, graph, muon, 1);
        Map<String, float[]> byAdam = step(engine, graph, adam, 1);
        for (var p : graph.parameters()) {
          boolean turns = hidden.contains(p.name()) && p.isTrainable();
          turned += turns ? 1 : 0;
          assertThat(Arrays.equals(byMuon.get(p.name()), byAdam.get(p.name())))
              .as("seed %d, network %d of %s, frozen %s: %s", seed, i, network.linear, frozen, p.name()).isEqualTo(!turns);
        }
      }
    }
    assertThat(turned).isPositive();
  }

  private static final List<String> SEQUENCES = List.of("transpose", "positions", "sine_positions", "last", "attention");

  /** Also those that are added some day: what has a weight and is no linear map is left to adam. */
  @Test
  void ofAllLayersOnlyLinearOnesAreTurned() {
    for (Layer layer : Layers.all().stream().filter(l -> !l.takesWhole()).toList()) {
      Map<String, Object> given = Map.of(
          "conv", Map.<String, Object>of("channels", 2, "kernel", 3), "transposed_conv", Map.<String, Object>of("channels", 2, "kernel", 3),
          "dense", Map.<String, Object>of("features", 6), "maxpool", Map.<String, Object>of("size", 2), "avgpool", Map.<String, Object>of("size", 2))
          .getOrDefault(layer.name(), Map.of("groupnorm", Map.<String, Object>of("groups", 2), "upsample", Map.<String, Object>of("factor", 2),
              "pad", Map.<String, Object>of("size", 1), "crop", Map.<String, Object>of("size", 1),
              "reshape", Map.<String, Object>of("shape", List.of(32)), "attention", Map.<String, Object>of("heads", 2)).getOrDefault(layer.name(), Map.of()));
      boolean flat = List.of("dense", "softmax", "log_softmax").contains(layer.name());
      Shape shape = flat ? IN.flat() : SEQUENCES.contains(layer.name()) ? Shape.of(2, 16) : IN;
      Graph graph = around(shape, s -> layer(layer.name(), given, s));
      assertThat(LinearMaps.hidden(graph).keySet().stream().map(p -> p.name()))
          .as(layer.name()).containsExactlyInAnyOrderElementsOf(
              LINEAR.contains(layer.name()) ? List.of("tested.weight") : layer.name().equals("attention") ? List.of("tested.in_proj_weight", "tested.out_proj.weight") : List.of());
    }
  }

  /** A layer between two dense ones. */
  private static Graph around(Shape shape, Function<Shape, Computation> tested) {
    GraphBuilder b = new GraphBuilder(Shape.of(4));
    Value v = b.add("shaped", new Reshape(shape.flat(), shape), b.add("first", new Dense(4, shape.size(), true), b.input()));
    v = b.add("tested", tested.apply(shape), v);
    v = b.add("flat", new Reshape(v.shape(), v.shape().flat()), v);
    return b.build(b.add("last", new Dense(v.shape().size(), 3, true), v));
  }

  /** Queries, keys and values are three matrices, whether one product makes them all or another sequence is looked at. */
  @Test
  void attentionHasAMatrixEachForQueriesKeysAndValues() {
    Shape shape = Shape.of(4, 8);
    int channels = shape.channels(), each = channels * channels;
    for (Map<String, Object> more : List.of(Map.<String, Object>of(), Map.<String, Object>of("from", shape), Map.<String, Object>of("from", shape, "bias", false))) {
      Map<String, Object> given = new HashMap<>(more);
      given.put("heads", 2);
      GraphBuilder b = new GraphBuilder(Shape.of(4));
      Value v = b.add("shaped", new Reshape(shape.flat(), shape), b.add("first", new Dense(4, shape.size(), true), b.input()));
      v = more.isEmpty() ? b.add("tested", PaddingAware.plain(layer("attention", given, shape)), v) : b.add("tested", PaddingAware.plain(layer("attention", given, shape)), v, v);
      Graph graph = b.build(b.add("last", new Dense(shape.size(), 3, true), b.add("flat", new Reshape(shape, shape.flat()), v)));
      assertThat(LinearMaps.hidden(graph).keySet().stream().map(p -> p.name())).containsExactlyInAnyOrder("tested.in_proj_weight", "tested.out_proj.weight");
      int at = Memory.BASE, size = Memory.BASE;
      for (var p : graph.parameters()) {
        at = p.name().equals("tested.in_proj_weight") ? size : at;
        size += p.shape().size();
      }
      float[] gradient = new float[size];
      Random random = new Random(3);
      for (int i = 0; i < 3 * each; i++) {
        gradient[at + i] = (float) random.nextGaussian();
      }
      float[] wanted = Arrays.copyOfRange(gradient, at, at + 3 * each);
      for (int i = 0; i < wanted.length; i++) {
        wanted[i] = 0.5f * wanted[i] + wanted[i];
      }
      for (int i = 0; i < 3; i++) {
        new NewtonSchulz(channels, channels).orthogonalize(wanted, i * each);
      }
      Muon muon = new Muon(new Muon.Settings(0.5, 0), graph);
      float[] parameters = new float[size];
      for (int i = 0; i < muon.count(); i++) {
        assertThat(muon.step(i, parameters, gradient, new float[size], 1, 1, 10)).isTrue();
      }
      for (int i = 0; i < wanted.length; i++) {
        assertThat(parameters[at + i]).as("%s, %d", more, i).isEqualTo(0 - wanted[i]);
      }
    }
  }

  /** A head's last layer is no hidden one either; and a weight that is also used element by element is no matrix alone. */
  @Test
  void headsEndInLastLayersAndMixedUsesAreNoMatrices() {
    GraphBuilder b = new GraphBuilder(Shape.of(4));
    Value v = b.add("first", new Dense(4, 4, true), b.input());
    Value head = b.add("head", new Dense(4, 3, true), b.add("inner", new Dense(4, 4, true), v));
    Value mixed = b.add("mixed", mixed(4), v);
    Graph graph = b.build(b.add("last", new Dense(4, 3, true), b.add("middle", new Dense(4, 4, true), mixed)), head);
    assertThat(LinearMaps.hidden(graph).keySet().stream().map(p -> p.name())).containsExactlyInAnyOrder("inner.weight", "middle.weight");
  }

  /** x W + the sum that W itself adds to each value. */
  private static Recipe mixed(int n) {
    Recipe.Builder r = new Recipe.Builder("mixed");
    int x = r.input(Shape.of(n));
    int w = r.parameter(ParameterSpec.of("weight", Shape.of(n, n), new Initializer.Normal(0.5)));
    int product = r.step("product", new Dense(n, n, false), x, w);
    int spread = r.step("spread", new Spread(Shape.of(n, n)), w);
    int sum = r.step("mean", dev.lanewise.runtime.operation.Reduce.mean(Shape.of(n, n), 1), spread);
    return r.build(r.formula("both", Shape.of(n), Term.variable("a").plus(Term.variable("b")), product, sum));
  }

  /** {@code in @ W} is dense with the matrix turned on its side, and takes the same steps. */
  @Test
  void aUsersProductMovesAsDenseDoes() {
    for (int out : new int[] {3, 6, 20}) {
      Model dense = Model.create("N", around(Shape.of(6), s -> new Dense(6, out, false)), 1);
      Model product = Model.create("N", around(Shape.of(6), s -> product(6, out)), 1);
      product.assign(dense.tensors().stream().map(t -> t.name().equals("tested.weight") ? turned(t) : t).toList());
      DataSplit data = new DataSplit("few", new Few(24, Shape.of(4), 3), null, new Few(1, Shape.of(4), 3));
      TrainSettings settings =
          new TrainSettings(3, 8, false, 1, new CrossEntropy(3), optimizer("muon", Map.of("lr", 0.1, "decay", 0.1, "rest", 0.01)));
      try (Engine engine = new Engine(2, KernelSet.VECTOR)) {
        engine.train(dense, data, settings, Listener.NONE, () -> false);
        engine.train(product, data, settings, Listener.NONE, () -> false);
      }
      for (Tensor t : dense.tensors()) {
        Tensor other = product.tensors().stream().filter(p -> p.name().equals(t.name())).findFirst().orElseThrow();
        assertThat(other.values()).as("%s, %d outputs", t.name(), out)
            .containsExactly(t.name().equals("tested.weight") ? turned(t).values() : t.values(), within(2e-5f));
      }
    }
  }

  private static Tensor turned(Tensor t) {
    int rows = t.shape().get(0);
    int columns = t.shape().get(1);
    float[] values = new float[rows * columns];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        values[c * rows + r] = t.values()[r * columns + c];
      }
    }
    return new Tensor(t.name(), List.of(columns, rows), values);
  }
}
