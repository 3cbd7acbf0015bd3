package dev.lanewise.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.source.Mnist;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.optimize.Clip;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.optimize.Schedule;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.score.Predictions;
import dev.lanewise.runtime.score.Score;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The learning rate and the size of batches are changed while a network trains; what it makes of examples is read back. */
class ControlTest {
  private static final int EPOCHS = 3;

  private static DataSplit data;

  @TempDir private Path folder;

  @BeforeAll
  static void read() throws IOException {
    data = Mnist.load(Path.of("../samples/mnist")).limit(100);
  }

  private static Graph network() {
    GraphBuilder b = new GraphBuilder(Shape.of(1, 28, 28));
    return b.build(b.add("dense1", new Dense(784, 10, true),
        b.add("flatten", new Reshape(Shape.of(1, 28, 28), Shape.of(784)), b.input())));
  }

  private static TrainSettings settings(Schedule schedule, Optional<Path> resume) {
    Keep keep = new Keep(Optional.empty(), Optional.empty(), resume, List.of(Measure.Kind.ACCURACY));
    return new TrainSettings(
        EPOCHS, 25, true, 3, new CrossEntropy(10), Optimizers.sgd(0.08, 0.9), schedule, new Clip.None(), keep);
  }

  private static List<TrainEvent> train(Model model, TrainSettings settings, Control control) {
    List<TrainEvent> events = new ArrayList<>();
    try (Engine engine = new Engine(2, KernelSet.VECTOR)) {
      engine.train(model, data, settings, events::add, control);
    }
    return events;
  }

  private static List<Double> rates(List<TrainEvent> events) {
    return events.stream().filter(TrainEvent.Batch.class::isInstance).map(e -> ((TrainEvent.Batch) e).rate()).toList();
  }

  private static List<Integer> bits(Model model) {
    List<Integer> bits = new ArrayList<>();
    for (Tensor t : model.tensors()) {
      for (float v : t.values()) {
        bits.add(Float.floatToRawIntBits(v));
      }
    }
    return bits;
  }

  private static Control changing(int epoch, int batch, double lr) {
    return b -> b.epoch() == epoch && b.batch() == batch ? new Control.Next.Rate(lr) : Control.GO_ON;
  }

  @Test
  void theRateChangesFromTheNextBatchOn() {
    Model changed = Model.create("N", network(), 1);
    List<TrainEvent> events = train(changed, settings(Schedule.CONSTANT, Optional.empty()), changing(1, 2, 0.04));
    assertThat(rates(events)).hasSize(12).startsWith(0.08, 0.08, 0.04).endsWith(0.04);
    assertThat(events).contains(new TrainEvent.RateChanged("N", 1, 2, 0.08, 0.04));
    Model scheduled = Model.create("N", network(), 1);
    Schedule halved = (base, step, _, _) -> step < 2 ? base : base / 2;
    train(scheduled, settings(halved, Optional.empty()), Control.until(() -> false));
    assertThat(bits(changed)).isEqualTo(bits(scheduled));
  }

  @Test
  void aScheduleGoesOnInProportion() {
    Schedule falling = Schedule.factor(progress -> 1 - progress);
    List<Double> rates = rates(train(
        Model.create("N", network(), 1), settings(falling, Optional.empty()), changing(1, 1, 0.008)));
    assertThat(rates.getFirst()).isEqualTo(0.08);
    for (int i = 1; i < rates.size(); i++) {
      assertThat(rates.get(i)).isCloseTo(0.008 * (1 - i / 12.0), within(1e-12));
    }
  }

  @Test
  void aScheduleThatStandsAtZeroIsHelpedUp() {
    Schedule late = Schedule.factor(progress -> progress < 0.3 ? 0 : 1);
    List<Double> rates = rates(train(
        Model.create("N", network(), 1), settings(late, Optional.empty()), changing(1, 1, 0.02)));
    assertThat(rates.getFirst()).isZero();
    assertThat(rates.getLast()).isCloseTo(0.02, within(1e-12));
  }

  @Test
  void aTrainingThatGoesOnRemembersTheRate() {
    Path file = folder.resolve("run.safetensors");
    Model whole = Model.create("N", network(), 1);
    train(whole, settings(Schedule.CONSTANT, Optional.empty()), changing(1, 3, 0.01));
    Model first = Model.create("N", network(), 1);
    Control control = changing(1, 3, 0.01);
    train(first, settings(Schedule.CONSTANT, Optional.of(file)), b -> b.epoch() == 2 ? Control.STOP : control.after(b));
    Model second = Model.create("N", network(), 1);
    List<Double> rates =
        rates(train(second, settings(Schedule.CONSTANT, Optional.of(file)), Control.until(() -> false)));
    assertThat(rates).hasSize(8).allMatch(r -> Math.abs(r - 0.01) < 1e-12);
    assertThat(bits(second)).isEqualTo(bits(whole));
  }

  @Test
  void aRateIsAboveZero() {
    for (double wrong : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new Control.Next.Rate(wrong)).hasMessageStartingWith("a learning rate must be above 0");
    }
  }

  private static Control sizing(int epoch, int batch, int size) {
    return b -> b.epoch() == epoch && b.batch() == batch ? new Control.Next.Size(size) : Control.GO_ON;
  }

  private static List<Integer> batches(List<TrainEvent> events) {
    return events.stream().filter(TrainEvent.Batch.class::isInstance).map(e -> ((TrainEvent.Batch) e).batches()).toList();
  }

  /** The optimiser goes on as it is: the same by hand, with momentum, in double. */
  @Test
  void theSizeChangesWithTheNextEpoch() {
    Model model = Model.create("N", network(), 1);
    double[][] weights = new double[10][785];
    Tensor weight = model.tensors().getFirst();
    for (int i = 0; i < 7840; i++) {
      weights[i / 784][i % 784] = weight.values()[i];
    }
    for (int c = 0; c < 10; c++) {
      weights[c][784] = model.tensors().getLast().values()[c];
    }
    List<TrainEvent> events = train(model, settings(Schedule.CONSTANT, Optional.empty()), sizing(1, 2, 40));
    assertThat(batches(events)).containsExactly(4, 4, 4, 4, 3, 3, 3, 3, 3, 3);
    assertThat(events).contains(new TrainEvent.SizeChanged("N", 1, 2, 25, 40));
    double[][] velocity = new double[10][785];
    int[] order = IntStream.range(0, 100).toArray();
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      Shuffle.inPlace(order, 3, epoch);
      int size = epoch == 1 ? 25 : 40;
      for (int from = 0; from < 100; from += size) {
        step(weights, velocity, Arrays.copyOfRange(order, from, Math.min(100, from + size)));
      }
    }
    float[] learnt = model.tensors().getFirst().values();
    for (int i = 0; i < 7840; i++) {
      assertThat((double) learnt[i]).isCloseTo(weights[i / 784][i % 784], within(2e-5));
    }
  }

  /** A step of softmax regression: the last weight of a class is its bias. */
  private static void step(double[][] weights, double[][] velocity, int[] batch) {
    double[][] gradient = new double[10][785];
    for (int example : batch) {
      float[] x = new float[785];
      data.train().read(example, x, 0, 1);
      x[784] = 1;
      double[] scores = new double[10];
      for (int c = 0; c < 10; c++) {
        for (int i = 0; i < 785; i++) {
          scores[c] += weights[c][i] * x[i];
        }
      }
      double sum = Arrays.stream(scores).map(Math::exp).sum();
      for (int c = 0; c < 10; c++) {
        double d = (Math.exp(scores[c]) / sum - (c == data.train().label(example) ? 1 : 0)) / batch.length;
        for (int i = 0; i < 785; i++) {
          gradient[c][i] += d * x[i];
        }
      }
    }
    for (int c = 0; c < 10; c++) {
      for (int i = 0; i < 785; i++) {
        velocity[c][i] = 0.9 * velocity[c][i] + gradient[c][i];
        weights[c][i] -= 0.08 * velocity[c][i];
      }
    }
  }

  @Test
  void aTrainingThatGoesOnRemembersTheSize() {
    Control control = b -> sizing(1, 3, 40).after(b) instanceof Control.Next.Size s ? s : sizing(1, 4, 50).after(b);
    Model whole = Model.create("N", network(), 1);
    assertThat(batches(train(whole, settings(Schedule.CONSTANT, Optional.empty()), control))).hasSize(8).endsWith(2, 2);
    for (int stop : new int[] {1, 2, 3}) {
      Path file = folder.resolve("size" + stop + ".safetensors");
      train(Model.create("N", network(), 1), settings(Schedule.CONSTANT, Optional.of(file)), b -> b.epoch() == stop && b.batch() == b.batches() ? Control.STOP : control.after(b));
      Model second = Model.create("N", network(), 1);
      // Of the first epoch nothing was kept but what had been said; its last batch says the rest again.
      List<TrainEvent> events = train(second, settings(Schedule.CONSTANT, Optional.of(file)), sizing(1, 4, 50));
      assertThat(batches(events)).endsWith(2, 2);
      assertThat(bits(second)).as("stopped in epoch %d", stop).isEqualTo(bits(whole));
    }
  }

  @Test
  void aSizeOfTheSettingsIsThatMadeByHand() {
    Model byHand = Model.create("N", network(), 1);
    train(byHand, settings(Schedule.CONSTANT, Optional.empty()), sizing(2, 1, 10));
    TrainSettings s = settings(Schedule.CONSTANT, Optional.empty());
    TrainSettings planned = new TrainSettings(
        s.epochs(), s.batch(), s.shuffle(), s.seed(), s.loss(), s.optimizer(), s.schedule(), s.clip(), s.keep(), s.accumulate(), s.minutes(), s.average(),
        List.of(new Change.Size(2, 1, 0, 10)));
    Model model = Model.create("N", network(), 1);
    assertThat(batches(train(model, planned, Control.until(() -> false)))).hasSize(18).endsWith(10);
    assertThat(bits(model)).isEqualTo(bits(byHand));
  }

  @Test
  void aSizeIsAboveZero() {
    assertThatThrownBy(() -> new Control.Next.Size(0)).hasMessage("a batch has at least 1 example, not 0");
  }

  @Test
  void predictionsAgreeWithTheTest() {
    Model model = Model.create("N", network(), 1);
    train(model, settings(Schedule.CONSTANT, Optional.empty()), Control.until(() -> false));
    try (Engine engine = new Engine(2, KernelSet.VECTOR)) {
      Score score = engine.test(model, data, new CrossEntropy(10), Listener.NONE);
      Predictions made = engine.predict(model, data.test(), new CrossEntropy(10));
      int right = 0;
      double lossSum = 0;
      for (int i = 0; i < data.test().size(); i++) {
        right += made.predicted(i) == data.test().label(i) ? 1 : 0;
        lossSum += made.losses()[i];
        double[] p = made.probabilities(i);
        assertThat(Arrays.stream(p).sum()).isCloseTo(1, within(1e-9));
        assertThat(-Math.log(p[data.test().label(i)])).isCloseTo(made.losses()[i], within(1e-4));
      }
      assertThat((double) right / data.test().size()).isEqualTo(score.accuracy());
      assertThat(lossSum / data.test().size()).isEqualTo(score.loss());
    }
  }

  @Test
  void oneOutputAndProbabilitiesStayAsTheyAre() {
    assertThat(new Predictions(1, new float[] {0.75f, -2}, new float[2], 0.5f).probabilities(0)).containsExactly(0.25, 0.75);
    assertThat(new Predictions(1, new float[] {0.75f, -2}, new float[2], 0.5f).probabilities(1)).containsExactly(1, 0);
    assertThat(new Predictions(2, new float[] {0.25f, 0.75f}, new float[1], 0.5f).probabilities(0)).containsExactly(0.25, 0.75);
    assertThat(new Predictions(1, new float[] {0, 2}, new float[2], 0).probabilities(0)).containsExactly(0.5, 0.5);
    assertThat(new Predictions(1, new float[] {0, 2}, new float[2], 0).predicted(1)).isEqualTo(1);
  }
}
