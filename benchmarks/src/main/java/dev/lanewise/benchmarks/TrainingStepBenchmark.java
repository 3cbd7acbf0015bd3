package dev.lanewise.benchmarks;

import dev.lanewise.runtime.data.ByteImages;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.execute.BatchRunner;
import dev.lanewise.runtime.execute.Workers;
import dev.lanewise.runtime.kernel.element.UpdateKernel;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.optimize.Optimizer;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.plan.Plan;
import dev.lanewise.runtime.tensor.Memory;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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

@Question("How long does one step of training take, forward, backward and SGD, for a batch of 64 of the classic CNN?")
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class TrainingStepBenchmark {
  private static final int BATCH = 64;

  /** scalar: the formulas, example by example in double; simd: the kernels. */
  @Param({"scalar", "simd"})
  public String kernels;

  private Workers workers;
  private BatchRunner runner;
  private Dataset images;
  private int[] order;
  private float[] parameters;
  private float[][] state;
  private UpdateKernel step;
  private float[] scalars;
  private int count;

  /** A model with small parameters, and noise for images. */
  @Setup
  public void setUp() {
    var network = Lanewise.classicCnn(1);
    count = network.parameterCount();
    parameters = Memory.allocate(count);
    System.arraycopy(SeededInput.random(1, count), 0, parameters, Memory.BASE, count);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] *= 0.05f;
    }
    KernelSet set = kernels.equals("simd") ? KernelSet.VECTOR : KernelSet.SCALAR;
    workers = new Workers(1);
    runner =
        new BatchRunner(Plan.training(network, new CrossEntropy(10), set), workers, parameters, BATCH);
    images = noise(BATCH);
    order = IntStream.range(0, BATCH).toArray();
    Optimizer sgd = Optimizers.sgd(0.01f, 0.5f);
    step = new UpdateKernel(sgd.update());
    scalars = sgd.firstScalars();
    state = new float[][] {Memory.allocate(count)};
  }

  static Dataset noise(int count) {
    byte[] pixels = new byte[count * 784];
    new Random(1).nextBytes(pixels);
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % 10);
    }
    return new ByteImages(Lanewise.classicCnn(1).input().shape(), pixels, labels, 10, 0.5f, 0.3f);
  }

  /** One batch. */
  @Benchmark
  public double step() {
    runner.pack();
    runner.run(images, order, 0, BATCH, 7);
    int end = Memory.BASE + (count + 15) / 16 * 16;
    step.run(parameters, runner.gradients(Memory.BASE, end), state, scalars, Memory.BASE, end);
    return runner.scores().lossSum();
  }

  /** Ends the threads. */
  @TearDown
  public void tearDown() {
    workers.close();
  }
}
