package dev.lanewise.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PreparationTest {
  private static final long MILLISECOND = 1_000_000;

  private record Told(int done, int operations) {}

  private final List<Told> told = new ArrayList<>();
  private final AtomicLong clock = new AtomicLong();

  /** Every look at the clock takes a millisecond. */
  private Preparation preparing(Runnable goOn) {
    return new Preparation.Slow((done, of) -> told.add(new Told(done, of)), goOn, () -> clock.addAndGet(MILLISECOND));
  }

  @Test
  void aLargeNetworkTellsHowFarItIsAfterASecondAndThenTenTimesASecond() {
    Plan.training(network(3_000), new CrossEntropy(2), KernelSet.SCALAR, preparing(() -> { }));
    assertThat(told).hasSizeGreaterThan(10).hasSizeLessThan(100);
    assertThat(told).extracting(Told::done).isSorted();
    assertThat(told.getFirst().done()).isBetween(900, 1_000);
    assertThat(told.getLast().done()).isGreaterThan(told.getLast().operations() - 101);
  }

  @Test
  void itIsGivenUpWhenToldTo() {
    Preparation preparation = preparing(() -> {
      if (!told.isEmpty()) {
        throw new IllegalStateException("given up");
      }
    });
    assertThatThrownBy(() -> Plan.training(network(3_000), new CrossEntropy(2), KernelSet.SCALAR, preparation)).hasMessage("given up");
    assertThat(told).hasSize(1);
  }

  @Test
  void aSmallNetworkSaysNothingHoweverSlowTheMachineIs() {
    Preparation slow = new Preparation.Slow(
        (done, of) -> told.add(new Told(done, of)), () -> { }, () -> clock.addAndGet(10_000 * MILLISECOND));
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
