package dev.lanewise.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.runtime.data.Augmentation;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.source.Mnist;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.layer.Losses;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.optimize.Clip;
import dev.lanewise.runtime.optimize.OptimizerDefinition;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.optimize.Schedule;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.plan.Networks;
import dev.lanewise.runtime.score.Score;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EngineTest {
  /** Of the parameters after an epoch on 1,000 images: at every vector width and on every machine. */
  private static final long EXPECTED_BITS = 2691443928L;

  private static final long EXPECTED_BITS_OF_MUON = 3485901990L;
  private static final long EXPECTED_BITS_OF_PHASES = 3351344425L;

  /** All at one width, and some at the others: the bits expected are the same at each. */
  private static final int[] THREADS =
      Integer.getInteger("lanewise.vector", 256) == 256 ? new int[] {1, 2, 3, 8} : new int[] {1, 3};

  private static final TrainSettings SETTINGS =
      new TrainSettings(1, 100, true, 7, new CrossEntropy(10), Optimizers.sgd(0.05f, 0.5f));

  private static Model model() {
    return Model.create("Cnn", Networks.classicCnn(true), 3);
  }

  private static DataSplit data() throws IOException {
    return Mnist.load(Path.of("../samples/mnist")).limit(1000);
  }

  @Test
  @Tag("kernels")
  void sameBitsForAnyNumberOfThreadsAndAnyVectorWidth() throws IOException {
    for (int threads : THREADS) {
      Model model = model();
      try (Engine engine = new Engine(threads, KernelSet.VECTOR)) {
        assertThat(engine.train(model, data(), SETTINGS, Listener.NONE, () -> false)).isTrue();
      }
      assertThat(bits(model)).as("%d threads", threads).isEqualTo(EXPECTED_BITS);
    }
  }

  /** Sums over the batch, running means, moved images, adaptive steps and limited gradients. */
  @Test
  @Tag("kernels")
  void sameBitsAlsoWhereBlocksWaitForEachOther() throws IOException {
    DataSplit moved = data().augmented(
        new Augmentation(List.of(new Augmentation.Rotate(10), new Augmentation.Shift(2), new Augmentation.Noise(0.1))));
    OptimizerDefinition adam = Optimizers.named("adamw").orElseThrow();
    TrainSettings settings = new TrainSettings(
        1, 100, true, 7, new CrossEntropy(10), adam.bind(Arguments.of(adam.signature(), Map.of())), Schedule.CONSTANT,
        new Clip.Norm(1), Keep.NOTHING);
    for (int threads : THREADS) {
      Model model = Model.create("Res", Networks.residual(), 3);
      try (Engine engine = new Engine(threads, KernelSet.VECTOR)) {
        assertThat(engine.train(model, moved, settings, Listener.NONE, () -> false)).isTrue();
      }
      assertThat(bits(model)).as("%d threads", threads).isEqualTo(EXPECTED_BITS_OF_PHASES);
    }
  }

  /** Matrices that are made orthogonal, averages, weights of classes, and steps of several batches. */
  @Test
  @Tag("kernels")
  void muonHasTheSameBitsForAnyNumberOfThreads() throws IOException {
    OptimizerDefinition muon = Optimizers.named("muon").orElseThrow();
    Layer loss = Losses.named("cross_entropy").orElseThrow();
    List<Double> weights = List.of(1.0, 2.0, 0.5, 1.0, 1.0, 1.0, 3.0, 1.0, 1.0, 0.25);
    TrainSettings settings = new TrainSettings(
        1, 48, true, 7, loss.bind(Arguments.of(loss.signature(), Map.of("weights", weights, "smooth", 0.1)), Shape.of(10)),
        muon.bind(Arguments.of(muon.signature(), Map.of("decay", 0.01))), Schedule.CONSTANT, new Clip.Norm(1), Keep.NOTHING, 3,
        Double.POSITIVE_INFINITY, 0.9);
    for (int threads : THREADS) {
      Model model = model();
      try (Engine engine = new Engine(threads, KernelSet.VECTOR)) {
        assertThat(engine.train(model, data(), settings, Listener.NONE, () -> false)).isTrue();
      }
      assertThat(bits(model)).as("%d threads", threads).isEqualTo(EXPECTED_BITS_OF_MUON);
    }
  }

  @Test
  void warmingUpBesideATrainingDoesNotChangeIt() throws IOException {
    Model model = model();
    WarmUp.start(Networks.classicCnn(true), SETTINGS);
    try (Engine engine = new Engine(1, KernelSet.VECTOR)) {
      engine.train(model, data(), SETTINGS, Listener.NONE, () -> false);
    }
    assertThat(bits(model)).isEqualTo(EXPECTED_BITS);
  }

  @Test
  void learnsAndTests() throws IOException {
    Model model = model();
    List<TrainEvent> events = new ArrayList<>();
    TrainSettings settings = new TrainSettings(10, 32, true, 7, SETTINGS.loss(), SETTINGS.optimizer());
    try (Engine engine = new Engine(2, KernelSet.VECTOR)) {
      Score before = engine.test(model, data(), settings.loss(), events::add);
      engine.train(model, data(), settings, events::add, () -> false);
      Score after = engine.test(model, data(), settings.loss(), events::add);
      assertThat(before.accuracy()).isLessThan(0.3);
      assertThat(after.accuracy()).isGreaterThan(0.75);
      assertThat(after.examples()).isEqualTo(1000);
    }
    assertThat(events.stream().filter(e -> e instanceof TrainEvent.Epoch)).hasSize(10);
    assertThat(events.stream().filter(e -> e instanceof TrainEvent.Batch)).hasSize(10 * 32);
  }

  @Test
  void stopsAfterTheCurrentBatchAndKeepsTheModel() throws IOException {
    Model model = model();
    List<TrainEvent> events = new ArrayList<>();
    try (Engine engine = new Engine(2, KernelSet.VECTOR)) {
      boolean finished =
          engine.train(
              model, data(), SETTINGS, events::add, () -> events.getLast() instanceof TrainEvent.Batch b && b.batch() == 3);
      assertThat(finished).isFalse();
    }
    assertThat(events.getLast()).isInstanceOfSatisfying(TrainEvent.Ended.class, e -> assertThat(e.interrupted()).isTrue());
    assertThat(bits(model)).isNotEqualTo(bits(model()));
  }

  @Test
  void divergedTrainingIsDiagnosed() throws IOException {
    TrainSettings wild = new TrainSettings(5, 100, true, 7, SETTINGS.loss(), Optimizers.sgd(1e20f, 0.5f));
    try (Engine engine = new Engine(1, KernelSet.VECTOR)) {
      assertThatThrownBy(() -> engine.train(model(), data(), wild, Listener.NONE, () -> false))
          .isInstanceOf(DivergedException.class)
          .hasMessageContaining("epoch 1")
          .hasMessageContaining("learning rate");
    }
  }

  @Test
  void parametersGoOutAndIn() {
    Model one = model();
    Model other = Model.create("Cnn", Networks.classicCnn(true), 4);
    other.assign(one.tensors());
    assertThat(bits(other)).isEqualTo(bits(one));
    assertThatThrownBy(() -> other.assign(one.tensors().subList(1, 8))).hasMessageContaining("no conv1.weight");
  }

  private static long bits(Model model) {
    CRC32C crc = new CRC32C();
    for (Tensor t : model.tensors()) {
      ByteBuffer bytes = ByteBuffer.allocate(t.values().length * 4);
      bytes.asFloatBuffer().put(t.values());
      crc.update(bytes.array());
    }
    return crc.getValue();
  }
}
