package dev.lanewise.benchmarks;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.blas_set_num_threads;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;

import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.FloatPointer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The question of {@link MatmulBenchmark}, asked of OpenBLAS on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED"})
public class MatmulPeerBenchmark {
  /** Rows and columns. */
  @Param({"64", "127", "256"})
  public int n;

  private FloatPointer a;
  private FloatPointer b;
  private FloatPointer c;

  /** Fills the matrices. */
  @Setup
  public void setUp() {
    blas_set_num_threads(1);
    a = new FloatPointer(SeededInput.random(1, n * n));
    b = new FloatPointer(SeededInput.random(2, n * n));
    c = new FloatPointer(new float[n * n]);
  }

  /** Frees them. */
  @TearDown
  public void tearDown() {
    a.close();
    b.close();
    c.close();
  }

  /** C += A·B. */
  @Benchmark
  public FloatPointer openBlas() {
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, n, n, n, 1, a, n, b, n, 1, c, n);
    return c;
  }
}
