package dev.lanewise.benchmarks;

import dev.lanewise.runtime.kernel.element.CrossEntropyKernel;
import dev.lanewise.runtime.kernel.element.SoftmaxKernel;
import java.util.Arrays;
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

@Question("How long does softmax of 16 examples take, and cross-entropy with its gradient?")
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class SoftmaxBenchmark {
  private static final int EXAMPLES = 16;

  /** Scores of an example. */
  @Param({"10", "37", "1000"})
  public int classes;

  private float[] rows;
  private float[] x;
  private float[] label;
  private float[] weight;
  private float[] y;
  private float[] loss;
  private float[] lost;
  private CrossEntropyKernel entropy;

  /** Fills the scores. */
  @Setup
  public void setUp() {
    rows = SeededInput.random(1, EXAMPLES * classes);
    x = SeededInput.lanes(rows);
    y = new float[rows.length];
    loss = new float[EXAMPLES];
    lost = new float[EXAMPLES];
    float[] right = new float[classes];
    Arrays.fill(right, 1);
    entropy = new CrossEntropyKernel(1, right, new float[classes], -1);
    label = new float[EXAMPLES];
    weight = new float[EXAMPLES];
    for (int i = 0; i < EXAMPLES; i++) {
      label[i] = i % classes;
      weight[i] = 1f / EXAMPLES;
    }
  }

  /** Example by example, with the library's exponential. */
  @Benchmark
  public float[] softmaxScalar() {
    for (int e = 0; e < EXAMPLES; e++) {
      float largest = Float.NEGATIVE_INFINITY;
      for (int i = 0; i < classes; i++) {
        largest = Math.max(largest, rows[e * classes + i]);
      }
      float sum = 0;
      for (int i = 0; i < classes; i++) {
        y[e * classes + i] = (float) Math.exp(rows[e * classes + i] - largest);
        sum += y[e * classes + i];
      }
      for (int i = 0; i < classes; i++) {
        y[e * classes + i] /= sum;
      }
    }
    return y;
  }

  /** The runtime's kernel. */
  @Benchmark
  public float[] softmaxSimd() {
    SoftmaxKernel.softmax(x, 0, classes, y, 0);
    return y;
  }

  /** Loss and gradient, from the scores. */
  @Benchmark
  public float[] crossEntropySimd() {
    entropy.forward(x, 0, label, 0, loss, 0, lost, 0);
    entropy.gradient(x, 0, label, 0, weight, 0, y, 0);
    return y;
  }
}
