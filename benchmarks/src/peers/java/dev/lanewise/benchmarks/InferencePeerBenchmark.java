package dev.lanewise.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
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

/** The question of {@link InferenceBenchmark}, asked of LibTorch on one thread. */
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
public class InferencePeerBenchmark {
  /** As in {@link InferenceBenchmark}. */
  @Param({"1", "64"})
  public int batch;

  private NDManager manager;
  private LibTorchCnn cnn;
  private NDArray images;

  /** The classic CNN, and noise for images. */
  @Setup
  public void setUp() {
    manager = NDManager.newBaseManager("PyTorch");
    cnn = new LibTorchCnn(manager, 1);
    images = LibTorchCnn.images(manager, TrainingStepBenchmark.noise(batch));
  }

  /** Frees it. */
  @TearDown
  public void tearDown() {
    manager.close();
  }

  /** One batch, forward alone, and the class of each image. */
  @Benchmark
  public long libTorchPredict() {
    try (NDManager one = manager.newSubManager()) {
      images.tempAttach(one);
      return cnn.forward(images, false).argMax(1).sum().getLong();
    }
  }
}
