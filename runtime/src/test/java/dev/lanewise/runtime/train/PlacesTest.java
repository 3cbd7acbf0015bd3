package dev.lanewise.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Paired;
import dev.lanewise.runtime.data.Points;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.operation.Conv;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.score.Score;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.tensor.Memory;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A class at each place: cross-entropy beside PyTorch's (src/test/python/losses_across.py), and what is counted. */
class PlacesTest {
  private static final int EXAMPLES = 4;
  private static final Shape SCORES = Shape.of(3, 2, 3);
  private static final int PLACES = 6;

  private static List<double[]> expected() throws IOException {
    try (InputStream in = PlacesTest.class.getResourceAsStream("places.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
          .map(l -> Stream.of(l.split(" ")).mapToDouble(Double::parseDouble).toArray()).toList();
    }
  }

  /** The mean over the batch is that of the examples' losses by what they count. */
  @Test
  void lossAndGradientArePyTorchs() throws IOException {
    for (double[] wanted : expected()) {
      CrossEntropy loss = new CrossEntropy(SCORES, wanted[0], wanted[1] == 1 ? List.of(0.5, 1.5, 2.0) : List.of(), (int) wanted[2]);
      double counts = 0;
      double sum = 0;
      for (int e = 0; e < EXAMPLES; e++) {
        double[][] out = {new double[1]};
        loss.evaluate(_ -> 0, new double[][] {scores(e), classes(e)}, out);
        sum += out[0][0];
        counts += Arrays.stream(classes(e)).map(c -> loss.weight((int) c)).sum() / PLACES;
      }
      assertThat(sum / counts).isCloseTo(wanted[3], within(1e-12));
      for (int e = 0; e < EXAMPLES; e++) {
        double[][] dx = {new double[SCORES.size()]};
        new CrossEntropy.Gradient(loss).evaluate(_ -> 0, new double[][] {scores(e), classes(e), {1 / counts}}, dx);
        for (int i = 0; i < SCORES.size(); i++) {
          assertThat(dx[0][i]).isCloseTo(wanted[4 + e * SCORES.size() + i], within(1e-12));
        }
      }
    }
  }

  private static double[] scores(int example) {
    double[] x = new double[SCORES.size()];
    Arrays.setAll(x, k -> {
      int i = example * x.length + k;
      return (5 * i * i + 3 * i) % 17 / 4.0 - 2;
    });
    return x;
  }

  private static double[] classes(int example) {
    double[] t = new double[PLACES];
    Arrays.setAll(t, k -> {
      int i = example * PLACES + k;
      return (i * i + i / 5) % 3;
    });
    return t;
  }

  /** The scores are the examples themselves, and a convolution of 1 hands them on. */
  private static Model same() {
    GraphBuilder b = new GraphBuilder(SCORES);
    Graph graph = b.build(b.add("conv1", new Conv(SCORES, 3, 1, 1, 0, false), b.input()));
    Model model = Model.create("N", graph, 1);
    System.arraycopy(new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, 0, model.parameters(), Memory.BASE, 9);
    return model;
  }

  private static Dataset data(int classOfAll) {
    float[][] x = new float[EXAMPLES][];
    float[][] t = new float[EXAMPLES][];
    for (int e = 0; e < EXAMPLES; e++) {
      x[e] = floats(scores(e));
      t[e] = floats(classes(e));
      if (classOfAll >= 0) {
        Arrays.fill(t[e], classOfAll);
      }
    }
    Shape places = Shape.of(1, 2, 3);
    return new Paired(new Points(SCORES, x), new Points(places, t), Target.classes(places, 3));
  }

  private static float[] floats(double[] values) {
    float[] all = new float[values.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = (float) values[i];
    }
    return all;
  }

  @Test
  void whatIsCountedIsCountedByHand() throws IOException {
    double loss = expected().get(3)[3];
    for (KernelSet kernels : KernelSet.values()) {
      try (Engine engine = new Engine(2, kernels)) {
        Score score = engine.test(same(), new DataSplit("d", data(-1), null, data(-1)), new CrossEntropy(SCORES, 0, List.of(), 1), _ -> { });
        assertThat(score.loss()).isCloseTo(loss, within(1e-6));
        long[][] counts = new long[3][3];
        long all = 0;
        for (int e = 0; e < EXAMPLES; e++) {
          for (int p = 0; p < PLACES; p++) {
            int right = (int) classes(e)[p];
            int said = 0;
            for (int c = 1; c < 3; c++) {
              said = scores(e)[c * PLACES + p] > scores(e)[said * PLACES + p] ? c : said;
            }
            counts[right][said] += right == 1 ? 0 : 1;
            all += right == 1 ? 0 : 1;
          }
        }
        assertThat(score.confusion().counts()).isDeepEqualTo(counts);
        assertThat(score.accuracy()).isCloseTo((double) (counts[0][0] + counts[2][2]) / all, within(1e-12));
        double iou = 0;
        for (int c : new int[] {0, 2}) {
          long of = counts[c][0] + counts[c][1] + counts[c][2];
          long said = counts[0][c] + counts[1][c] + counts[2][c];
          iou += (double) counts[c][c] / (of + said - counts[c][c]) / 2;
        }
        assertThat(score.of(Measure.Kind.IOU)).isCloseTo(iou, within(1e-12));
      }
    }
  }

  /** Nothing counts: no loss, and nothing changes. */
  @Test
  void aBatchOfWhichAllIsLeftOutChangesNothing() {
    Model model = same();
    float[] before = model.parameters().clone();
    try (Engine engine = new Engine(2, KernelSet.VECTOR)) {
      TrainSettings settings = new TrainSettings(2, 2, true, 1, new CrossEntropy(SCORES, 0, List.of(), 1), Optimizers.sgd(0.1, 0));
      engine.train(model, new DataSplit("d", data(1), null, data(1)), settings, e -> {
        if (e instanceof TrainEvent.Epoch epoch) {
          assertThat(epoch.train().loss()).isZero();
          assertThat(epoch.train().accuracy()).isZero();
        }
      }, Control.until(() -> false));
    }
    assertThat(model.parameters()).isEqualTo(before);
  }
}
