package dev.lanewise.runtime.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.plan.Plan;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When blocks go side by side, so that more workers have something to do than there are blocks. */
class SharedStepsTest {
  private static Plan plan(int width, KernelSet kernels) {
    GraphBuilder b = new GraphBuilder(Shape.of(24));
    Value v = b.add("fc1", new Dense(24, width, true), b.input());
    v = b.add("fc2", new Dense(width, width, true), v);
    Graph graph = b.build(b.add("fc3", new Dense(width, 3, true), v));
    return Plan.training(graph, new CrossEntropy(3), kernels);
  }

  @Test
  void moreWorkersThanBlocksShareLargeSteps() {
    Plan large = plan(1_024, KernelSet.VECTOR);
    assertThat(BatchRunner.areBesides(large, 64, 16)).isTrue();
    assertThat(BatchRunner.areBesides(large, 64, 5)).isTrue();
    // As many blocks as workers, or one block: each is the work of one.
    assertThat(BatchRunner.areBesides(large, 64, 4)).isFalse();
    assertThat(BatchRunner.areBesides(large, 16, 64)).isFalse();
    assertThat(BatchRunner.areBesides(plan(64, KernelSet.VECTOR), 64, 16)).isFalse();
    assertThat(BatchRunner.areBesides(plan(1_024, KernelSet.SCALAR), 64, 16)).isFalse();
  }

  /** Forward and backward through the large layer: of four blocks 16 parts each. */
  @Test
  void aLargeLayerHasWorkForMany() {
    Plan large = plan(1_024, KernelSet.VECTOR);
    assertThat(IntStream.range(0, large.steps(0)).map(s -> large.parts(0, s)).filter(p -> p > 1)).containsExactly(16, 16);
  }
}
