package dev.lanewise.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.source.Mnist;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.plan.Networks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Ten training steps of the classic CNN against PyTorch in double precision; the constants come from src/test/python/ten_steps.py. */
@Tag("kernels")
class TenStepsTest {
  private static final double[] LOSSES = {
    2.3029131355,
    2.2891481863,
    2.3101404913,
    2.2788642599,
    2.3156655272,
    2.2994411470,
    2.2998324608,
    2.2791510952,
    2.2878804562,
    2.2996400759,
  };

  /** For each parameter: Σ |p - p0| and Σ (p - p0) sin(i). */
  private static final double[][] MOVED = {
    {0.28286447, 0.00828162},
    {0.01685969, -0.00056601},
    {4.74439273, 0.11110368},
    {0.05041637, 0.01031335},
    {10.47166609, -0.00467001},
    {0.36874323, 0.01298448},
    {0.34589547, -0.00024518},
    {0.18857463, 0.00075203},
  };

  @Test
  void lossesAndParametersEqualPyTorch() throws IOException {
    DataSplit data = Mnist.load(Path.of("../samples/mnist")).limit(640);
    Model model = Model.create("Cnn", Networks.classicCnn(false), 1);
    List<Tensor> first = new ArrayList<>();
    for (Tensor t : model.tensors()) {
      int k = first.size();
      float[] values = new float[t.values().length];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (Math.sin(0.7 * i + k) / Math.sqrt(List.of(25, 250, 320, 50).get(k / 2)));
      }
      first.add(new Tensor(t.name(), t.shape(), values));
    }
    model.assign(first);
    List<Double> losses = new ArrayList<>();
    Listener record =
        event -> {
          if (event instanceof TrainEvent.Batch batch) {
            losses.add(batch.loss());
          }
        };
    TrainSettings settings =
        new TrainSettings(1, 64, false, 1, new CrossEntropy(10), Optimizers.sgd(0.1f, 0.5f));
    try (Engine engine = new Engine(2, KernelSet.VECTOR)) {
      engine.train(model, data, settings, record, () -> false);
    }
    assertThat(losses).hasSize(LOSSES.length);
    for (int i = 0; i < LOSSES.length; i++) {
      assertThat(losses.get(i)).as("loss of step %d", i + 1).isCloseTo(LOSSES[i], within(2e-5));
    }
    for (int k = 0; k < first.size(); k++) {
      float[] before = first.get(k).values();
      float[] now = model.tensors().get(k).values();
      double distance = 0;
      double projection = 0;
      for (int i = 0; i < now.length; i++) {
        distance += Math.abs((double) now[i] - before[i]);
        projection += ((double) now[i] - before[i]) * Math.sin(i);
      }
      String name = first.get(k).name();
      assertThat(distance).as(name).isCloseTo(MOVED[k][0], within(1e-3 * MOVED[k][0]));
      assertThat(projection).as(name).isCloseTo(MOVED[k][1], within(1e-3 * MOVED[k][0]));
    }
  }
}
