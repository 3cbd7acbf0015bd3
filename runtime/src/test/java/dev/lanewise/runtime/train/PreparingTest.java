package dev.lanewise.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.plan.Plan;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PreparingTest {
  private static final long MILLISECOND = 1_000_000;

  private final List<TrainEvent> told = new ArrayList<>();
  private final AtomicLong clock = new AtomicLong();

  /** Every look at the clock takes a millisecond. */
  private Preparing preparing(boolean stopsOnceTold) {
    return new Preparing("N", told::add, () -> stopsOnceTold && !told.isEmpty(), () -> clock.addAndGet(MILLISECOND));
  }

  @Test
  void aLargeNetworkTellsHowFarItIsAfterASecondAndThenTenTimesASecond() {
    Plan.training(network(3_000), new CrossEntropy(2), KernelSet.SCALAR, preparing(false));
    assertThat(told.getFirst()).isInstanceOf(TrainEvent.Preparing.class);
    List<TrainEvent.Preparing> all = told.stream().map(TrainEvent.Preparing.class::cast).toList();
    assertThat(all).hasSizeGreaterThan(10).hasSizeLessThan(100);
    assertThat(all).extracting(TrainEvent.Preparing::done).isSorted();
    assertThat(all).extracting(TrainEvent.Preparing::net).containsOnly("N");
    assertThat(all.getFirst().done()).isBetween(900, 1_000);
    assertThat(all.getLast().done()).isGreaterThan(all.getLast().operations() - 101);
  }

  @Test
  void itIsGivenUpWhenToldTo() {
    assertThatThrownBy(() -> Plan.training(network(3_000), new CrossEntropy(2), KernelSet.SCALAR, preparing(true)))
        .isInstanceOf(StoppedException.class);
    assertThat(told).hasSize(1);
  }

  @Test
  void aSmallNetworkSaysNothingHoweverSlowTheMachineIs() {
    clock.set(0);
    Preparing slow = new Preparing("N", told::add, () -> true, () -> clock.addAndGet(10_000 * MILLISECOND));
    Plan.training(network(100), new CrossEntropy(2), KernelSet.SCALAR, slow);
    assertThat(told).isEmpty();
  }

  private static Graph network(int layers) {
    GraphBuilder b = new GraphBuilder(Shape.of(2));
    Value v = b.add("first", new Dense(2, 2, true), b.input());
    for (int i = 0; i < layers; i++) {
      v = b.add("relu" + i, Pointwise.relu(v.shape()), v);
    }
    return b.build(v);
  }
}
