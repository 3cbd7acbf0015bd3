package dev.lanewise.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Xor;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Dense;
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
    assertThat(events.get(events.size() - 2)).isInstanceOfSatisfying(TrainEvent.OutOfTime.class, o -> {
      assertThat(o.epoch()).isEqualTo(1);
      assertThat(o.batch()).isEqualTo(1);
      assertThat(o.batches()).isEqualTo(2);
    });
    assertThat(events.getLast()).isInstanceOfSatisfying(TrainEvent.Ended.class, e -> assertThat(e.interrupted()).isFalse());
  }

  @Test
  void aBudgetIsAboveZero() {
    assertThatThrownBy(() -> settings(0)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("minutes");
  }
}
