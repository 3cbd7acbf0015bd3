package dev.lanewise.benchmarks;

import dev.lanewise.runtime.kernel.product.ContrastKernel;
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

@Question("How long does it take to compare 16 examples with all of a batch, as contrastive does, and the gradient of that?")
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class ContrastBenchmark {
  static final int EXAMPLES = 16;
  /** Numbers of an example. */
  static final int SIZE = 64;
  static final float SCALE = 1 / 0.5f;
  /** Behind an example's numbers lie the logarithm of its own sum, and the gradient of its loss. */
  static final int STRIDE = SIZE + 2;
  /** Rows are read in eights. */
  private static final int ROOM = 8 * STRIDE;

  /** Examples of the batch. */
  @Param({"64", "256"})
  public int batch;

  /** The 16 examples, one after the other; then as a block, what belongs to each, and working memory. */
  float[] examples;
  float[] rows;
  float[] arena;
  ContrastKernel.Places places;
  ContrastKernel.Rows others;
  private float[] logs;

  /** Fills the examples. */
  @Setup
  public void setUp() {
    examples = SeededInput.random(1, EXAMPLES * SIZE);
    rows = SeededInput.random(2, batch * STRIDE + ROOM);
    logs = new float[EXAMPLES];
    int block = EXAMPLES * SIZE;
    places = new ContrastKernel.Places(0, block, 2 * block, 2 * block + 16, 2 * block + 32, 2 * block + 48);
    others = new ContrastKernel.Rows(0, SIZE, SIZE + 1, ContrastKernel.ALL);
    arena = Arrays.copyOf(SeededInput.lanes(examples), 3 * block + 48 + ContrastKernel.SCRATCH);
    System.arraycopy(SeededInput.random(3, block), 0, arena, places.y(), block);
    Arrays.fill(arena, places.log(), places.log() + EXAMPLES, 5);
    Arrays.fill(arena, places.dLoss(), places.weight() + EXAMPLES, 1f / batch);
    for (int j = 0; j < batch; j++) {
      rows[j * STRIDE + SIZE] = 5;
      rows[j * STRIDE + SIZE + 1] = 1f / batch;
    }
  }

  /** Example by example, as the formula says. */
  @Benchmark
  public float[] scalar() {
    for (int e = 0; e < EXAMPLES; e++) {
      double sum = 0;
      for (int j = 0; j < batch; j++) {
        float product = 0;
        for (int i = 0; i < SIZE; i++) {
          product += examples[e * SIZE + i] * rows[j * STRIDE + i];
        }
        sum += Math.exp(SCALE * product);
      }
      logs[e] = (float) Math.log(sum);
    }
    return logs;
  }

  /** The runtime's kernel. */
  @Benchmark
  public float[] simd() {
    int scratch = arena.length - ContrastKernel.SCRATCH;
    ContrastKernel.begin(arena, scratch);
    ContrastKernel.add(arena, places.x(), SIZE, SCALE, rows, 0, STRIDE, batch, ContrastKernel.ALL, arena, scratch);
    ContrastKernel.logSum(logs, 0, arena, scratch);
    return logs;
  }

  /** From products once more to the gradient of the examples. */
  @Benchmark
  public float[] gradientSimd() {
    Arrays.fill(arena, places.dx(), places.dx() + EXAMPLES * SIZE, 0);
    ContrastKernel.add(arena, places, SIZE, SCALE, rows, others, STRIDE, batch, arena.length - ContrastKernel.SCRATCH);
    ContrastKernel.finish(arena, places, SIZE, SCALE);
    return arena;
  }
}
