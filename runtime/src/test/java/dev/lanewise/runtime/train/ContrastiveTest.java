package dev.lanewise.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.differentiate.Differentiation;
import dev.lanewise.runtime.differentiate.GradientCheck;
import dev.lanewise.runtime.differentiate.LossGraph;
import dev.lanewise.runtime.execute.BatchRunner;
import dev.lanewise.runtime.execute.Workers;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.graph.Interpreter;
import dev.lanewise.runtime.layer.Contrastive;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Objective;
import dev.lanewise.runtime.operation.Objective.Read;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.plan.Plan;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.spec.ShapeException;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Memory;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The loss that compares the examples of a batch; PyTorch's numbers come from src/test/python/losses_across.py. */
@Tag("kernels")
class ContrastiveTest {
  /** Of what PyTorch had: the two layers' weights. */
  private static final double[][] WEIGHTS = {
    {0.5, -1, 2, 0.25, -0.75, 1.5, 1, 0.3, -0.4, -0.2, 0.6, 0.8}, {0.1, 0.7, -0.3, 0.9, -0.2, 0.4, -0.6, 1.1, 0.5, 0.3, 0.2, -0.8}
  };

  /** Of a network's two outputs, whatever else its examples are. */
  private static Computation loss(int size, double temperature) {
    Computation of = Contrastive.bind(Arguments.of(Contrastive.SIGNATURE, Map.of("temperature", temperature)), Shape.of(size), Shape.of(size));
    return new Objective(List.of(new Objective.Loss("", 1, of, true, List.of(Read.output(0), Read.output(1)))), 0);
  }

  private static Graph network(int in, int out) {
    GraphBuilder b = new GraphBuilder(Shape.of(in));
    Value first = b.add("a", new Dense(in, out, false), b.input());
    return b.build(first, b.add("b", new Dense(in, out, false), b.input()));
  }

  private static List<double[]> expected() throws IOException {
    try (InputStream in = ContrastiveTest.class.getResourceAsStream("contrastive.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
          .map(l -> Stream.of(l.split(" ")).mapToDouble(Double::parseDouble).toArray()).toList();
    }
  }

  @Test
  void lossAndGradientsArePyTorchs() throws IOException {
    for (double[] wanted : expected()) {
      int n = (int) wanted[0];
      LossGraph training = Differentiation.of(network(3, 4), loss(4, wanted[1]));
      Interpreter interpreter = new Interpreter(training.graph());
      for (int k = 0; k < 2; k++) {
        interpreter.set(training.graph().parameters().get(k).value(), WEIGHTS[k]);
      }
      List<Map<Value, double[]>> batch = new ArrayList<>();
      for (int e = 0; e < n; e++) {
        int example = e;
        Map<Value, double[]> given = new HashMap<>();
        given.put(training.graph().input(), IntStream.range(0, 3).mapToDouble(j -> (7 * example + 3 * j + example * j) % 11 / 11.0).toArray());
        given.put(training.dLoss(), new double[] {1.0 / n});
        given.put(training.weight().orElseThrow(), new double[] {1.0 / n});
        batch.add(given);
      }
      List<Map<Value, double[]>> values = interpreter.run(batch, _ -> _ -> 0);
      assertThat(values.stream().mapToDouble(v -> v.get(training.loss())[0]).average().orElseThrow()).isCloseTo(wanted[2], within(1e-12));
      for (int k = 0; k < 2; k++) {
        double[] gradient = interpreter.get(training.gradients().get(k));
        for (int i = 0; i < gradient.length; i++) {
          assertThat(gradient[i]).as("%d examples, gradient %d", n, i).isCloseTo(wanted[3 + k * gradient.length + i], within(1e-10));
        }
      }
    }
  }

  @Test
  void gradientsAreDifferenceQuotients() {
    for (long seed = 1; seed <= 5; seed++) {
      for (GradientCheck.Compared compared : GradientCheck.of(network(3, 4), loss(4, 0.3), seed)) {
        assertThat(compared.error()).as("%s", compared).isLessThan(1e-6);
      }
    }
  }

  private record Result(double loss, float[] gradient) {}

  /** One batch of so many examples. */
  private static Result run(KernelSet kernels, int threads, int examples, int in, int out) {
    Graph graph = network(in, out);
    float[] parameters = Memory.allocate(graph.parameterCount());
    Random random = new Random(3);
    for (int i = Memory.BASE; i < Memory.BASE + graph.parameterCount(); i++) {
      parameters[i] = (float) random.nextGaussian();
    }
    Dataset data = new Few(examples, Shape.of(in), 3);
    try (Workers workers = new Workers(threads)) {
      BatchRunner runner = new BatchRunner(Plan.training(graph, loss(out, 0.2), kernels), workers, parameters, examples);
      runner.of(data);
      runner.pack();
      runner.run(data, IntStream.range(0, examples).toArray(), 0, examples, 1);
      float[] all = runner.gradients(Memory.BASE, Memory.BASE + graph.parameterCount());
      return new Result(runner.scores().lossSum() / examples, Arrays.copyOfRange(all, Memory.BASE, Memory.BASE + graph.parameterCount()));
    }
  }

  /** Batches whose last block is not full, and of more rows than are taken at a time. */
  @Test
  void kernelsAreAsFormulas() {
    for (int[] size : new int[][] {{1, 3, 4}, {2, 3, 1}, {16, 2, 5}, {37, 3, 7}, {150, 4, 12}}) {
      Result vector = run(KernelSet.VECTOR, 2, size[0], size[1], size[2]);
      Result scalar = run(KernelSet.SCALAR, 2, size[0], size[1], size[2]);
      assertThat(vector.loss).as("%d examples", size[0]).isCloseTo(scalar.loss, within(1e-5));
      float scale = 1;
      for (float g : scalar.gradient) {
        scale = Math.max(scale, Math.abs(g));
      }
      for (int i = 0; i < scalar.gradient.length; i++) {
        assertThat(vector.gradient[i]).as("%d examples, gradient %d", size[0], i).isCloseTo(scalar.gradient[i], within(1e-5f * scale));
      }
    }
  }

  @Test
  void theBitsDoNotDependOnThreads() {
    Result one = run(KernelSet.VECTOR, 1, 150, 4, 12);
    for (int threads : new int[] {2, 3, 7}) {
      Result several = run(KernelSet.VECTOR, threads, 150, 4, 12);
      assertThat(several.loss).isEqualTo(one.loss);
      assertThat(several.gradient).isEqualTo(one.gradient);
    }
  }

  @Test
  void twoSizesAreNotCompared() {
    Arguments plain = Arguments.of(Contrastive.SIGNATURE, Map.of());
    assertThatThrownBy(() -> Contrastive.bind(plain, Shape.of(3), Shape.of(4))).isInstanceOf(ShapeException.class).hasMessageContaining("one shape");
    Arguments cold = Arguments.of(Contrastive.SIGNATURE, Map.of("temperature", 0.0));
    assertThatThrownBy(() -> Contrastive.bind(cold, Shape.of(3), Shape.of(3))).isInstanceOf(ShapeException.class).hasMessageContaining("above 0");
  }
}
