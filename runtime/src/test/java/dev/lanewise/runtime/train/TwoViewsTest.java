package dev.lanewise.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.data.Augmentation;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.TwoOfEach;
import dev.lanewise.runtime.data.source.Synthetic;
import dev.lanewise.runtime.differentiate.Differentiation;
import dev.lanewise.runtime.differentiate.GradientCheck;
import dev.lanewise.runtime.differentiate.LossGraph;
import dev.lanewise.runtime.execute.BatchRunner;
import dev.lanewise.runtime.execute.Workers;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.graph.Interpreter;
import dev.lanewise.runtime.layer.Layers;
import dev.lanewise.runtime.layer.Losses;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.optimize.Optimizers;
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

/** The loss of two views of an example; PyTorch's numbers come from src/test/python/losses_across.py. */
@Tag("kernels")
class TwoViewsTest {
  private static final double[] WEIGHT = {0.5, -1, 2, 0.25, -0.75, 1.5, 1, 0.3, -0.4, -0.2, 0.6, 0.8};

  private static Computation loss(int size, double temperature) {
    Layer layer = Losses.named("contrastive").orElseThrow();
    return layer.bind(Arguments.of(layer.signature(), Map.of("temperature", temperature)), Shape.of(size));
  }

  private static Graph network(int in, int out, boolean normalised) {
    GraphBuilder b = new GraphBuilder(Shape.of(in));
    Value dense = b.add("dense1", new Dense(in, out, false), b.input());
    Layer norm = Layers.named("batchnorm").orElseThrow();
    return b.build(normalised ? b.add("batchnorm1", norm.bind(Arguments.of(norm.signature(), Map.of()), Shape.of(out)), dense) : dense);
  }

  @Test
  void lossAndGradientsArePyTorchs() throws IOException {
    for (double[] wanted : expected()) {
      int n = (int) wanted[0];
      LossGraph training = Differentiation.of(network(3, 4, wanted[2] > 0), loss(4, wanted[1]));
      Interpreter interpreter = new Interpreter(training.graph());
      training.graph().parameters().forEach(p -> interpreter.set(p.value(), p.name().endsWith("dense1.weight") ? WEIGHT : first(p.name())));
      List<Map<Value, double[]>> batch = new ArrayList<>();
      for (int e = 0; e < n; e++) {
        int example = e;
        Map<Value, double[]> given = new HashMap<>();
        given.put(training.graph().input(), IntStream.range(0, 6)
            .mapToDouble(j -> (7 * example + 3 * (j % 3) + example * (j % 3)) % 11 / 11.0 - 0.3 * (j / 3)).toArray());
        given.put(training.dLoss(), new double[] {1.0 / n});
        given.put(training.weight().orElseThrow(), new double[] {1.0 / n});
        training.target().ifPresent(t -> given.put(t, new double[1]));
        batch.add(given);
      }
      List<Map<Value, double[]>> values = interpreter.run(batch, _ -> _ -> 0);
      assertThat(values.stream().mapToDouble(v -> v.get(training.loss())[0]).average().orElseThrow()).isCloseTo(wanted[3], within(1e-9));
      double[] gradient = interpreter.get(training.gradients().getFirst());
      for (int i = 0; i < gradient.length; i++) {
        assertThat(gradient[i]).as("%d examples, gradient %d", n, i).isCloseTo(wanted[4 + i], within(1e-9));
      }
    }
  }

  /** Of a normalisation. */
  private static double[] first(String parameter) {
    double[] values = new double[4];
    Arrays.fill(values, parameter.endsWith("weight") || parameter.endsWith("var") ? 1 : 0);
    return values;
  }

  private static List<double[]> expected() throws IOException {
    try (InputStream in = TwoViewsTest.class.getResourceAsStream("views.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
          .map(l -> Stream.of(l.split(" ")).mapToDouble(Double::parseDouble).toArray()).toList();
    }
  }

  @Test
  void gradientsAreDifferenceQuotients() {
    for (long seed = 1; seed <= 5; seed++) {
      for (boolean normalised : new boolean[] {false, true}) {
        for (GradientCheck.Compared compared : GradientCheck.of(network(3, 4, normalised), loss(4, 0.3), seed)) {
          assertThat(compared.error()).as("%s", compared).isLessThan(1e-5);
        }
      }
    }
  }

  private record Result(double loss, float[] gradient) {}

  private static Result run(KernelSet kernels, int threads, int examples, int in, int out) {
    Graph graph = network(in, out, false);
    float[] parameters = Memory.allocate(graph.parameterCount());
    Random random = new Random(3);
    for (int i = Memory.BASE; i < Memory.BASE + graph.parameterCount(); i++) {
      parameters[i] = (float) random.nextGaussian();
    }
    Dataset data = new TwoOfEach(new Few(examples, Shape.of(in), 3), new Augmentation(List.of(new Augmentation.Noise(0.3))));
    try (Workers workers = new Workers(threads)) {
      BatchRunner runner = new BatchRunner(Plan.training(graph, loss(out, 0.2), kernels), workers, parameters, examples);
      runner.of(data);
      runner.pack();
      runner.run(data, IntStream.range(0, examples).toArray(), 0, examples, 1);
      float[] all = runner.gradients(Memory.BASE, Memory.BASE + graph.parameterCount());
      return new Result(runner.scores().lossSum() / examples, Arrays.copyOfRange(all, Memory.BASE, Memory.BASE + graph.parameterCount()));
    }
  }

  /** Batches whose last block is not full, of one example, and of more rows than are taken at a time. */
  @Test
  void kernelsAreAsFormulas() {
    for (int[] size : new int[][] {{1, 3, 4}, {2, 3, 2}, {16, 2, 5}, {37, 3, 7}, {150, 4, 12}}) {
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
  void trainingDrawsViewsByTheSeedAndTestsAreAlwaysTheSame() {
    List<List<float[]>> all = new ArrayList<>();
    List<Double> tested = new ArrayList<>();
    List<TrainEvent.Epoch> epochs = new ArrayList<>();
    for (int threads : new int[] {1, 3}) {
      Model model = Model.create("Embed", network(2, 6, true), 1);
      DataSplit data = Synthetic.gaussians(5, 200, 0.2, 1).validation(30, 1).augmented(new Augmentation(List.of(new Augmentation.Noise(0.1))));
      TrainSettings settings = new TrainSettings(4, 40, true, 5, loss(6, 0.2), Optimizers.sgd(0.1f, 0.5f));
      try (Engine engine = new Engine(threads, KernelSet.VECTOR)) {
        engine.train(model, data, settings, e -> {
          if (e instanceof TrainEvent.Epoch epoch) {
            epochs.add(epoch);
          }
        }, () -> false);
        for (int i = 0; i < 2; i++) {
          tested.add(engine.test(model, data, settings.loss(), Listener.NONE).loss());
        }
      }
      all.add(model.tensors().stream().map(t -> t.values()).toList());
    }
    for (int i = 0; i < all.getFirst().size(); i++) {
      assertThat(all.getLast().get(i)).isEqualTo(all.getFirst().get(i));
    }
    assertThat(tested).allMatch(t -> t.equals(tested.getFirst()));
    assertThat(epochs.get(3).train().loss()).isLessThan(epochs.getFirst().train().loss());
  }

  /** The running means follow the first views, then the second ones: of equal views 0.1 of the mean, and 0.1 of what is left. */
  @Test
  void runningMeansFollowBoth() {
    Model model = Model.create("Embed", network(2, 6, true), 1);
    float[] weight = model.values("dense1.weight");
    DataSplit data = Synthetic.gaussians(5, 200, 0.2, 1);
    double[] mean = new double[2];
    for (int i = 0; i < data.train().size(); i++) {
      float[] x = new float[2];
      data.train().read(i, x, 0, 1);
      mean[0] += x[0] / data.train().size();
      mean[1] += x[1] / data.train().size();
    }
    try (Engine engine = new Engine(1, KernelSet.VECTOR)) {
      engine.train(model, data, new TrainSettings(1, data.train().size(), true, 5, loss(6, 0.2), Optimizers.sgd(1e-6f, 0)), Listener.NONE, () -> false);
    }
    float[] running = model.values("batchnorm1.running_mean");
    for (int i = 0; i < 6; i++) {
      double own = weight[2 * i] * mean[0] + weight[2 * i + 1] * mean[1];
      assertThat((double) running[i]).isCloseTo((0.1 + 0.9 * 0.1) * own, within(1e-5));
    }
  }

  @Test
  void viewsAreOthersForAnotherKeyAndTheSameForTheSame() {
    TwoOfEach views = new TwoOfEach(new Few(3, Shape.of(4), 2), new Augmentation(List.of(new Augmentation.Noise(0.5))));
    float[] first = new float[8], same = new float[8], other = new float[8];
    views.drawn(7).read(1, first, 0, 1);
    views.drawn(7).read(1, same, 0, 1);
    views.drawn(8).read(1, other, 0, 1);
    assertThat(same).isEqualTo(first);
    assertThat(other).isNotEqualTo(first);
    assertThat(Arrays.copyOf(first, 4)).isNotEqualTo(Arrays.copyOfRange(first, 4, 8));
  }

  @Test
  void aTemperatureIsAboveZero() {
    assertThatThrownBy(() -> loss(4, 0)).isInstanceOf(ShapeException.class).hasMessageContaining("above 0");
  }
}
