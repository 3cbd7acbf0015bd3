package dev.lanewise.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lanewise.runtime.data.Augmentation;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Points;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.layer.Layers;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.optimize.Clip;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.optimize.Schedule;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not finite in the data is not blamed on the learning rate. */
class GuardTest {
  private static final Shape IN = Shape.of(5);

  private static Graph network() {
    GraphBuilder b = new GraphBuilder(IN);
    Layer relu = Layers.named("relu").orElseThrow();
    Value v = b.add("dense1", new Dense(5, 8, true), b.input());
    v = b.add("relu1", relu.bind(Arguments.of(relu.signature(), Map.of()), v.shape()), v);
    return b.build(b.add("dense2", new Dense(8, 2, true), v));
  }

  private static Dataset examples(float odd) {
    float[][] values = new float[60][5];
    int[] labels = new int[60];
    for (int i = 0; i < values.length; i++) {
      values[i][i % 5] = 1;
      labels[i] = i % 2;
    }
    values[41][3] = odd;
    return new Points(IN, values, labels, 2);
  }

  private static String diagnosis(DataSplit data, double rate, int accumulate) {
    TrainSettings settings = new TrainSettings(
        3, 8, true, 7, new CrossEntropy(2), Optimizers.sgd(rate, 0.5), Schedule.CONSTANT, new Clip.None(), Keep.NOTHING, accumulate,
        Double.POSITIVE_INFINITY, 0);
    try (Engine engine = new Engine(1, KernelSet.VECTOR)) {
      return catchThrowableOfType(
          DivergedException.class,
          () -> engine.train(Model.create("N", network(), 3), data, settings, Listener.NONE, () -> false)).getMessage();
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void theExampleIsNamed(float odd) {
    Dataset examples = examples(odd);
    for (int accumulate : new int[] {1, 3}) {
      assertThat(diagnosis(new DataSplit("d", examples, null, examples), 0.01, accumulate))
          .contains("the data is the cause: `d.train.item(41)` has ").contains(" at [3]").doesNotContain("learning rate");
    }
  }

  @Test
  void whatIsMixedInIsNamedToo() {
    Dataset examples = examples(Float.NaN);
    DataSplit mixed = new DataSplit("d", examples, null, examples).augmented(new Augmentation(List.of(new Augmentation.Mixup(1))));
    assertThat(diagnosis(mixed, 0.01, 1)).contains("`d.train.item(41)` has NaN at [3]");
  }

  @Test
  void aLearningRateIsStillBlamed() {
    Dataset examples = examples(1);
    assertThat(diagnosis(new DataSplit("d", examples, null, examples), 1e30, 1)).contains("learning rate").doesNotContain("the data is the cause");
  }
}
