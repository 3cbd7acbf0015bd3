package dev.lanewise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
  @ValueSource(strings = {"1to10of28", "10to20of12", "64to64of32"})
  void convolution(String shape) {
    ConvolutionBenchmark benchmark = new ConvolutionBenchmark();
    benchmark.shape = shape;
    benchmark.setUp();
    assertSame(SeededInput.lanes(benchmark.scalarForward()), benchmark.simdForward());
    assertSame(SeededInput.lanes(benchmark.scalarInputGradient()), benchmark.simdInputGradient());
    assertSame(benchmark.scalarWeightGradient().clone(), benchmark.simdWeightGradient());
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
