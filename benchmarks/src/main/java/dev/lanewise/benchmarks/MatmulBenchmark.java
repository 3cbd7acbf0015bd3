package dev.lanewise.benchmarks;

import dev.lanewise.runtime.kernel.product.Matmul;
import dev.lanewise.runtime.tensor.Memory;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/** That is 2n³ floating-point operations. */
@Question("How long does C += A·B of n x n matrices take?")
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class MatmulBenchmark {
  /** Rows and columns. */
  @Param({"64", "127", "256"})
  public int n;

  private float[] a;
  private float[] b;
  private float[] c;
  private float[] alignedA;
  private float[] alignedB;
  private float[] alignedC;
  private float[] scratch;

  /** Fills the matrices. */
  @Setup
  public void setUp() {
    a = SeededInput.random(1, n * n);
    b = SeededInput.random(2, n * n);
    c = new float[n * n];
    alignedA = Memory.allocate(n * n);
    alignedB = Memory.allocate(n * n);
    alignedC = Memory.allocate(n * n);
    scratch = Memory.allocate(Matmul.scratchSize(n, n, n));
    System.arraycopy(a, 0, alignedA, Memory.BASE, n * n);
    System.arraycopy(b, 0, alignedB, Memory.BASE, n * n);
  }

  /** The textbook's three loops. */
  @Benchmark
  public float[] scalar() {
    ScalarMatmul.multiplyAdd(n, a, b, c);
    return c;
  }

  /** The runtime's kernel, in memory as the runtime lays it out. */
  @Benchmark
  public float[] simd() {
    int at = Memory.BASE;
    Matmul.multiplyAdd(n, n, n, alignedA, at, n, alignedB, at, n, alignedC, at, n, scratch, at);
    return alignedC;
  }
}
