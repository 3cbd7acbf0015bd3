package dev.lanewise.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
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

/** The question of {@link OptimizerBenchmark}, asked of LibTorch on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "--enable-native-access=ALL-UNNAMED", "-Dai.djl.offline=true", "-DOPT_OUT_TRACKING=true", "-Dai.djl.pytorch.num_threads=1"
    })
public class OptimizerPeerBenchmark {
  private static final float LEARNING_RATE = 0.01f;
  private static final float MOMENTUM = 0.5f;

  /** As in {@link OptimizerBenchmark}. */
  @Param({"21840", "1000000"})
  public int parameters;

  private NDManager manager;
  private NDArray p;
  private NDArray g;
  private NDArray v;

  /** Fills the parameters. */
  @Setup
  public void setUp() {
    manager = NDManager.newBaseManager("PyTorch");
    p = manager.create(SeededInput.random(1, parameters), new Shape(parameters));
    g = manager.create(SeededInput.random(2, parameters), new Shape(parameters));
    v = manager.zeros(new Shape(parameters));
  }

  /** Frees it. */
  @TearDown
  public void tearDown() {
    manager.close();
  }

  /** SGD with momentum, operation by operation and in place. */
  @Benchmark
  public void libTorch() {
    v.muli(MOMENTUM).addi(g);
    try (NDArray step = v.mul(LEARNING_RATE)) {
      p.subi(step);
    }
  }
}
