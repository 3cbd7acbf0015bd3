package dev.lanewise.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.runtime.data.Aimed;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.layer.Losses;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.tensor.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The gradient of examples, as it is asked for. */
class InputGradientsTest {
  private final GraphBuilder b = new GraphBuilder(Shape.of(5));
  private final Graph linear = b.build(b.add("dense1", new Dense(5, 3, true), b.input()));

  @Test
  void ofAnOutputOfALinearNetworkAreItsWeights() {
    Model model = Model.create("N", linear, 3);
    float[] weights = model.tensors().getFirst().values();
    try (Engine engine = new Engine(2, KernelSet.VECTOR)) {
      for (int k = 0; k < 3; k++) {
        float[][] found = engine.inputGradients(model, Aimed.all(new Few(20, Shape.of(5), 3), k, 3), Losses.output(Shape.of(3)));
        assertThat(found).hasDimensions(20, 5);
        for (float[] row : found) {
          assertThat(row).isEqualTo(Arrays.copyOfRange(weights, 5 * k, 5 * k + 5));
        }
      }
    }
  }

  /** Each is that of its own loss: it does not matter how many others there are. */
  @Test
  void ofManyAreThoseOfEach() {
    Model model = Model.create("N", linear, 3);
    Few many = new Few(2100, Shape.of(5), 3);
    try (Engine engine = new Engine(2, KernelSet.VECTOR)) {
      float[][] all = engine.inputGradients(model, many, new CrossEntropy(3));
      float[][] few = engine.inputGradients(model, new Few(2, Shape.of(5), 3), new CrossEntropy(3));
      assertThat(all).hasDimensions(2100, 5);
      assertThat(all[0]).isEqualTo(few[0]).isNotEqualTo(new float[5]);
      assertThat(all[1]).isEqualTo(few[1]);
      assertThat(all[2099]).isNotEqualTo(new float[5]);
    }
  }
}
