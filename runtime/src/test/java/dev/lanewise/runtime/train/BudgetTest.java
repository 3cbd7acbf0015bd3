package dev.lanewise.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.source.Xor;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.optimize.Clip;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.optimize.Schedule;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A training may take so much time and no more. */
class BudgetTest {
  private static final int EPOCHS = 1_000_000;

  private static TrainSettings settings(double minutes) {
    return new TrainSettings(
        EPOCHS, 2, true, 1, new CrossEntropy(2), Optimizers.sgd(0.1, 0), Schedule.CONSTANT, new Clip.None(), Keep.NOTHING, 1, minutes, 0);
  }

  private static Graph network() {
    GraphBuilder b = new GraphBuilder(Shape.of(2));
    return b.build(b.add("dense1", new Dense(2, 2, true), b.input()));
  }

  @Test
  void endsWithTheBatchAtWork() {
    DataSplit data = Xor.load();
    List<TrainEvent> events = new ArrayList<>();
    try (Engine engine = new Engine(1, KernelSet.SCALAR)) {
      // Shorter than any batch.
      assertThat(engine.train(Model.create("N", network(), 1), data, settings(1e-12), events::add, () -> false)).isTrue();
    }
    assertThat(events.stream().filter(TrainEvent.Batch.class::isInstance)).hasSize(1);
    // What was seen of the epoch counts as one.
    assertThat(events.stream().filter(TrainEvent.Epoch.class::isInstance).map(e -> ((TrainEvent.Epoch) e).train().examples()))
        .containsExactly(2);
    List<TrainEvent> last = events.stream().filter(e -> !(e instanceof TrainEvent.Watched)).toList();
    assertThat(last.get(last.size() - 2)).isInstanceOfSatisfying(TrainEvent.OutOfTime.class, o -> {
      assertThat(o.epoch()).isEqualTo(1);
      assertThat(o.batch()).isEqualTo(1);
      assertThat(o.batches()).isEqualTo(2);
    });
    assertThat(events.getLast()).isInstanceOfSatisfying(TrainEvent.Ended.class, e -> assertThat(e.interrupted()).isFalse());
  }

  /** The time is over before the first step: there is no average yet, and the network is tested as it is. */
  @Test
  void beforeTheFirstStepTheAverageIsTheNetwork() {
    DataSplit data = new DataSplit("xor", Xor.load().train(), Xor.load().train(), Xor.load().test());
    TrainSettings settings = new TrainSettings(
        EPOCHS, 2, true, 1, new CrossEntropy(2), Optimizers.sgd(0.1, 0), Schedule.CONSTANT, new Clip.None(), Keep.NOTHING, 2, 1e-12, 0.9);
    Model model = Model.create("N", network(), 1);
    List<TrainEvent> events = new ArrayList<>();
    try (Engine engine = new Engine(1, KernelSet.SCALAR)) {
      double loss = engine.test(model, data, settings.loss(), Listener.NONE).loss();
      engine.train(model, data, settings, events::add, () -> false);
      assertThat(events.stream().filter(TrainEvent.Epoch.class::isInstance).map(e -> ((TrainEvent.Epoch) e).validation().loss())).containsExactly(loss);
    }
  }

  @Test
  void aBudgetIsAboveZero() {
    assertThatThrownBy(() -> settings(0)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("minutes");
  }
}
