package dev.lanewise.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Paired;
import dev.lanewise.runtime.data.Points;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.differentiate.Differentiation;
import dev.lanewise.runtime.differentiate.LossGraph;
import dev.lanewise.runtime.execute.BatchRunner;
import dev.lanewise.runtime.execute.Workers;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.graph.Interpreter;
import dev.lanewise.runtime.operation.Conv;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Objective;
import dev.lanewise.runtime.operation.Objective.Read;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.plan.Plan;
import dev.lanewise.runtime.score.Score;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Losses whose classes do not count alike, beside others: each has a mean of its own, as PyTorch's have (src/test/python/losses_across.py). */
class ApartTest {
  private static final int EXAMPLES = 4;
  private static final int CLASSES = 3;
  private static final Shape SCORES = Shape.of(CLASSES, 2, 3);
  private static final Shape PLACES = Shape.of(1, 2, 3);
  private static final List<Double> WEIGHTS = List.of(0.5, 1.5, 2.0);
  private static final Objective LOSS = new Objective(
      List.of(loss("own", 5, 0, List.of(), -1), loss("a", 2, 1, WEIGHTS, -1), loss("b", 0.75, 2, List.of(), 1)), Objective.SUM);

  private static Objective.Loss loss(String name, double factor, int output, List<Double> weights, int ignored) {
    return new Objective.Loss(name, factor, new CrossEntropy(SCORES, 0, weights, ignored), true, List.of(Read.output(output), Read.TARGET));
  }

  /** The sum, the three losses, the three gradients. */
  private static double[] expected() throws IOException {
    try (InputStream in = ApartTest.class.getResourceAsStream("apart.txt")) {
      return Stream.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).strip().split(" ")).mapToDouble(Double::parseDouble).toArray();
    }
  }

  private static double[] scores(int example) {
    double[] x = new double[SCORES.size()];
    Arrays.setAll(x, k -> {
      int i = example * x.length + k;
      return (5 * i * i + 3 * i) % 17 / 4.0 - 2;
    });
    return x;
  }

  private static double[] classes(int example) {
    double[] t = new double[PLACES.size()];
    Arrays.setAll(t, k -> {
      int i = example * PLACES.size() + k;
      return (i * i + i / 5) % CLASSES;
    });
    return t;
  }

  private static double[] weight(int output) {
    double[] w = new double[CLASSES * CLASSES];
    Arrays.setAll(w, i -> (3 * i + 5 * output) % 7 / 4.0 - 0.75);
    return w;
  }

  private static Graph network() {
    GraphBuilder b = new GraphBuilder(SCORES);
    List<Value> outputs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      outputs.add(b.add("conv" + i, new Conv(SCORES, CLASSES, 1, 1, 0, false), b.input()));
    }
    return b.build(outputs.toArray(Value[]::new));
  }

  private static Model model() {
    Model model = Model.create("N", network(), 1);
    for (int i = 0; i < 3; i++) {
      float[] own = floats(weight(i));
      System.arraycopy(own, 0, model.parameters(), Memory.BASE + i * own.length, own.length);
    }
    return model;
  }

  private static Dataset data() {
    float[][] x = new float[EXAMPLES][];
    float[][] t = new float[EXAMPLES][];
    for (int e = 0; e < EXAMPLES; e++) {
      x[e] = floats(scores(e));
      t[e] = floats(classes(e));
    }
    return new Paired(new Points(SCORES, x), new Points(PLACES, t), Target.classes(PLACES, CLASSES));
  }

  private static float[] floats(double[] values) {
    float[] all = new float[values.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = (float) values[i];
    }
    return all;
  }

  /** What all examples count in one of the losses. */
  private static double counts(int loss) {
    double sum = 0;
    for (int e = 0; e < EXAMPLES; e++) {
      sum += Arrays.stream(classes(e)).map(c -> LOSS.losses().get(loss).of().weight((int) c)).sum() / PLACES.size();
    }
    return sum;
  }

  @Test
  void formulasAreThoseOfPyTorchInDouble() throws IOException {
    LossGraph training = Differentiation.of(network(), LOSS);
    assertThat(training.apart()).hasSize(2);
    assertThat(training.parts()).isEmpty();
    Interpreter interpreter = new Interpreter(training.graph());
    for (int i = 0; i < 3; i++) {
      interpreter.set(training.graph().parameters().get(i).value(), weight(i));
    }
    List<Map<Value, double[]>> examples = new ArrayList<>();
    for (int e = 0; e < EXAMPLES; e++) {
      Map<Value, double[]> given = new HashMap<>(Map.of(training.graph().input(), scores(e), training.label(), classes(e), training.dLoss(), new double[] {1.0 / EXAMPLES}));
      given.put(training.judged().get(1).dLoss(), new double[] {1 / counts(1)});
      given.put(training.judged().get(2).dLoss(), new double[] {1 / counts(2)});
      examples.add(given);
    }
    List<Map<Value, double[]>> values = interpreter.run(examples, _ -> _ -> 0);
    double[] expected = expected();
    for (int i = 0; i < 3; i++) {
      Value loss = training.judged().get(i).loss();
      assertThat(values.stream().mapToDouble(v -> v.get(loss)[0]).sum() / counts(i)).isCloseTo(expected[1 + i], within(1e-12));
      double[] gradient = interpreter.get(training.gradients().get(i));
      for (int k = 0; k < gradient.length; k++) {
        assertThat(gradient[k]).isCloseTo(expected[4 + i * gradient.length + k], within(1e-12));
      }
    }
  }

  /** Also of several batches that make one step: the last of them is smaller. */
  @ParameterizedTest
  @CsvSource({"VECTOR, 4", "VECTOR, 3", "SCALAR, 4", "SCALAR, 1"})
  void gradientsAreThoseOfPyTorch(KernelSet kernels, int batch) throws IOException {
    double[] expected = expected();
    float[] before = null;
    for (int threads = 1; threads <= 2; threads++) {
      Plan plan = Plan.training(network(), LOSS, kernels);
      try (Workers workers = new Workers(threads)) {
        BatchRunner runner = new BatchRunner(plan, workers, model().parameters(), batch);
        runner.weigh(LOSS);
        runner.pack();
        int[] order = {0, 1, 2, 3};
        double[] all = runner.weights(data(), order, 0, EXAMPLES);
        assertThat(all).containsExactly(new double[] {EXAMPLES, EXAMPLES, counts(1), counts(2)}, within(1e-12));
        for (int from = 0; from < EXAMPLES; from += batch) {
          runner.run(data(), order, from, Math.min(batch, EXAMPLES - from), 1, all, from == 0);
        }
        float[] gradient = Arrays.copyOfRange(runner.allGradients(network()), Memory.BASE, Memory.BASE + 27);
        for (int k = 0; k < gradient.length; k++) {
          assertThat((double) gradient[k]).isCloseTo(expected[4 + k], within(1e-6));
        }
        assertThat(before == null ? gradient : before).isEqualTo(gradient);
        before = gradient;
      }
    }
  }

  /** In training and in tests alike, whatever the batches are. */
  @Test
  void theLossThatIsToldIsTheSumOfTheirMeans() throws IOException {
    double[] expected = expected();
    try (Engine engine = new Engine(2, KernelSet.VECTOR)) {
      DataSplit split = new DataSplit("d", data(), null, data());
      Score score = engine.test(model(), split, LOSS, Listener.NONE);
      List<Score> epochs = new ArrayList<>();
      List<Double> batches = new ArrayList<>();
      TrainSettings still = new TrainSettings(1, 3, false, 1, LOSS, Optimizers.sgd(1e-30, 0));
      engine.train(model(), split, still, e -> {
        if (e instanceof TrainEvent.Epoch epoch) {
          epochs.add(epoch.train());
        } else if (e instanceof TrainEvent.Batch b) {
          batches.add(b.loss());
        }
      }, Control.until(() -> false));
      for (Score each : List.of(score, epochs.getFirst())) {
        assertThat(each.loss()).isCloseTo(expected[0], within(1e-5));
        assertThat(each.heads().values()).extracting(Score::loss).satisfiesExactly(
            own -> assertThat(own).isCloseTo(expected[1], within(1e-5)), a -> assertThat(a).isCloseTo(expected[2], within(1e-5)),
            b -> assertThat(b).isCloseTo(expected[3], within(1e-5)));
      }
      assertThat(batches).hasSize(2).allSatisfy(b -> assertThat(b).isBetween(0.1, 100.0));
    }
  }
}
