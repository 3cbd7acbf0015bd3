package dev.lanewise.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.data.Augmentation;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.source.Synthetic;
import dev.lanewise.runtime.differentiate.Differentiation;
import dev.lanewise.runtime.differentiate.GradientCheck;
import dev.lanewise.runtime.differentiate.LossGraph;
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
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The loss of embeddings against PyTorch's; the numbers come from src/test/python/triplet.py. */
class TripletTest {
  private static final double[][] WEIGHT_AND_BIAS = {{0.5, -1, 2, 0.25, -0.75, 1.5}, {0.1, -0.2, 0.3}};

  private static Computation loss(double margin, int size) {
    Layer layer = Losses.named("triplet").orElseThrow();
    return layer.bind(Arguments.of(layer.signature(), Map.of("margin", margin)), Shape.of(size));
  }

  private static Graph linear() {
    GraphBuilder b = new GraphBuilder(Shape.of(2));
    return b.build(b.add("dense1", new Dense(2, 3, true), b.input()));
  }

  /** With a layer that looks across the batch. */
  private static Graph normalised() {
    GraphBuilder b = new GraphBuilder(Shape.of(2));
    Layer norm = Layers.named("batchnorm").orElseThrow();
    Value hidden = b.add("dense1", new Dense(2, 6, false), b.input());
    Value normal = b.add("norm1", norm.bind(Arguments.of(norm.signature(), Map.of()), Shape.of(6)), hidden);
    return b.build(b.add("dense2", new Dense(6, 3, true), normal));
  }

  private static List<double[]> expected() throws IOException {
    try (InputStream in = TripletTest.class.getResourceAsStream("triplet.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
          .map(l -> Stream.of(l.split(" ")).skip(1).mapToDouble(Double::parseDouble).toArray()).toList();
    }
  }

  @Test
  void lossesAndGradientsArePyTorchs() throws IOException {
    for (double[] wanted : expected()) {
      LossGraph training = Differentiation.of(linear(), loss(wanted[0], 3));
      Interpreter interpreter = new Interpreter(training.graph());
      for (int k = 0; k < 2; k++) {
        interpreter.set(training.graph().parameters().get(k).value(), WEIGHT_AND_BIAS[k]);
      }
      List<Map<Value, double[]>> batch = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        double[] x = new double[6];
        for (int j = 0; j < 6; j++) {
          x[j] = (7 * i + 3 * j + i * j) % 11 / 11.0;
        }
        batch.add(new HashMap<>(Map.of(
            training.graph().input(), x, training.label(), new double[1], training.dLoss(), new double[] {0.25})));
      }
      List<Map<Value, double[]>> values = interpreter.run(batch, _ -> Draw.NONE);
      for (int i = 0; i < 4; i++) {
        assertThat(values.get(i).get(training.loss())[0]).as("loss %d", i).isCloseTo(wanted[1 + i], within(1e-9));
      }
      double[] weight = interpreter.get(training.gradients().get(0));
      double[] bias = interpreter.get(training.gradients().get(1));
      for (int i = 0; i < 6; i++) {
        assertThat(weight[i]).as("weight %d", i).isCloseTo(wanted[5 + i], within(1e-9));
      }
      for (int i = 0; i < 3; i++) {
        assertThat(bias[i]).as("bias %d", i).isCloseTo(wanted[11 + i], within(1e-9));
      }
    }
  }

  @Test
  void gradientsAreThoseOfDifferenceQuotients() {
    for (Graph network : List.of(linear(), normalised())) {
      List<GradientCheck.Compared> compared = GradientCheck.of(network, loss(1, 3), 3);
      assertThat(compared).isNotEmpty().allSatisfy(c -> assertThat(c.error()).as(c.toString()).isLessThan(1e-5));
    }
  }

  private static List<float[]> trained(Graph network, int threads, KernelSet kernels, List<TrainEvent.Epoch> epochs) {
    Model model = Model.create("Embed", network, 1);
    DataSplit data = Synthetic.gaussians(3, 150, 0.4, 1).validation(30, 1)
        .augmented(new Augmentation(List.of(new Augmentation.Noise(0.01))));
    TrainSettings settings = new TrainSettings(3, 40, true, 5, loss(0.5, 3), Optimizers.sgd(0.1f, 0.5f));
    try (Engine engine = new Engine(threads, kernels)) {
      engine.train(model, data, settings, e -> {
        if (e instanceof TrainEvent.Epoch epoch) {
          epochs.add(epoch);
        }
      }, () -> false);
      assertThat(engine.test(model, data, settings.loss(), Listener.NONE).accuracy()).isNaN();
    }
    return model.tensors().stream().map(t -> t.values()).toList();
  }

  @Test
  void trainingHasTheSameBitsForAnyThreadsAndTheLossFalls() {
    for (Graph network : List.of(linear(), normalised())) {
      List<TrainEvent.Epoch> epochs = new ArrayList<>();
      List<float[]> one = trained(network, 1, KernelSet.VECTOR, epochs);
      List<float[]> two = trained(network, 2, KernelSet.VECTOR, new ArrayList<>());
      List<float[]> scalar = trained(network, 1, KernelSet.SCALAR, new ArrayList<>());
      for (int i = 0; i < one.size(); i++) {
        assertThat(two.get(i)).isEqualTo(one.get(i));
        assertThat(scalar.get(i)).containsExactly(one.get(i), within(2e-3f));
      }
      assertThat(epochs).hasSize(3).allMatch(e -> Double.isNaN(e.train().accuracy()));
      assertThat(epochs.getLast().train().loss()).isLessThan(epochs.getFirst().train().loss());
    }
  }

  @Test
  void testsAreAlwaysTheSame() {
    Dataset data = Synthetic.spirals(3, 90, 0.02, 1).test();
    Model model = Model.create("Embed", linear(), 1);
    try (Engine engine = new Engine(2, KernelSet.VECTOR)) {
      double first = engine.score(model, data, null, loss(1, 3)).loss();
      assertThat(engine.score(model, data, null, loss(1, 3)).loss()).isEqualTo(first).isPositive();
    }
  }
}
