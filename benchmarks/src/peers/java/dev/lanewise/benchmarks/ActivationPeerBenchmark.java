package dev.lanewise.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
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

/** The question of {@link ActivationBenchmark}, asked of LibTorch on one thread. */
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
public class ActivationPeerBenchmark {
  private static final int ELEMENTS = 16 * 1440;

  /** As in {@link ActivationBenchmark}. */
  @Param({"relu", "sigmoid", "tanh", "swish"})
  public String function;

  private NDManager manager;
  private NDArray x;

  /** Fills x. */
  @Setup
  public void setUp() {
    manager = NDManager.newBaseManager("PyTorch");
    x = manager.create(SeededInput.random(1, ELEMENTS), new Shape(ELEMENTS));
  }

  /** Frees it. */
  @TearDown
  public void tearDown() {
    manager.close();
  }

  /** The function of x; swish as its formula, which DJL puts together, too. */
  @Benchmark
  public void libTorch() {
    NDArray y = switch (function) {
      case "relu" -> Activation.relu(x);
      case "sigmoid" -> Activation.sigmoid(x);
      case "tanh" -> Activation.tanh(x);
      case "swish" -> Activation.swish(x, 1);
      default -> throw new IllegalArgumentException(function);
    };
    y.close();
  }
}
