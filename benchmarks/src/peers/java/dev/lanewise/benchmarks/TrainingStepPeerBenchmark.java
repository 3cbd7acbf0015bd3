package dev.lanewise.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import dev.lanewise.runtime.data.Dataset;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The question of {@link TrainingStepBenchmark}, asked of LibTorch on one thread. */
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
public class TrainingStepPeerBenchmark {
  private static final int BATCH = 64;

  private NDManager manager;
  private LibTorchCnn cnn;
  private NDArray images;
  private NDArray labels;
  private final Loss loss = Loss.softmaxCrossEntropyLoss();

  /** The classic CNN, and noise for images. */
  @Setup
  public void setUp() {
    manager = NDManager.newBaseManager("PyTorch");
    cnn = new LibTorchCnn(manager, 1);
    Dataset noise = TrainingStepBenchmark.noise(BATCH);
    images = LibTorchCnn.images(manager, noise);
    labels = LibTorchCnn.labels(manager, noise);
  }

  /** Frees it. */
  @TearDown
  public void tearDown() {
    manager.close();
  }

  /** One batch: forward, backward, SGD with momentum. */
  @Benchmark
  public void libTorchStep() {
    try (NDManager one = manager.newSubManager()) {
      images.tempAttach(one);
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        collector.backward(loss.evaluate(new NDList(labels), new NDList(cnn.forward(images, true))));
      }
      cnn.step();
    }
  }
}
