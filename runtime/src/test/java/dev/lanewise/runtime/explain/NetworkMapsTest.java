package dev.lanewise.runtime.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.operation.Conv;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.rewrite.Inference;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.train.Engine;
import dev.lanewise.runtime.train.Model;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Maps of a small network, 1x6x6, two filters of 3x3, relu, three outputs: beside loops over its weights in double. */
class NetworkMapsTest {
  private static final Shape IN = Shape.of(1, 6, 6);
  private static final Normalization PLAIN = Normalization.none(IN);

  private final Engine engine = new Engine(2, KernelSet.VECTOR);
  private final Model model = Model.create("Small", graph(), 5);
  private final float[] x = SmallScore.example(36, 8);

  private static Graph graph() {
    GraphBuilder b = new GraphBuilder(IN);
    Value v = b.add("conv1", new Conv(IN, 2, 3, 1, 0, true), b.input());
    v = b.add("relu1", Pointwise.relu(v.shape()), v);
    v = b.add("flatten1", new Reshape(v.shape(), v.shape().flat()), v);
    return b.build(b.add("dense1", new Dense(32, 3, true), v));
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private double[] doubles(String parameter) {
    float[] values = model.values(parameter);
    double[] doubles = new double[values.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  /** What relu1 gives: 2x4x4. */
  private double[] maps(float[] image) {
    double[] w = doubles("conv1.weight");
    double[] b = doubles("conv1.bias");
    double[] maps = new double[32];
    for (int i = 0; i < 32; i++) {
      double sum = b[i / 16];
      for (int k = 0; k < 9; k++) {
        sum += w[i / 16 * 9 + k] * image[(i % 16 / 4 + k / 3) * 6 + i % 4 + k % 3];
      }
      maps[i] = Math.max(0, sum);
    }
    return maps;
  }

  private double score(float[] image, int label) {
    double[] w = doubles("dense1.weight");
    double sum = doubles("dense1.bias")[label];
    double[] maps = maps(image);
    for (int i = 0; i < 32; i++) {
      sum += w[label * 32 + i] * maps[i];
    }
    return sum;
  }

  /** dScore / dx, by the chain rule written out. */
  private double[] gradient(float[] image, int label) {
    double[] w = doubles("conv1.weight");
    double[] out = doubles("dense1.weight");
    double[] maps = maps(image);
    double[] gradient = new double[36];
    for (int i = 0; i < 32; i++) {
      for (int k = 0; k < 9 && maps[i] > 0; k++) {
        gradient[(i % 16 / 4 + k / 3) * 6 + i % 4 + k % 3] += out[label * 32 + i] * w[i / 16 * 9 + k];
      }
    }
    return gradient;
  }

  private ScoreFunction of(int label) {
    return new NetworkScore(engine, model, ClassScore.of(Shape.of(3), label, 3));
  }

  @Test
  void saliencyOfANetwork() {
    for (int label = 0; label < 3; label++) {
      double[] map = Saliency.map(Saliency.slopes(of(label), x, IN, PLAIN), 1);
      double[] expected = gradient(x, label);
      for (int i = 0; i < 36; i++) {
        assertThat(map[i]).isCloseTo(Math.abs(expected[i]), within(1e-5));
      }
      assertThat(of(label).value(x)).isCloseTo(score(x, label), within(1e-5));
    }
  }

  @Test
  void integratedGradientsOfANetworkAreComplete() {
    float[] black = new float[36];
    IntegratedGradients found = IntegratedGradients.complete(of(1), x, black);
    assertThat(found.sum()).isCloseTo(score(x, 1) - score(black, 1), within(1e-3));
    double[] sums = new double[36];
    for (int k = 0; k < 20_000; k++) {
      float[] point = new float[36];
      for (int i = 0; i < 36; i++) {
        point[i] = (float) ((k + 0.5) / 20_000 * x[i]);
      }
      double[] gradient = gradient(point, 1);
      for (int i = 0; i < 36; i++) {
        sums[i] += x[i] * gradient[i] / 20_000;
      }
    }
    for (int i = 0; i < 36; i++) {
      assertThat(found.attributions()[i]).isCloseTo(sums[i], within(5e-3));
    }
  }

  /** Equations 1 and 2 of the paper, from weights alone: the gradient at relu1 is a row of dense1. */
  @Test
  void gradCamIsThatOfThePaper() {
    GradCam cam = cam("relu1", ClassScore.of(Shape.of(3), 2, 3)).orElseThrow();
    double[] w = doubles("dense1.weight");
    double[] maps = maps(x);
    double[] alpha = new double[2];
    for (int i = 0; i < 32; i++) {
      alpha[i / 16] += w[64 + i] / 16;
    }
    double[] map = cam.map();
    assertThat(map).hasSize(16);
    assertThat(cam.weights()).containsExactly(alpha, within(1e-12));
    for (int i = 0; i < 16; i++) {
      assertThat(map[i]).isCloseTo(Math.max(0, alpha[0] * maps[i] + alpha[1] * maps[16 + i]), within(1e-12));
    }
    assertThat(cam.map(6, 6)).hasSize(36);
    assertThat(cam("relu7", ClassScore.of(Shape.of(3), 2, 3))).isEmpty();
  }

  private Optional<GradCam> cam(String layer, ClassScore score) {
    Function<Parameter, double[]> parameters = p -> doubles(p.name());
    double[] input = new double[36];
    for (int i = 0; i < 36; i++) {
      input[i] = x[i];
    }
    return GradCam.of(Inference.of(model.graph()), layer, score, parameters, Map.of(GraphBuilder.INPUT, input));
  }

  /** One output tells two classes apart: what speaks for one speaks against the other. */
  @Test
  void theFirstOfTwoClassesIsTheOtherSign() {
    GraphBuilder b = new GraphBuilder(Shape.of(4));
    Model two = Model.create("Two", b.build(b.add("dense1", new Dense(4, 1, true), b.input())), 2);
    float[] point = {1, 2, 3, 4};
    float[] yes = new NetworkScore(engine, two, ClassScore.of(Shape.of(1), 1, 2)).gradient(point);
    float[] no = new NetworkScore(engine, two, ClassScore.of(Shape.of(1), 0, 2)).gradient(point);
    assertThat(yes).isEqualTo(two.values("dense1.weight"));
    for (int i = 0; i < 4; i++) {
      assertThat(no[i]).isEqualTo(-yes[i]);
    }
    assertThatThrownBy(() -> ClassScore.of(Shape.of(3), 3, 3)).isInstanceOf(IllegalArgumentException.class);
  }

  /** Where an output has places, the score is the mean over them. */
  @Test
  void theScoreOfPlacesIsTheirMean() {
    GraphBuilder b = new GraphBuilder(IN);
    Model maps = Model.create("Maps", b.build(b.add("conv1", new Conv(IN, 2, 3, 1, 0, true), b.input())), 2);
    ScoreFunction score = new NetworkScore(engine, maps, ClassScore.of(Shape.of(2, 4, 4), 1, 2));
    float[] w = maps.values("conv1.weight");
    double sum = 0;
    double corner = score.gradient(x)[0];
    for (int i = 0; i < 9; i++) {
      sum += w[9 + i];
    }
    assertThat(corner).isCloseTo(w[9] / 16, within(1e-6));
    assertThat((double) score.gradient(x)[2 * 6 + 2]).isCloseTo(sum / 16, within(1e-6));
  }

  @Test
  void aMapOfTheNetworkChangesWithItAndOneOfTheExampleDoesNot() {
    List<String> layers = List.of("conv1", "dense1");
    float[] before = model.parameters().clone();
    ClassScore score = ClassScore.of(Shape.of(3), 0, 3);
    Randomization saliency = Randomization.of(model, layers, 1, m -> Saliency.map(Saliency.slopes(new NetworkScore(engine, m, score), x, IN, PLAIN), 1));
    assertThat(saliency.steps()).extracting(Randomization.Step::layer).containsExactly("dense1", "conv1");
    assertThat(saliency.steps()).allSatisfy(s -> assertThat(Math.abs(s.correlation())).isLessThan(0.95));
    assertThat(model.parameters()).isEqualTo(before);
    Randomization edges = Randomization.of(model, layers, 1, _ -> {
      double[] map = new double[36];
      for (int i = 0; i < 36; i++) {
        map[i] = Math.abs(x[i]);
      }
      return map;
    });
    assertThat(edges.steps().getLast().correlation()).isCloseTo(1, within(1e-12));
    assertThat(edges.isPassed()).isFalse();
  }
}
