package dev.lanewise.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.optimize.Clip;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.optimize.Schedule;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Memory;
import dev.lanewise.runtime.tensor.Shape;
import org.junit.jupiter.api.Test;

/** A matrix of a million values, whose gradient is computed once for the batch: batches of several blocks, the last of them shorter, two to a step. */
class LateGradientsTest {
  private static final Shape IN = Shape.of(5);

  private static float[] trained(int threads, KernelSet kernels) {
    GraphBuilder b = new GraphBuilder(IN);
    Value v = b.add("dense1", new Dense(5, 1024, true), b.input());
    v = b.add("relu1", Pointwise.relu(v.shape()), v);
    v = b.add("dense2", new Dense(1024, Graph.LARGE / 1024, true), v);
    Model model = Model.create("N", b.build(b.add("dense3", new Dense(v.shape().size(), 3, true), v)), 7);
    DataSplit data = new DataSplit("few", new Few(117, IN, 3), null, new Few(1, IN, 3));
    TrainSettings settings = new TrainSettings(
        1, 40, true, 3, new CrossEntropy(3), Optimizers.sgd(0.2, 0.5), Schedule.CONSTANT, new Clip.Norm(0.5), Keep.NOTHING, 2,
        Double.POSITIVE_INFINITY, 0);
    try (Engine engine = new Engine(threads, kernels)) {
      engine.train(model, data, settings, Listener.NONE, () -> false);
    }
    return model.parameters();
  }

  @Test
  void sameBitsForAnyNumberOfThreads() {
    float[] one = trained(1, KernelSet.VECTOR);
    assertThat(trained(2, KernelSet.VECTOR)).isEqualTo(one);
    assertThat(trained(3, KernelSet.VECTOR)).isEqualTo(one);
  }

  @Test
  void asByTheFormulas() {
    float[] kernels = trained(2, KernelSet.VECTOR);
    float[] formulas = trained(2, KernelSet.SCALAR);
    for (int i = Memory.BASE; i < Memory.BASE + 1024 * 1024; i++) {
      assertThat(kernels[i]).isCloseTo(formulas[i], within(1e-5f));
    }
  }
}
