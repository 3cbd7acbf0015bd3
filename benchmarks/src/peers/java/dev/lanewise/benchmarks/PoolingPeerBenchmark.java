package dev.lanewise.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;
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

/** The question of {@link PoolingBenchmark}, asked of LibTorch on one thread. */
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
public class PoolingPeerBenchmark {
  private static final int IMAGES = 16;

  /** As in {@link PoolingBenchmark}. */
  @Param({"10x24", "20x8", "7x15"})
  public String planes;

  private NDManager manager;
  private NDArray x;
  private final Shape window = new Shape(2, 2);
  private final Shape none = new Shape(0, 0);

  /** Fills the images. */
  @Setup
  public void setUp() {
    String[] sizes = planes.split("x");
    int channels = Integer.parseInt(sizes[0]);
    int side = Integer.parseInt(sizes[1]);
    manager = NDManager.newBaseManager("PyTorch");
    x = manager.create(SeededInput.random(1, IMAGES * channels * side * side), new Shape(IMAGES, channels, side, side));
  }

  /** Frees it. */
  @TearDown
  public void tearDown() {
    manager.close();
  }

  /** The largest of each window. */
  @Benchmark
  public void libTorchMax() {
    Pool.maxPool2d(x, window, window, none, false).close();
  }

  /** The mean of each window. */
  @Benchmark
  public void libTorchAverage() {
    Pool.avgPool2d(x, window, window, none, false, false).close();
  }
}
