package dev.lanewise.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.runtime.attack.Attack;
import dev.lanewise.runtime.data.Augmentation;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Held;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.data.Points;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Dropout;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.optimize.Clip;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.optimize.Schedule;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training on attacked examples. */
class HardeningTest {
  private static final Shape IMAGE = Shape.of(1, 4, 4);
  private static final CrossEntropy LOSS = new CrossEntropy(2);

  private static Graph network() {
    GraphBuilder b = new GraphBuilder(IMAGE);
    Value v = b.add("flatten1", new Reshape(IMAGE, IMAGE.flat()), b.input());
    v = b.add("dense1", new Dense(16, 24, true), v);
    v = b.add("relu1", Pointwise.relu(v.shape()), v);
    v = b.add("dropout1", new Dropout(v.shape(), 0.1, false), v);
    return b.build(b.add("dense2", new Dense(24, 2, true), v));
  }

  /** Half of the pixels are a little brighter, the first pixel tells the class by much: what is weak can be attacked, what is strong cannot. */
  private static DataSplit data() {
    Random random = new Random(4);
    float[][] images = new float[200][IMAGE.size()];
    int[] labels = new int[images.length];
    for (int i = 0; i < images.length; i++) {
      labels[i] = random.nextInt(2);
      for (int k = 0; k < IMAGE.size(); k++) {
        float middle = k == 0 ? (labels[i] == 1 ? 0.85f : 0.15f) : labels[i] == 1 ? 0.55f : 0.45f;
        images[i][k] = Math.clamp(middle + 0.08f * (float) random.nextGaussian(), 0f, 1f);
      }
    }
    Points points = new Points(IMAGE, images, labels, 2);
    DataSplit plain = new DataSplit("d", points, null, points);
    return plain.in(plain.world().normalized(Normalization.none(IMAGE))).augmented(new Augmentation(List.of(new Augmentation.Noise(0.02))));
  }

  private static TrainSettings settings(int epochs) {
    return new TrainSettings(epochs, 20, true, 3, LOSS, Optimizers.sgd(0.2, 0));
  }

  private static Model trained(int threads, TrainSettings settings, List<TrainEvent> events) {
    Model model = Model.create("N", network(), 3);
    try (Engine engine = new Engine(threads, KernelSet.VECTOR)) {
      engine.train(model, data(), settings, events::add, () -> false);
    }
    return model;
  }

  private static double left(Model model, Attack attack) {
    try (Engine engine = new Engine(1, KernelSet.VECTOR)) {
      Held images = engine.attacked(model, data(), 200, LOSS, attack, OptionalInt.empty(), 9);
      return engine.test(model, new DataSplit("d", images, null, images), LOSS, Listener.NONE).accuracy();
    }
  }

  @Test
  void itHelps() {
    Attack attack = Attack.pgd(0.2, 5);
    List<TrainEvent> events = new ArrayList<>();
    double plain = left(trained(1, settings(15), new ArrayList<>()), Attack.pgd(0.2, 20));
    double hard = left(trained(1, settings(15).against(attack), events), Attack.pgd(0.2, 20));
    assertThat(hard).isGreaterThan(0.8).isGreaterThan(plain + 0.1);
    List<Withstood> told = told(events);
    assertThat(told).hasSize(15);
    assertThat(told.getLast().clean()).isGreaterThanOrEqualTo(told.getLast().attacked()).isGreaterThan(0.8);
    assertThat(events.stream().filter(TrainEvent.Started.class::isInstance).map(e -> ((TrainEvent.Started) e).probe()).toList())
        .containsExactly(Optional.of(new TrainEvent.Probe(Attack.pgd(0.2, 10), 200)));
  }

  private static List<Withstood> told(List<TrainEvent> events) {
    return events.stream().filter(TrainEvent.Epoch.class::isInstance).flatMap(e -> ((TrainEvent.Epoch) e).withstood().stream()).toList();
  }

  @Test
  void threadsDoNotChangeABit() {
    for (Attack attack : List.of(Attack.fgsm(0.1, true), Attack.pgd(0.2, 3).restarted(2))) {
      float[] one = trained(1, settings(2).against(attack), new ArrayList<>()).parameters();
      assertThat(trained(3, settings(2).against(attack), new ArrayList<>()).parameters()).isEqualTo(one);
      assertThat(trained(1, settings(2), new ArrayList<>()).parameters()).isNotEqualTo(one);
    }
  }

  @Test
  void goesOnWithTheSameBits(@TempDir Path folder) {
    Attack attack = Attack.pgd(0.2, 3);
    float[] whole = trained(1, settings(4).against(attack), new ArrayList<>()).parameters();
    Keep keep = new Keep(Optional.empty(), Optional.empty(), Optional.of(folder.resolve("run")), List.of());
    trained(1, settings(2).against(attack).with(keep), new ArrayList<>());
    List<TrainEvent> events = new ArrayList<>();
    assertThat(trained(2, settings(4).against(attack).with(keep), events).parameters()).isEqualTo(whole);
    List<TrainEvent> again = new ArrayList<>();
    trained(1, settings(4).against(attack).with(keep), again);
    List<Withstood> held = again.stream().filter(TrainEvent.Resumed.class::isInstance).flatMap(e -> ((TrainEvent.Resumed) e).journal().epochs().stream())
        .map(e -> e.withstood().orElseThrow()).toList();
    assertThat(held).hasSize(4).endsWith(told(events).toArray(Withstood[]::new));
    assertThatThrownBy(() -> trained(1, settings(6).with(keep), new ArrayList<>())).isInstanceOf(UnfitException.class).hasMessageContaining("adversarial");
  }

  /** Its own attack hardly moves a pixel: the network withstands it, and forgets what it had learned of the other one. */
  @Test
  void endsWhereOnlyItsOwnAttackIsWithstood() {
    List<TrainEvent> events = new ArrayList<>();
    Model model = trained(1, settings(15).against(Attack.pgd(0.2, 5)), new ArrayList<>());
    float[] before = model.parameters().clone();
    Schedule late = (base, step, steps, epoch) -> epoch == 0 ? 0 : base;
    Attack weak = new Attack("fgsm", 0.2, 1, 1e-6, 1, false);
    TrainSettings settings = new TrainSettings(30, 20, true, 3, LOSS, Optimizers.sgd(0.5, 0), late, new Clip.None(), Keep.NOTHING).against(weak);
    try (Engine engine = new Engine(1, KernelSet.VECTOR)) {
      engine.train(model, data(), settings, events::add, () -> false);
    }
    TrainEvent.Overfitted found = events.stream().filter(TrainEvent.Overfitted.class::isInstance).map(TrainEvent.Overfitted.class::cast).findFirst().orElseThrow();
    assertThat(found.now()).isLessThan(found.before() - 0.2);
    assertThat(found.by()).isEqualTo(Attack.pgd(0.2, 10));
    assertThat(events.stream().filter(TrainEvent.Epoch.class::isInstance)).hasSize(found.epoch() - 1);
    assertThat(events.getLast()).isInstanceOf(TrainEvent.Ended.class);
    // It is as it was after the last epoch that counts: after the first one, as before.
    assertThat(left(model, Attack.pgd(0.2, 10))).isGreaterThan(found.now() + 0.1);
    assertThat(Arrays.equals(model.parameters(), before)).isEqualTo(found.epoch() == 2);
  }
}
