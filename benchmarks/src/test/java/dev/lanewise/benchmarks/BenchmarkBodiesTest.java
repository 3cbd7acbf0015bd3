package dev.lanewise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
    assertSame(scalar.scalar(), simd.simd());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1to10of28", "10to20of12", "64to64of32", "128to128of16by1", "64to64of33stride2"})
  void convolution(String shape) {
    ConvolutionBenchmark benchmark = new ConvolutionBenchmark();
    benchmark.shape = shape;
    benchmark.setUp();
    assertSame(SeededInput.lanes(benchmark.scalarForward()), benchmark.simdForward());
    assertSame(SeededInput.lanes(benchmark.scalarInputGradient()), benchmark.simdInputGradient());
    assertSame(benchmark.scalarWeightGradient().clone(), benchmark.simdWeightGradient());
  }

  @ParameterizedTest
  @ValueSource(strings = {"10x24", "20x8", "7x15"})
  void pooling(String planes) {
    PoolingBenchmark benchmark = new PoolingBenchmark();
    benchmark.planes = planes;
    benchmark.setUp();
    assertSame(SeededInput.lanes(benchmark.maxScalar()), benchmark.maxSimd());
    assertThat(sum(benchmark.maxGradientSimd())).isCloseTo(sum(benchmark.maxSimd()), within(1e-1));
    assertThat(benchmark.averageSimd()).hasSameSizeAs(benchmark.maxSimd());
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float v : values) {
      sum += v;
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 37, 1000})
  void softmax(int classes) {
    SoftmaxBenchmark benchmark = new SoftmaxBenchmark();
    benchmark.classes = classes;
    benchmark.setUp();
    assertSame(SeededInput.lanes(benchmark.softmaxScalar()), benchmark.softmaxSimd());
    // The gradients of an example's scores add up to nothing.
    assertThat(sum(benchmark.crossEntropySimd())).isCloseTo(0, within(1e-4));
  }

  @ParameterizedTest
  @ValueSource(strings = {"relu", "sigmoid", "tanh", "swish"})
  void activation(String function) {
    ActivationBenchmark benchmark = new ActivationBenchmark();
    benchmark.function = function;
    benchmark.setUp();
    assertSame(benchmark.scalar().clone(), benchmark.simd());
    float[] before = benchmark.simd().clone();
    assertThat(benchmark.gradientSimd()).isNotEqualTo(before);
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
