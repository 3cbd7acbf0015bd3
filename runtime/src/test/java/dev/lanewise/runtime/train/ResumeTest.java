package dev.lanewise.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.runtime.data.Augmentation;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.source.Mnist;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.layer.Layers;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Dropout;
import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.optimize.Clip;
import dev.lanewise.runtime.optimize.OptimizerDefinition;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.optimize.Plateau;
import dev.lanewise.runtime.optimize.Schedule;
import dev.lanewise.runtime.optimize.Schedules;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A training that ends abruptly and goes on from its file ends with the bits of one that was never interrupted. */
class ResumeTest {
  private static final int EPOCHS = 5;
  private static final int BATCHES = 10;
  private static final int MOMENTS = 50;

  private static DataSplit data;

  @TempDir private Path folder;

  private boolean plateau;

  /** What stands for a killed process: nothing after it is done, and memory is gone. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @BeforeAll
  static void read() throws IOException {
    data = Mnist.load(Path.of("../samples/mnist")).limit(300).validation(44, 1).normalizeAuto()
        .augmented(new Augmentation(List.of(new Augmentation.Rotate(10), new Augmentation.Shift(2))));
  }

  private static Graph network() {
    GraphBuilder b = new GraphBuilder(Shape.of(1, 28, 28));
    Value v = b.add("flatten", new Reshape(Shape.of(1, 28, 28), Shape.of(784)), b.input());
    v = b.add("dense1", new Dense(784, 16, true), v);
    Layer norm = Layers.named("batchnorm").orElseThrow();
    v = b.add("norm", norm.bind(Arguments.of(norm.signature(), Map.of()), v.shape()), v);
    v = b.add("relu", Pointwise.relu(v.shape()), v);
    v = b.add("dropout", new Dropout(v.shape(), 0.3, false), v);
    return b.build(b.add("dense2", new Dense(16, 10, true), v));
  }

  private TrainSettings settings(Optional<Path> resume) {
    OptimizerDefinition adam = Optimizers.named("adam").orElseThrow();
    Schedules.Definition cosine = Schedules.named("cosine").orElseThrow();
    Keep keep = new Keep(
        Optional.of(new Keep.Early(new Measure(true, Measure.Kind.LOSS), 4)), Optional.empty(), resume, List.of(Measure.Kind.ACCURACY));
    Schedule schedule = plateau ? new Plateau(new Measure(true, Measure.Kind.LOSS), 0.5, 0, 0.2, 1, 0)
        : cosine.bind(Arguments.of(cosine.signature(), Map.of()));
    // With a plateau come averages, and steps of several batches.
    return new TrainSettings(
        EPOCHS, 26, true, 3, new CrossEntropy(10), adam.bind(Arguments.of(adam.signature(), Map.of("lr", 0.01))),
        schedule, new Clip.Norm(1), keep, plateau ? 3 : 1, Double.POSITIVE_INFINITY, plateau ? 0.9 : 0);
  }

  /** @param moment the batch, counted over the whole run, after which it is killed; -1 for never */
  private boolean train(Model model, Optional<Path> resume, int moment) {
    int[] seen = {0};
    // Alone: the bits do not depend on it, and no thread waits for another on a machine that is busy.
    try (Engine engine = new Engine(1, KernelSet.VECTOR)) {
      engine.train(model, data, settings(resume), e -> {
        if (e instanceof TrainEvent.Batch && seen[0]++ == moment) {
          throw new Killed();
        }
      }, () -> false);
      return true;
    } catch (Killed e) {
      return false;
    }
  }

  private static long bits(Model model) {
    CRC32 crc = new CRC32();
    for (Tensor t : model.tensors()) {
      for (float v : t.values()) {
        int bits = Float.floatToRawIntBits(v);
        for (int i = 0; i < 4; i++) {
          crc.update(bits >>> 8 * i);
        }
      }
    }
    return crc.getValue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void goesOnWithTheSameBitsWhereverItEnded(boolean withPlateau) throws IOException {
    plateau = withPlateau;
    Model whole = Model.create("N", network(), 1);
    assertThat(train(whole, Optional.empty(), -1)).isTrue();
    Random random = new Random(5);
    for (int i = 0; i < MOMENTS; i++) {
      Path file = folder.resolve("run" + i + ".safetensors");
      int kills = 0;
      Model model = Model.create("N", network(), 1);
      while (!train(model, Optional.of(file), kills < 3 ? random.nextInt(EPOCHS * BATCHES) : -1)) {
        kills++;
        // What was in memory is lost.
        model = Model.create("N", network(), 1);
      }
      assertThat(bits(model)).as("moment %d, %d times killed", i, kills).isEqualTo(bits(whole));
      Files.delete(file);
    }
  }

  /** Changes the rate after some batches of the whole run, and ends abruptly after another; -1 for never. */
  private boolean changed(Model model, TrainSettings settings, int moment, Map<Integer, Double> rates, List<TrainEvent> events) {
    int[] seen = {0};
    try (Engine engine = new Engine(1, KernelSet.VECTOR)) {
      engine.train(model, data, settings, e -> {
        events.add(e);
        if (e instanceof TrainEvent.Batch && seen[0]++ == moment) {
          throw new Killed();
        }
      }, b -> Optional.ofNullable(rates.get((b.epoch() - 1) * BATCHES + b.batch())).<Control.Next>map(Control.Next.Rate::new).orElse(Control.GO_ON));
      return true;
    } catch (Killed e) {
      return false;
    }
  }

  /** What somebody did at the pause is done again, also in an epoch that was not kept, and in the first one, of which there was no file yet. */
  @Test
  void changesMadeByHandAreRepeated() throws IOException {
    Map<Integer, Double> rates = Map.of(4, 0.03, 23, 0.002);
    List<TrainEvent> events = new java.util.ArrayList<>();
    Model whole = Model.create("N", network(), 1);
    changed(whole, settings(Optional.empty()), -1, rates, events);
    for (int moment : new int[] {5, 12, 24, 31, 44}) {
      Path file = folder.resolve("run" + moment + ".safetensors");
      assertThat(changed(Model.create("N", network(), 1), settings(Optional.of(file)), moment, rates, events)).isFalse();
      // Nobody is there to do it again, but for what had not been done yet.
      Map<Integer, Double> rest = moment < 23 ? Map.of(23, 0.002) : Map.of();
      Model model = Model.create("N", network(), 1);
      events.clear();
      assertThat(changed(model, settings(Optional.of(file)), -1, rest, events)).isTrue();
      assertThat(bits(model)).as("killed after batch %d", moment).isEqualTo(bits(whole));
      Journal journal = new Journal(Birth.now(), 0, List.of(), List.of());
      for (TrainEvent e : events) {
        journal = e instanceof TrainEvent.Resumed r ? r.journal() : journal;
      }
      assertThat(journal.changes().stream().map(Change::planned).toList())
          .isEqualTo(moment / BATCHES == 0 ? List.of() : List.of(new Change.Rate(1, 4, Double.NaN, 0.03), new Change.Rate(3, 3, Double.NaN, 0.002))
              .subList(0, moment < 30 ? 1 : 2));
    }
  }

  @Test
  void changesOfTheSettingsAreThoseMadeByHand() {
    List<TrainEvent> events = new java.util.ArrayList<>();
    Model byHand = Model.create("N", network(), 1);
    changed(byHand, settings(Optional.empty()), -1, Map.of(4, 0.03, 20, 0.002), events);
    TrainSettings s = settings(Optional.empty());
    TrainSettings planned = new TrainSettings(
        s.epochs(), s.batch(), s.shuffle(), s.seed(), s.loss(), s.optimizer(), s.schedule(), s.clip(), s.keep(), s.accumulate(), s.minutes(), s.average(),
        List.of(new Change.Rate(2, 10, Double.NaN, 0.002), new Change.Rate(1, 4, Double.NaN, 0.03)));
    Model model = Model.create("N", network(), 1);
    List<TrainEvent> others = new java.util.ArrayList<>();
    changed(model, planned, -1, Map.of(), others);
    assertThat(bits(model)).isEqualTo(bits(byHand));
    assertThat(others.stream().filter(TrainEvent.RateChanged.class::isInstance)).hasSize(2)
        .containsExactlyElementsOf(events.stream().filter(TrainEvent.RateChanged.class::isInstance).toList());
  }

  @Test
  void aFileOfAnotherTrainingIsRefused() throws IOException {
    Path file = folder.resolve("run.safetensors");
    Model model = Model.create("N", network(), 1);
    train(model, Optional.of(file), 25);
    Safetensors.Content content = Safetensors.read(file);
    Map<String, String> other = new java.util.HashMap<>(content.metadata());
    other.put("seed", "4");
    Safetensors.write(file, content.tensors(), other);
    long before = bits(model);
    assertThatThrownBy(() -> train(model, Optional.of(file), -1))
        .isInstanceOf(UnfitException.class)
        .hasMessage("the file has seed 4, this training 3");
    Safetensors.write(file, model.tensors(), Map.of());
    assertThatThrownBy(() -> train(model, Optional.of(file), -1)).hasMessageContaining("is no training to go on with");
    Safetensors.write(file, content.tensors().subList(0, 5), content.metadata());
    assertThatThrownBy(() -> train(model, Optional.of(file), -1)).isInstanceOf(UnfitException.class);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> train(model, Optional.of(file), -1)).isInstanceOf(java.io.UncheckedIOException.class);
    assertThat(bits(model)).isEqualTo(before);
  }

  @Test
  void earlyStoppingTakesTheBestEpochBack() throws IOException {
    Path best = folder.resolve("best.safetensors");
    Measure by = new Measure(true, Measure.Kind.LOSS);
    Keep keep = new Keep(
        Optional.of(new Keep.Early(by, 2)), Optional.of(new Keep.Best(best, by)), Optional.empty(), List.of(Measure.Kind.ACCURACY));
    TrainSettings wild = new TrainSettings(
        40, 26, true, 3, new CrossEntropy(10), Optimizers.sgd(0.5, 0.9), Schedule.CONSTANT, new Clip.None(), keep);
    Model model = Model.create("N", network(), 1);
    List<TrainEvent> events = new java.util.ArrayList<>();
    try (Engine engine = new Engine(1, KernelSet.VECTOR)) {
      engine.train(model, data, wild, events::add, () -> false);
      TrainEvent.StoppedEarly stopped =
          events.stream().filter(TrainEvent.StoppedEarly.class::isInstance).map(TrainEvent.StoppedEarly.class::cast).findFirst().orElseThrow();
      assertThat(stopped.epoch()).isEqualTo(stopped.best() + 2);
      assertThat(engine.score(model, data.validation(), null, wild.loss()).loss()).isEqualTo(stopped.value());
    }
    Model saved = Model.create("N", network(), 2);
    saved.assign(Safetensors.read(best).tensors());
    assertThat(bits(saved)).isEqualTo(bits(model));
  }
}
