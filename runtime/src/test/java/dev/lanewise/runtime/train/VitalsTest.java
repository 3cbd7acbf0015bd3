package dev.lanewise.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.source.Mnist;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.optimize.Clip;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.optimize.Schedule;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Memory;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.vital.Activity;
import dev.lanewise.runtime.vital.Bend;
import dev.lanewise.runtime.vital.Noted;
import dev.lanewise.runtime.vital.Recorder;
import dev.lanewise.runtime.vital.Vitals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes that a training notes are those of its steps, and readings of units those of the units. */
class VitalsTest {
  private static DataSplit data;

  @BeforeAll
  static void read() throws IOException {
    data = Mnist.load(Path.of("../samples/mnist")).limit(100);
  }

  private static Graph network(int hidden) {
    GraphBuilder b = new GraphBuilder(Shape.of(1, 28, 28));
    Value in = b.add("flatten", new Reshape(Shape.of(1, 28, 28), Shape.of(784)), b.input());
    Value relu = b.add("relu1", Pointwise.relu(Shape.of(hidden)), b.add("dense1", new Dense(784, hidden, true), in));
    Value tanh = b.add("tanh1", Pointwise.tanh(Shape.of(4)), b.add("dense2", new Dense(hidden, 4, true), relu));
    return b.build(b.add("dense3", new Dense(4, 10, true), tanh));
  }

  private static Vitals vitals(Model model, double rate, int threads) {
    List<TrainEvent> events = new ArrayList<>();
    TrainSettings settings = new TrainSettings(
        3, 25, true, 3, new CrossEntropy(10), Optimizers.sgd(rate, 0), Schedule.CONSTANT, new Clip.None(), Keep.NOTHING);
    try (Engine engine = new Engine(threads, KernelSet.VECTOR)) {
      engine.train(model, data, settings, events::add, Control.until(() -> false));
    }
    return events.stream().filter(TrainEvent.Watched.class::isInstance).map(e -> ((TrainEvent.Watched) e).vitals()).findFirst().orElseThrow();
  }

  /** Of plain descent a step is the rate times the gradient, and the first weights are those that the network begins with. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void sizesAreThoseOfTheSteps(int threads) {
    Model model = Model.create("N", network(8), 1);
    float[] first = model.parameters().clone();
    Vitals vitals = vitals(model, 0.25, threads);
    assertThat(vitals.noted()).extracting(Noted::step).containsExactlyElementsOf(IntStream.rangeClosed(1, 12).boxed().toList());
    assertThat(vitals.parameters()).containsExactlyElementsOf(model.graph().parameters().stream().map(Parameter::name).toList());
    for (Noted noted : vitals.noted()) {
      for (int p = 0; p < vitals.parameters().size(); p++) {
        assertThat(noted.updates()[p]).as(vitals.parameters().get(p)).isPositive().isCloseTo(0.25 * noted.gradients()[p], within(1e-3 * noted.updates()[p] + 1e-9));
      }
    }
    // The last one is read whole: it is small.
    int size = vitals.sizes().getLast();
    double squares = 0;
    for (int i = Memory.BASE + model.graph().parameterCount() - size; i < Memory.BASE + model.graph().parameterCount(); i++) {
      squares += (double) first[i] * first[i];
    }
    assertThat(vitals.noted().getFirst().weights()[vitals.sizes().size() - 1]).isCloseTo(Math.sqrt(squares / size), within(1e-9));
  }

  /** Of a long training 64 steps that lie evenly are noted, and the powers of 2. */
  @Test
  void howManyAreNotedDoesNotGrow() {
    Recorder recorder = new Recorder(network(8), 6_400);
    List<Integer> due = IntStream.rangeClosed(1, 6_400).filter(recorder::isDue).boxed().toList();
    assertThat(due).startsWith(1, 2, 4, 8, 16, 32, 64, 100, 128, 200).endsWith(6_300, 6_400).hasSize(64 + 13);
  }

  /** Weights of 0, so that biases alone say what a unit makes of any example. */
  @Test
  void readingsTellOfUnits() {
    Model model = Model.create("N", network(3), 1);
    List<Tensor> values = new ArrayList<>();
    for (Tensor t : model.tensors()) {
      float[] some = new float[t.values().length];
      if (t.name().equals("dense1.bias")) {
        some = new float[] {2, -1, 0};
      } else if (t.name().equals("dense2.bias")) {
        some = new float[] {0, 1, -1, 20};
      }
      values.add(new Tensor(t.name(), t.shape(), some));
    }
    model.assign(values);
    try (Engine engine = new Engine(2, KernelSet.VECTOR)) {
      List<Activity> activities = engine.activities(model, data.train());
      assertThat(activities).extracting(Activity::node).containsExactly("relu1", "tanh1");
      assertThat(activities).extracting(Activity::bend).containsExactly(Bend.RELU, Bend.TANH);
      assertThat(activities.getFirst().units()).containsExactly(2, 0, 0);
      assertThat(activities.getFirst().below(0)).isCloseTo(2.0 / 3, within(1e-12));
      double slope = 1 - Math.pow(Math.tanh(1), 2);
      assertThat(activities.getLast().units()).usingComparatorWithPrecision(1e-5).containsExactly(1.0, slope, slope, 0.0);
      assertThat(activities.getLast().mean()).isCloseTo((1 + 2 * slope) / 4, within(1e-5));
    }
  }

  @Test
  void theMiddleIsThatOfWhatIsANumber() {
    Vitals vitals = new Vitals(
        List.of("w"), List.of(4), Arrays.stream(new double[] {3, Double.NaN, 1, 2}).mapToObj(v -> new Noted(1, 0, new double[] {v}, new double[] {1}, new double[] {2})).toList());
    assertThat(vitals.median(n -> n.weights()[0])).isEqualTo(2);
    assertThat(vitals.norm(vitals.noted().getFirst())).isEqualTo(4);
    assertThat(Vitals.NONE.median(n -> 1)).isNaN();
  }
}
