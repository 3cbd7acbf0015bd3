package dev.lanewise.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.differentiate.Differentiation;
import dev.lanewise.runtime.differentiate.Differentiation.Everywhere;
import dev.lanewise.runtime.execute.BatchRunner;
import dev.lanewise.runtime.execute.Workers;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.graph.Interpreter;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.operation.SmallOperations;
import dev.lanewise.runtime.rewrite.Inference;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Memory;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.train.Few;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The gradient of the input: by vector kernels, beside that of all values by formulas in double; and whatever the threads and the batch, the same bits. */
@Tag("kernels")
class InputGradientTest {
  private static final int EXAMPLES = 37;

  static Stream<Graph> networks() {
    Stream<Graph> around = Stream.<Computation>concat(SmallOperations.layers().stream(), SmallOperations.recipes().stream())
        .filter(o -> !(o instanceof Operation op && op.bound(0) > 0)).map(VectorKernelsTest::around);
    Stream<Graph> first = Stream.<Computation>concat(SmallOperations.layers().stream(), SmallOperations.recipes().stream())
        .filter(o -> !(o instanceof Operation op && op.bound(0) > 0) && o.inputs().size() - o.parameters().size() == 1).map(InputGradientTest::first);
    return Stream.of(around, first, Stream.of(Networks.classicCnn(true), Networks.latePooling(), Networks.residual())).flatMap(s -> s)
        .filter(InputGradientTest::hasOne);
  }

  private static boolean hasOne(Graph network) {
    Everywhere all = Differentiation.everywhere(Inference.differentiable(network), new CrossEntropy(network.output().shape().size()));
    return all.gradients().containsKey(all.graph().input());
  }

  /** The operation is the first one: its own gradient is what is asked for. */
  private static Graph first(Computation operation) {
    GraphBuilder b = new GraphBuilder(operation.inputs().getFirst().shape());
    Value v = b.add("tested", operation, b.input());
    v = b.add("flatten", new Reshape(v.shape(), v.shape().flat()), v);
    return b.build(b.add("dense2", new Dense(v.shape().size(), 3, true), v));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void isThatOfTheFormulas(Graph network) {
    CrossEntropy loss = new CrossEntropy(network.output().shape().size());
    float[] parameters = parameters(network);
    float[] found = gradients(network, loss, parameters, 1, EXAMPLES);
    Everywhere all = Differentiation.everywhere(Inference.differentiable(network), loss);
    Few data = data(network);
    int size = data.shape().size();
    double[][] expected = IntStream.range(0, EXAMPLES).mapToObj(i -> exact(all, network, parameters, data, i)).toArray(double[][]::new);
    double scale = Arrays.stream(expected).flatMapToDouble(Arrays::stream).map(Math::abs).max().orElseThrow();
    assertThat(scale).isPositive();
    for (int i = 0; i < EXAMPLES; i++) {
      for (int j = 0; j < size; j++) {
        assertThat((double) found[i * size + j]).as("example %d, %d", i, j).isCloseTo(expected[i][j], within(2e-5 * scale));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void threadsAndBatchesDoNotChangeABit(Graph network) {
    CrossEntropy loss = new CrossEntropy(network.output().shape().size());
    float[] parameters = parameters(network);
    float[] one = gradients(network, loss, parameters, 1, EXAMPLES);
    assertThat(gradients(network, loss, parameters, 3, EXAMPLES)).isEqualTo(one);
    assertThat(gradients(network, loss, parameters, 2, 5)).isEqualTo(one);
  }

  @Test
  void wholeNumbersHaveNone() {
    assertThatThrownBy(() -> Plan.ofInput(Networks.sequence(), new CrossEntropy(3), KernelSet.VECTOR, Preparation.SILENT))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("does not change with");
  }

  private static Few data(Graph network) {
    return new Few(EXAMPLES, network.input().shape(), network.output().shape().size());
  }

  private static float[] gradients(Graph network, CrossEntropy loss, float[] parameters, int threads, int batch) {
    Few data = data(network);
    int size = data.shape().size();
    int[] order = IntStream.range(0, EXAMPLES).toArray();
    float[] all = new float[EXAMPLES * size];
    try (Workers workers = new Workers(threads)) {
      BatchRunner runner = new BatchRunner(Plan.ofInput(network, loss, KernelSet.VECTOR, Preparation.SILENT), workers, parameters, batch);
      runner.pack();
      for (int from = 0; from < EXAMPLES; from += batch) {
        int count = Math.min(batch, EXAMPLES - from);
        runner.run(data, order, from, count, from);
        System.arraycopy(runner.inputGradients(), 0, all, from * size, count * size);
      }
    }
    return all;
  }

  private static float[] parameters(Graph network) {
    Random random = new Random(5);
    float[] parameters = Memory.allocate(network.parameterCount());
    int at = Memory.BASE;
    for (Parameter p : network.parameters()) {
      p.spec().initializer().fill(random, parameters, at, p.shape().size());
      at += p.shape().size();
    }
    return parameters;
  }

  private static double[] exact(Everywhere all, Graph network, float[] parameters, Few data, int example) {
    Interpreter interpreter = new Interpreter(all.graph());
    int at = Memory.BASE;
    for (Parameter p : network.parameters()) {
      double[] own = new double[p.shape().size()];
      for (int i = 0; i < own.length; i++) {
        own[i] = parameters[at + i];
      }
      at += own.length;
      all.graph().parameters().stream().filter(q -> q.name().equals(p.name())).forEach(q -> interpreter.set(q.value(), own));
    }
    Map<Value, double[]> given = new HashMap<>();
    given.put(all.graph().input(), read(data.shape(), (x) -> data.read(example, x, 0, 1)));
    given.put(all.forward().label(), new double[] {data.label(example)});
    given.put(all.dLoss(), new double[] {1});
    Map<Value, double[]> made = interpreter.run(given, Interpreter::drawsOfFirst);
    return made.get(all.gradients().get(all.graph().input()));
  }

  private static double[] read(Shape shape, java.util.function.Consumer<float[]> reader) {
    float[] x = new float[shape.size()];
    reader.accept(x);
    return IntStream.range(0, x.length).mapToDouble(i -> x[i]).toArray();
  }
}
