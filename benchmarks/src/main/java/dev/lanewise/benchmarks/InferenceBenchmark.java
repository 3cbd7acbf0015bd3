package dev.lanewise.benchmarks;

import dev.lanewise.runtime.data.ByteImages;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.execute.BatchRunner;
import dev.lanewise.runtime.execute.Workers;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.plan.Plan;
import dev.lanewise.runtime.tensor.Memory;
import java.util.stream.IntStream;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

@Question("How long does the classic CNN take to tell the classes of one image, and of 64?")
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class InferenceBenchmark {
  /** Images at once. */
  @Param({"1", "64"})
  public int batch;

  /** scalar: the formulas, example by example in double; simd: the kernels. */
  @Param({"scalar", "simd"})
  public String kernels;

  private Workers workers;
  private BatchRunner runner;
  private Dataset images;
  private int[] order;

  /** A model with small parameters, and noise for images. */
  @Setup
  public void setUp() {
    var network = Lanewise.classicCnn(1);
    int count = network.parameterCount();
    float[] parameters = Memory.allocate(count);
    System.arraycopy(SeededInput.random(1, count), 0, parameters, Memory.BASE, count);
    KernelSet set = kernels.equals("simd") ? KernelSet.VECTOR : KernelSet.SCALAR;
    workers = new Workers(1);
    runner = new BatchRunner(Plan.testing(network, new CrossEntropy(10), set), workers, parameters, batch);
    runner.pack();
    images = TrainingStepBenchmark.noise(batch);
    order = IntStream.range(0, batch).toArray();
  }

  /** One batch, forward alone. */
  @Benchmark
  public int predict() {
    runner.run(images, order, 0, batch, 0);
    return runner.scores().correct();
  }

  /** Ends the threads. */
  @TearDown
  public void tearDown() {
    workers.close();
  }
}
