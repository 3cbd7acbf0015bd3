package dev.lanewise.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
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

/** The question of {@link SoftmaxBenchmark}, asked of LibTorch on one thread. */
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
public class SoftmaxPeerBenchmark {
  private static final int EXAMPLES = 16;

  /** As in {@link SoftmaxBenchmark}. */
  @Param({"10", "37", "1000"})
  public int classes;

  private NDManager manager;
  private NDArray scores;
  private NDArray trained;
  private NDList labels;
  private final Loss loss = Loss.softmaxCrossEntropyLoss();

  /** Fills the scores. */
  @Setup
  public void setUp() {
    manager = NDManager.newBaseManager("PyTorch");
    scores = scores();
    trained = scores();
    trained.setRequiresGradient(true);
    float[] classOf = new float[EXAMPLES];
    for (int i = 0; i < EXAMPLES; i++) {
      classOf[i] = i % classes;
    }
    labels = new NDList(manager.create(classOf));
  }

  private NDArray scores() {
    return manager.create(SeededInput.random(1, EXAMPLES * classes), new Shape(EXAMPLES, classes));
  }

  /** Frees it. */
  @TearDown
  public void tearDown() {
    manager.close();
  }

  /** Over the classes of each example. */
  @Benchmark
  public void libTorchSoftmax() {
    scores.softmax(1).close();
  }

  /** Loss and gradient, from the scores. */
  @Benchmark
  public void libTorchCrossEntropy() {
    // What the loss leaves behind belongs to the manager of the scores, and goes with it.
    try (NDManager one = manager.newSubManager()) {
      trained.tempAttach(one);
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        collector.backward(loss.evaluate(labels, new NDList(trained)));
      }
    }
  }
}
