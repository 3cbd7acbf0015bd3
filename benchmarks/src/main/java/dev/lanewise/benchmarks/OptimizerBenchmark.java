package dev.lanewise.benchmarks;

import dev.lanewise.runtime.kernel.element.UpdateKernel;
import dev.lanewise.runtime.optimize.Optimizer;
import dev.lanewise.runtime.optimize.Optimizers;
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

@Question("How long does a step of SGD with momentum take?")
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class OptimizerBenchmark {
  private static final float LEARNING_RATE = 0.01f;
  private static final float MOMENTUM = 0.5f;

  /** How many parameters, a multiple of 16; the first are the classic CNN's. */
  @Param({"21840", "1000000"})
  public int parameters;

  private float[] p;
  private float[] g;
  private float[][] state;
  private UpdateKernel step;
  private float[] scalars;

  /** Fills the parameters. */
  @Setup
  public void setUp() {
    p = SeededInput.random(1, parameters);
    g = SeededInput.random(2, parameters);
    state = new float[][] {new float[parameters]};
    Optimizer sgd = Optimizers.sgd(LEARNING_RATE, MOMENTUM);
    step = new UpdateKernel(sgd.update());
    scalars = sgd.firstScalars();
  }

  /** A plain loop: the compiler makes vectors of it by itself. */
  @Benchmark
  public float[] scalar() {
    float[] v = state[0];
    for (int i = 0; i < parameters; i++) {
      v[i] = MOMENTUM * v[i] + g[i];
      p[i] -= LEARNING_RATE * v[i];
    }
    return p;
  }

  /** The loop that is generated from the optimiser's formulas. */
  @Benchmark
  public float[] simd() {
    step.run(p, g, state, scalars, 0, parameters);
    return p;
  }
}
