package dev.lanewise.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Embed;
import dev.lanewise.runtime.operation.OneHot;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.optimize.Clip;
import dev.lanewise.runtime.optimize.Optimizer;
import dev.lanewise.runtime.optimize.OptimizerDefinition;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.optimize.Schedule;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.spec.Initializer;
import dev.lanewise.runtime.spec.ParameterSpec;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables, of whose gradients only rows are kept, train as if they were whole. */
@Tag("kernels")
class EmbedTest {
  private static final int ROWS = 301;
  private static final int SIZE = 5;

  /** Whole numbers; those of an example are {@code numbers[index]}, its class is what they add up to. */
  private record Numbers(int[][] numbers, int classes) implements Dataset {
    static Numbers of(int count, int places, int rows, int classes) {
      int[][] numbers = new int[count][places];
      for (int i = 0; i < count * places; i++) {
        numbers[i / places][i % places] = Draws.below(rows, 8, i);
      }
      return new Numbers(numbers, classes);
    }

    @Override
    public int size() {
      return numbers.length;
    }

    @Override
    public Shape shape() {
      return Shape.of(numbers[0].length);
    }

    @Override
    public Target target() {
      return Target.classes(classes);
    }

    @Override
    public int label(int index) {
      return IntStream.of(numbers[index]).sum() % classes;
    }

    @Override
    public void read(int index, float[] out, int offset, int stride) {
      for (int j = 0; j < numbers[index].length; j++) {
        out[offset + j * stride] = numbers[index][j];
      }
    }

    @Override
    public float zero(int channel) {
      return 0;
    }

    @Override
    public Dataset normalized(Normalization normalization) {
      return this;
    }
  }

  /** What {@code embed} is, written with a whole matrix. */
  private static Recipe product() {
    Recipe.Builder r = new Recipe.Builder("product");
    int x = r.input(Shape.of(1));
    int w = r.parameter(ParameterSpec.of("weight", Shape.of(ROWS, SIZE), new Initializer.Normal(1)));
    int hot = r.step("onehot", new OneHot(Shape.of(1), ROWS), x);
    return r.build(r.step("product", new Dense.InputGradient(new Dense(SIZE, ROWS, false)), hot, w));
  }

  private static Graph network(boolean table) {
    GraphBuilder b = new GraphBuilder(Shape.of(1));
    Value v = b.add("table", table ? new Embed(Shape.of(1), ROWS, SIZE) : product(), b.input());
    v = b.add("dense1", new Dense(SIZE, 4, true), v);
    v = b.add("tanh1", Pointwise.tanh(v.shape()), v);
    return b.build(b.add("dense2", new Dense(4, 3, true), v));
  }

  private static Optimizer optimizer(String name, Map<String, Object> arguments) {
    OptimizerDefinition definition = Optimizers.named(name).orElseThrow();
    return definition.bind(Arguments.of(definition.signature(), arguments));
  }

  private record Case(Optimizer optimizer, Clip clip, int accumulate, double average) {}

  static Stream<Case> cases() {
    Clip none = new Clip.None();
    return Stream.of(
        new Case(optimizer("sgd", Map.of("lr", 0.3)), none, 1, 0),
        new Case(optimizer("sgd", Map.of("lr", 0.3)), none, 3, 0.9),
        new Case(optimizer("sgd", Map.of("lr", 0.3)), new Clip.Norm(0.05), 1, 0),
        new Case(optimizer("sgd", Map.of("lr", 0.3, "decay", 0.01)), none, 1, 0),
        new Case(optimizer("sgd", Map.of("lr", 0.3, "momentum", 0.9)), new Clip.Value(0.002), 1, 0),
        new Case(optimizer("adam", Map.of("lr", 0.01)), none, 2, 0),
        new Case(optimizer("adamw", Map.of("lr", 0.01)), new Clip.Norm(0.05), 1, 0.8),
        new Case(optimizer("adagrad", Map.of("lr", 0.1)), none, 1, 0.7),
        new Case(optimizer("rmsprop", Map.of("lr", 0.01)), none, 1, 0),
        new Case(optimizer("muon", Map.of("lr", 0.01, "rest", 0.01)), none, 1, 0));
  }

  private static TrainSettings settings(Case c, int epochs, Keep keep) {
    return new TrainSettings(
        epochs, 50, true, 3, new CrossEntropy(3), c.optimizer, Schedule.CONSTANT, c.clip, keep, c.accumulate, Double.POSITIVE_INFINITY, c.average);
  }

  private static Model train(Graph graph, Dataset data, TrainSettings settings, int threads, KernelSet kernels) {
    Model model = Model.create("N", graph, 1);
    try (Engine engine = new Engine(threads, kernels)) {
      engine.train(model, new DataSplit("d", data, null, data), settings, Listener.NONE, () -> false);
    }
    return model;
  }

  private static float[] values(Model model) {
    return model.values("table.weight");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aTableTrainsAsTheProductWithOnes(Case c) {
    Dataset data = Numbers.of(220, 1, 200, 3);
    TrainSettings settings = settings(c, 2, Keep.NOTHING);
    Model rows = train(network(true), data, settings, 1, KernelSet.VECTOR);
    Model whole = train(network(false), data, settings, 2, KernelSet.VECTOR);
    for (String name : List.of("table.weight", "dense1.weight", "dense2.weight")) {
      float[] expected = whole.values(name);
      float[] actual = rows.values(name);
      for (int i = 0; i < expected.length; i++) {
        assertThat(actual[i]).as("%s %d", name, i).isCloseTo(expected[i], within(2e-4f));
      }
    }
    assertThat(values(train(network(true), data, settings, 3, KernelSet.VECTOR))).isEqualTo(values(rows));
  }

  /** With a row in every batch there is nothing to be lazy about: the bits are the same. */
  @ParameterizedTest
  @ValueSource(strings = {"adam", "adamw"})
  void lazyIsTheSameWhereAllRowsAreTouched(String name) {
    int[][] numbers = new int[200][];
    Arrays.setAll(numbers, i -> IntStream.range(0, 301).toArray());
    GraphBuilder b = new GraphBuilder(Shape.of(301));
    Value v = b.add("table", new Embed(Shape.of(301), ROWS, 2), b.input());
    v = b.add("flatten", new Reshape(v.shape(), v.shape().flat()), v);
    Graph graph = b.build(b.add("dense1", new Dense(v.shape().size(), 3, true), v));
    Dataset data = new Numbers(numbers, 3);
    Clip none = new Clip.None();
    float[] dense = values(train(graph, data, settings(new Case(optimizer(name, Map.of("lr", 0.01)), none, 1, 0), 1, Keep.NOTHING), 2, KernelSet.VECTOR));
    float[] lazy = values(
        train(graph, data, settings(new Case(optimizer(name, Map.of("lr", 0.01, "lazy", true)), none, 1, 0), 1, Keep.NOTHING), 2, KernelSet.VECTOR));
    assertThat(lazy).isEqualTo(dense);
  }

  /** PyTorch in double, from src/test/python/embed.py: three batches of four. Its SparseAdam has eps elsewhere, which nobody sees. */
  @ParameterizedTest
  @ValueSource(strings = {"sparse_adam", "adam", "sgd", "momentum"})
  void stepsArePyTorchs(String name) throws IOException {
    Map<String, Optimizer> optimizers = Map.of(
        "sparse_adam", optimizer("adam", Map.of("lr", 0.1, "lazy", true)), "adam", optimizer("adam", Map.of("lr", 0.1)),
        "sgd", optimizer("sgd", Map.of("lr", 0.1)), "momentum", optimizer("sgd", Map.of("lr", 0.1, "momentum", 0.9)));
    int[][] numbers = {{1}, {3}, {3}, {11}, {3}, {0}, {1}, {5}, {7}, {7}, {7}, {3}};
    for (KernelSet kernels : KernelSet.values()) {
      GraphBuilder b = new GraphBuilder(Shape.of(1));
      Value v = b.add("table", new Embed(Shape.of(1), 12, 3), b.input());
      Graph graph = b.build(b.add("dense1", new Dense(3, 2, true), v)).frozen(p -> p.startsWith("dense1"));
      Model model = Model.create("N", graph, 1);
      float[] table = new float[36], weight = new float[6];
      for (int i = 0; i < 36; i++) {
        table[i] = (float) Math.sin(i);
      }
      for (int i = 0; i < 6; i++) {
        weight[i] = (float) Math.cos(i);
      }
      model.assign(List.of(
          new Tensor("table.weight", List.of(12, 3), table), new Tensor("dense1.weight", List.of(2, 3), weight),
          new Tensor("dense1.bias", List.of(2), new float[2])));
      Dataset data = new Numbers(numbers, 2);
      try (Engine engine = new Engine(1, kernels)) {
        engine.train(
            model, new DataSplit("d", data, null, data), new TrainSettings(1, 4, false, 1, new CrossEntropy(2), optimizers.get(name)), Listener.NONE,
            () -> false);
      }
      double[] expected = expected(name);
      for (int i = 0; i < 36; i++) {
        assertThat((double) values(model)[i]).as("%s %d", kernels, i).isCloseTo(expected[i], within(2e-6));
      }
    }
  }

  private static double[] expected(String name) throws IOException {
    try (InputStream in = EmbedTest.class.getResourceAsStream("embed.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().map(l -> l.split(" ")).filter(l -> l[0].equals(name))
          .findFirst().map(l -> Arrays.stream(l).skip(1).mapToDouble(Double::parseDouble).toArray()).orElseThrow();
    }
  }

  @Test
  void aLazyTrainingGoesOnWithTheSameBits(@TempDir Path folder) {
    Dataset data = Numbers.of(220, 1, 100, 3);
    Case lazy = new Case(optimizer("adam", Map.of("lr", 0.01, "lazy", true)), new Clip.Norm(0.1), 2, 0.9);
    Keep keep = new Keep(Optional.empty(), Optional.empty(), Optional.of(folder.resolve("run.safetensors")), List.of());
    Model whole = train(network(true), data, settings(lazy, 4, Keep.NOTHING), 1, KernelSet.VECTOR);
    train(network(true), data, settings(lazy, 2, keep), 1, KernelSet.VECTOR);
    Model resumed = train(network(true), data, settings(lazy, 4, keep), 2, KernelSet.VECTOR);
    assertThat(values(resumed)).isEqualTo(values(whole));
    // The examples have numbers below 100 alone.
    float[] before = Model.create("N", network(true), 1).values("table.weight");
    float[] unseen = Arrays.copyOfRange(before, 100 * SIZE, ROWS * SIZE);
    float[] last = values(train(network(true), data, settings(new Case(lazy.optimizer, lazy.clip, 2, 0), 4, Keep.NOTHING), 1, KernelSet.VECTOR));
    assertThat(Arrays.copyOfRange(last, 100 * SIZE, ROWS * SIZE)).isEqualTo(unseen);
    // An average of what stays the same is rounded.
    assertThat(Arrays.copyOfRange(values(whole), 100 * SIZE, ROWS * SIZE)).usingComparatorWithPrecision(1e-5f).containsExactly(unseen);
    assertThat(Arrays.copyOfRange(values(whole), 0, 100 * SIZE)).isNotEqualTo(Arrays.copyOfRange(before, 0, 100 * SIZE));
  }
}
