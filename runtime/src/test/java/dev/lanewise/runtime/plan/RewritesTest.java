package dev.lanewise.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.differentiate.Differentiation;
import dev.lanewise.runtime.differentiate.LossGraph;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.graph.Interpreter;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Conv;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Dropout;
import dev.lanewise.runtime.operation.Embed;
import dev.lanewise.runtime.operation.EmbedDense;
import dev.lanewise.runtime.operation.Fused;
import dev.lanewise.runtime.operation.MaxPool;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.operation.Transpose;
import dev.lanewise.runtime.operation.PooledConvGradient;
import dev.lanewise.runtime.rewrite.Fusion;
import dev.lanewise.runtime.rewrite.Inference;
import dev.lanewise.runtime.rewrite.Masks;
import dev.lanewise.runtime.rewrite.PointwiseFusion;
import dev.lanewise.runtime.rewrite.PooledGradients;
import dev.lanewise.runtime.rewrite.PoolingFirst;
import dev.lanewise.runtime.rewrite.Tables;
import dev.lanewise.runtime.rewrite.Turns;
import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.spec.Window;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What passes do to a graph must not change what it computes: each graph before and after, by its formulas, in
 * double.
 */
class RewritesTest {
  @Test
  void poolingFirstComputesTheSame() {
    Graph before = Networks.classicCnn(true);
    Graph after = PoolingFirst.of(before);
    assertThat(names(before)).containsSubsequence("conv2", "dropout2d1", "maxpool2", "relu2");
    assertThat(names(after)).containsSubsequence("conv2", "maxpool2", "dropout2d1", "relu2");
    assertSame(run(before, before.parameters()), run(after, before.parameters()));
    Graph late = Networks.latePooling();
    assertThat(names(PoolingFirst.of(late))).containsSubsequence("conv1", "maxpool1", "dropout2d1", "relu1", "dropout1");
    assertSame(run(late, late.parameters()), run(PoolingFirst.of(late), late.parameters()));
    LossGraph slow = Differentiation.of(late, new CrossEntropy(5));
    LossGraph fast = Differentiation.of(PoolingFirst.of(late), new CrossEntropy(5));
    assertSame(run(slow.graph(), late.parameters()), run(fast.graph(), late.parameters()));
  }

  /** Chains of all that moves, in random orders: as if the first that is early changed places, again and again. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void poolingFirstMovesTheFirstThatIsEarlyAgainAndAgain(long seed) {
    Random random = new Random(seed);
    GraphBuilder b = new GraphBuilder(Shape.of(2, 6, 6));
    List<Value> ends = new ArrayList<>(List.of(b.input(), b.input(), b.input()));
    List<List<String>> expected = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < 30; i++) {
      int branch = random.nextInt(3);
      Value in = ends.get(branch);
      String kind = List.of("relu", "maxpool", "dropout", "dropout2d", "conv").get(random.nextInt(5));
      Computation operation = switch (kind) {
        case "relu" -> Pointwise.relu(in.shape());
        case "maxpool" -> new MaxPool(new Window(in.shape(), 3, 1, 1));
        case "dropout" -> new Dropout(in.shape(), 0.1, false);
        case "dropout2d" -> new Dropout(in.shape(), 0.1, true);
        default -> new Conv(in.shape(), 2, 3, 1, 1, false);
      };
      ends.set(branch, b.add(kind + "_" + i, operation, in));
      expected.get(branch).add(kind + "_" + i);
    }
    Graph graph = b.build(ends.toArray(Value[]::new));
    List<String> after = names(PoolingFirst.of(graph));
    assertThat(after).hasSize(30);
    for (List<String> branch : expected) {
      sort(branch);
      assertThat(after).as("seed %d", seed).containsSubsequence(branch);
    }
  }

  private static void sort(List<String> branch) {
    for (int i = 0; i + 1 < branch.size(); i++) {
      int here = place(branch.get(i));
      int next = place(branch.get(i + 1));
      if (here >= 0 && next >= 0 && next < here && !(here == 3 && next == 0)) {
        Collections.swap(branch, i, i + 1);
        i = -1;
      }
    }
  }

  private static int place(String name) {
    return List.of("maxpool", "dropout2d", "relu", "dropout").indexOf(name.substring(0, name.indexOf('_')));
  }

  @Test
  void masksComputeTheSame() {
    LossGraph training = Networks.classic();
    Graph masked = Masks.of(training.graph());
    assertThat(masked.nodes()).noneMatch(n -> n.operation() instanceof Dropout);
    assertSame(run(training.graph(), training.graph().parameters()), run(masked, training.graph().parameters()));
    Graph fused = Fusion.of(masked);
    assertThat(names(fused)).containsSubsequence("dropout2d1", "conv2+maxpool2+dropout2d1.product+relu2");
    assertSame(run(training.graph(), training.graph().parameters()), run(fused, training.graph().parameters()));
  }

  @Test
  void nothingIsTurnedRoundWhereNobodyMinds() {
    Graph before = Networks.sequence();
    Graph after = Turns.of(before);
    assertThat(before.nodes().stream().filter(n -> n.operation() instanceof Transpose)).hasSizeGreaterThan(15);
    assertSame(run(before, before.parameters()), run(after, before.parameters()));
    LossGraph slow = Differentiation.of(before, new CrossEntropy(3)), fast = Differentiation.of(after, new CrossEntropy(3));
    assertThat(fast.graph().nodes()).noneMatch(n -> n.operation() instanceof Transpose);
    assertSame(run(slow.graph(), before.parameters()), run(fast.graph(), before.parameters()));
  }

  @Test
  void anEmbeddingAndTheLayerBehindItBecomeATable() {
    Graph before = embedded(72);
    Graph after = Tables.of(before);
    assertThat(after.nodes()).noneMatch(n -> n.operation() instanceof Embed).anyMatch(n -> n.operation() instanceof EmbedDense);
    assertSame(run(before, before.parameters()), run(after, before.parameters()));
    LossGraph slow = Differentiation.of(before, new CrossEntropy(3)), fast = Differentiation.of(after, new CrossEntropy(3));
    assertSame(run(slow.graph(), before.parameters()), run(fast.graph(), before.parameters()));
    Graph still = before.frozen(name -> true);
    assertSame(run(still, before.parameters()), run(Tables.of(still), before.parameters()));
  }

  @Test
  void aTableThatDoesNotPayOrIsTrainedInPartIsNone() {
    assertThat(Tables.of(embedded(73)).nodes()).noneMatch(n -> n.operation() instanceof EmbedDense);
    for (String frozen : List.of("embed.weight", "dense.weight", "dense.bias")) {
      assertThat(Tables.of(embedded(72).frozen(frozen::equals)).nodes()).as(frozen).noneMatch(n -> n.operation() instanceof EmbedDense);
    }
  }

  /** A block of nine places looks up 144 rows. */
  private static Graph embedded(int rows) {
    GraphBuilder b = new GraphBuilder(Shape.of(9));
    Value rowsOf = b.add("embed", new Embed(Shape.of(9), rows, 4, true), b.input());
    Value v = b.add("dense", new Dense(4, 6, true, 9), rowsOf);
    v = b.add("flatten", new Reshape(v.shape(), v.shape().flat()), v);
    return b.build(b.add("dense2", new Dense(54, 3, true), v));
  }

  @Test
  void fusionComputesTheSameForwardAndBackward() {
    LossGraph training = Networks.classic();
    Graph fused = Fusion.of(training.graph());
    assertThat(fused.nodes().stream().filter(n -> n.operation() instanceof Fused)).hasSize(2);
    assertSame(run(training.graph(), training.graph().parameters()), run(fused, training.graph().parameters()));
  }

  @Test
  void formulasThatFollowEachOtherBecomeOne() {
    for (LossGraph training : List.of(Networks.classic(), Networks.branched(), Networks.chained())) {
      Graph fused = PointwiseFusion.of(training.graph());
      assertSame(run(training.graph(), training.graph().parameters()), run(fused, training.graph().parameters()));
    }
    assertThat(names(PointwiseFusion.of(Networks.classic().graph()))).contains("ddropout2d1+dmaxpool2", "drelu3+dfc1");
    Graph chained = PointwiseFusion.of(Networks.chained().graph());
    assertThat(chained.nodes().stream().filter(n -> n.operation() instanceof Pointwise).map(n -> n.operation().name()))
        .containsExactly("sigmoid", "tanh", "add", "tanh.dx+add+sigmoid.dx");
  }

  @Test
  void gradientsFromTheWinnersAreTheSame() {
    for (LossGraph training : List.of(Networks.classic(), Networks.pooled(), Networks.withoutPadding())) {
      Graph pooled = PooledGradients.of(training.graph());
      assertThat(pooled.nodes()).anyMatch(n -> n.operation() instanceof PooledConvGradient);
      assertSame(run(training.graph(), training.graph().parameters()), run(pooled, training.graph().parameters()));
    }
  }

  @Test
  void inferenceLeavesDropoutOut() {
    Graph graph = Inference.of(Networks.classicCnn(true));
    assertThat(graph.nodes()).noneMatch(n -> n.operation() instanceof Dropout);
    Graph without = Networks.classicCnn(false);
    assertSame(run(without, without.parameters()), run(graph, graph.parameters()));
  }

  /** A value that two operations read, one of them an Add: its gradients are summed. Against central differences. */
  @Test
  void gradientsOfAValueThatIsReadTwiceAddUp() {
    LossGraph training = Networks.branched();
    Graph network = training.graph();
    List<double[]> outputs = run(network, network.parameters());
    for (int k = 0; k < network.parameters().size(); k++) {
      double[] gradient = outputs.get(2 + k);
      for (int i = 0; i < gradient.length; i++) {
        double h = 1e-5;
        double up = run(network, network.parameters(), k, i, h).get(1)[0];
        double down = run(network, network.parameters(), k, i, -h).get(1)[0];
        assertThat(gradient[i])
            .as("%s[%d]", network.parameters().get(k).name(), i)
            .isCloseTo((up - down) / (2 * h), within(1e-7));
      }
    }
  }

  @Test
  void theGradientOfTheImagesIsNeverComputed() {
    LossGraph training = Differentiation.of(Networks.classicCnn(false), new CrossEntropy(10));
    assertThat(training.graph().nodes()).noneMatch(n -> n.name().equals("dx"));
  }

  private static List<String> names(Graph graph) {
    return graph.nodes().stream().map(Node::name).toList();
  }

  private static void assertSame(List<double[]> expected, List<double[]> actual) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(DoubleStream.of(expected.get(i)).anyMatch(v -> v != 0)).as("output %d is not all zeros", i).isTrue();
      assertThat(actual.get(i)).as("output %d", i).containsExactly(expected.get(i), within(1e-12));
    }
  }

  private static List<double[]> run(Graph graph, List<Parameter> parameters) {
    return run(graph, parameters, -1, 0, 0);
  }

  /** The outputs for one example; one element of one parameter may be moved. */
  private static List<double[]> run(Graph graph, List<Parameter> parameters, int moved, int element, double by) {
    Random random = new Random(11);
    Interpreter interpreter = new Interpreter(graph);
    for (int k = 0; k < parameters.size(); k++) {
      Parameter p = parameters.get(k);
      float[] first = new float[p.shape().size()];
      p.spec().initializer().fill(random, first, 0, first.length);
      double[] values = new double[first.length];
      java.util.Arrays.setAll(values, i -> first[i]);
      if (k == moved) {
        values[element] += by;
      }
      interpreter.set(p.value(), values);
    }
    Map<Value, double[]> examples = new HashMap<>();
    for (Value in : graph.inputs()) {
      switch (in.name()) {
        case "label" -> examples.put(in, new double[] {2});
        case "weight", "dLoss" -> examples.put(in, new double[] {1});
        default -> examples.put(in, random.doubles(in.shape().size(), -1, 1).toArray());
      }
    }
    Map<Value, double[]> values = interpreter.run(examples, RewritesTest::draw);
    List<double[]> outputs = new ArrayList<>();
    graph.outputs().forEach(v -> outputs.add(v.isShared() ? interpreter.get(v) : values.get(v)));
    return outputs;
  }

  /** Random numbers that depend on the node's name, which rewrites keep, and on the element. */
  private static Draw draw(Node node) {
    return element -> new Random(31L * node.name().hashCode() + element).nextDouble();
  }
}
