package dev.lanewise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.kernel.conv.ConvShape;
import dev.lanewise.runtime.tensor.Memory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bodies of the benchmarks compute the same: what they compare is speed alone. */
class BenchmarkBodiesTest {
  @ParameterizedTest
  @ValueSource(ints = {64, 127, 256})
  void matmul(int n) {
    MatmulBenchmark scalar = new MatmulBenchmark();
    MatmulBenchmark simd = new MatmulBenchmark();
    scalar.n = n;
    simd.n = n;
    scalar.setUp();
    simd.setUp();
    assertSame(scalar.scalar(), Arrays.copyOfRange(simd.simd(), Memory.BASE, Memory.BASE + n * n));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1to10of28", "10to20of12", "64to64of32", "128to128of16by1", "64to64of33stride2", "64to64of32dilated2"})
  void convolution(String shape) {
    ConvolutionBenchmark benchmark = new ConvolutionBenchmark();
    benchmark.setUp(withSmallPlanes(ConvolutionBenchmark.named(shape)));
    assertSame(SeededInput.lanes(benchmark.scalarForward()), benchmark.simdForward());
    assertSame(SeededInput.lanes(benchmark.scalarInputGradient()), benchmark.simdInputGradient());
    assertSame(benchmark.scalarWeightGradient().clone(), benchmark.simdWeightGradient());
  }

  /** As many channels, which decide how it is computed, in planes that the textbook's loops are through with. */
  private static ConvShape withSmallPlanes(ConvShape s) {
    return s.height() < 30 ? s : new ConvShape(s.inChannels(), s.height() / 3, s.width() / 3, s.outChannels(), s.rows(), s.columns());
  }

  @ParameterizedTest
  @ValueSource(strings = {"32of14", "64of32", "64of32by5", "64of33stride2", "64of32dilated2"})
  void depthwise(String shape) {
    DepthwiseBenchmark benchmark = new DepthwiseBenchmark();
    benchmark.shape = shape;
    benchmark.setUp();
    assertSame(benchmark.generalForward().clone(), benchmark.simdForward());
    assertSame(benchmark.generalInputGradient().clone(), benchmark.simdInputGradient());
    assertSame(benchmark.generalWeightGradient().clone(), benchmark.simdWeightGradient());
  }

  @ParameterizedTest
  @ValueSource(strings = {"10x24", "20x8", "7x15"})
  void pooling(String planes) {
    PoolingBenchmark benchmark = new PoolingBenchmark();
    benchmark.planes = planes;
    benchmark.setUp();
    assertSame(SeededInput.lanes(benchmark.maxScalar()), benchmark.maxSimd());
    float[] largest = benchmark.maxSimd().clone();
    float[] gradient = benchmark.maxGradientSimd().clone();
    float[] mean = benchmark.averageSimd();
    String[] sizes = planes.split("x");
    int channels = Integer.parseInt(sizes[0]);
    int side = Integer.parseInt(sizes[1]);
    float[] x = SeededInput.lanes(SeededInput.random(1, 16 * channels * side * side));
    float[] expectedGradient = new float[x.length];
    float[] expectedMean = new float[largest.length];
    for (int i = 0; i < largest.length; i++) {
      int half = side / 2;
      int window = i / 16;
      int at = ((window / (half * half) * side + window / half % half * 2) * side + window % half * 2) * 16 + i % 16;
      int[] places = {at, at + 16, at + side * 16, at + side * 16 + 16};
      int winner = places[0];
      for (int place : places) {
        winner = x[place] > x[winner] ? place : winner;
        expectedMean[i] += x[place] / 4;
      }
      expectedGradient[winner] = largest[i];
    }
    assertThat(gradient).isEqualTo(expectedGradient);
    assertSame(expectedMean, mean);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 37, 1000})
  void softmax(int classes) {
    SoftmaxBenchmark benchmark = new SoftmaxBenchmark();
    benchmark.classes = classes;
    benchmark.setUp();
    float[] probabilities = SeededInput.lanes(benchmark.softmaxScalar());
    // Scaled so that the tolerance is relative to an average probability.
    assertSame(scaled(probabilities, classes), scaled(benchmark.softmaxSimd().clone(), classes));
    for (int lane = 0; lane < 16; lane++) {
      probabilities[lane % classes * 16 + lane] -= 1;
    }
    assertSame(scaled(probabilities, classes), scaled(benchmark.crossEntropySimd(), 16f * classes));
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 100})
  void contrast(int batch) {
    ContrastBenchmark benchmark = new ContrastBenchmark();
    benchmark.batch = batch;
    benchmark.setUp();
    assertSame(benchmark.scalar().clone(), benchmark.simd().clone());
    float[] x = benchmark.examples;
    float[] y = Arrays.copyOfRange(benchmark.arena, benchmark.places.y(), benchmark.places.y() + x.length);
    float[] expected = new float[x.length];
    for (int e = 0; e < 16; e++) {
      for (int i = 0; i < ContrastBenchmark.SIZE; i++) {
        double sum = -y[i * 16 + e];
        for (int j = 0; j < batch; j++) {
          double product = 0;
          for (int k = 0; k < ContrastBenchmark.SIZE; k++) {
            product += x[e * ContrastBenchmark.SIZE + k] * benchmark.rows[j * ContrastBenchmark.STRIDE + k];
          }
          sum += Math.exp(ContrastBenchmark.SCALE * product - 5) * benchmark.rows[j * ContrastBenchmark.STRIDE + i];
        }
        expected[i * 16 + e] = (float) (ContrastBenchmark.SCALE * sum / batch);
      }
    }
    int at = benchmark.places.dx();
    assertSame(expected, Arrays.copyOfRange(benchmark.gradientSimd(), at, at + expected.length));
  }

  private static float[] scaled(float[] values, float factor) {
    float[] scaled = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      scaled[i] = values[i] * factor;
    }
    return scaled;
  }

  @ParameterizedTest
  @ValueSource(strings = {"relu", "sigmoid", "tanh", "swish"})
  void activation(String function) {
    ActivationBenchmark benchmark = new ActivationBenchmark();
    benchmark.function = function;
    benchmark.setUp();
    assertSame(benchmark.scalar().clone(), benchmark.byHand().clone());
    assertSame(benchmark.scalar().clone(), benchmark.simd());
    float[] all = benchmark.gradientSimd();
    int n = all.length / 3;
    float[] expected = new float[n];
    for (int i = 0; i < n; i++) {
      double x = all[i];
      double sigmoid = 1 / (1 + Math.exp(-x));
      expected[i] = (float) (all[n + i] * switch (function) {
        case "relu" -> x > 0 ? 1 : 0;
        case "sigmoid" -> sigmoid * (1 - sigmoid);
        case "tanh" -> 1 - Math.tanh(x) * Math.tanh(x);
        default -> sigmoid + x * sigmoid * (1 - sigmoid);
      });
    }
    assertSame(expected, java.util.Arrays.copyOfRange(all, 2 * n, 3 * n));
  }

  @ParameterizedTest
  @ValueSource(ints = {21840, 1_000_000})
  void optimizer(int parameters) {
    OptimizerBenchmark scalar = new OptimizerBenchmark();
    OptimizerBenchmark simd = new OptimizerBenchmark();
    scalar.parameters = parameters;
    simd.parameters = parameters;
    scalar.setUp();
    simd.setUp();
    assertSame(scalar.scalar(), simd.simd());
    assertSame(scalar.scalar(), simd.simd());
  }

  @Test
  void trainingStep() {
    double[] losses = new double[2];
    for (int i = 0; i < 2; i++) {
      TrainingStepBenchmark benchmark = new TrainingStepBenchmark();
      benchmark.kernels = i == 0 ? "scalar" : "simd";
      benchmark.setUp();
      benchmark.step();
      losses[i] = benchmark.step();
      benchmark.tearDown();
    }
    assertThat(losses[1]).isCloseTo(losses[0], within(1e-3 * losses[0]));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "adam", "lazy"})
  void embed(String optimizer) {
    EmbedBenchmark benchmark = new EmbedBenchmark();
    benchmark.rows = 100;
    benchmark.optimizer = optimizer;
    benchmark.setUp();
    double first = benchmark.step();
    double last = first;
    for (int i = 0; i < 600; i++) {
      last = benchmark.step();
    }
    benchmark.tearDown();
    assertThat(first).isPositive();
    assertThat(last).isPositive().isNotEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 64})
  void inference(int batch) {
    int[] correct = new int[2];
    for (int i = 0; i < 2; i++) {
      InferenceBenchmark benchmark = new InferenceBenchmark();
      benchmark.batch = batch;
      benchmark.kernels = i == 0 ? "scalar" : "simd";
      benchmark.setUp();
      correct[i] = benchmark.predict();
      benchmark.tearDown();
    }
    assertThat(correct[1]).isEqualTo(correct[0]);
  }

  /** Sums of up to ten thousand products, in different orders. */
  private static void assertSame(float[] expected, float[] actual) {
    assertThat(actual).hasSameSizeAs(expected);
    float worst = 0;
    for (int i = 0; i < expected.length; i++) {
      worst = Math.max(worst, Math.abs(expected[i] - actual[i]) / Math.max(1f, Math.abs(expected[i])));
    }
    assertThat(worst).isCloseTo(0f, within(1e-3f));
  }
}
