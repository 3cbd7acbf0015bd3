package dev.lanewise.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import dev.lanewise.runtime.kernel.conv.ConvShape;
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

/** The question of {@link ConvolutionBenchmark}, forward, asked of LibTorch on one thread. */
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
public class ConvolutionPeerBenchmark {
  private static final int IMAGES = 16;

  /** As in {@link ConvolutionBenchmark}. */
  @Param({"1to10of28", "10to20of12", "64to64of32", "128to128of16by1", "64to64of33stride2", "64to64of32dilated2"})
  public String shape;

  private NDManager manager;
  private NDArray x;
  private NDArray weight;
  private Shape stride;
  private Shape padding;
  private Shape dilation;

  /** Fills images and weights. */
  @Setup
  public void setUp() {
    ConvShape s = ConvolutionBenchmark.named(shape);
    manager = NDManager.newBaseManager("PyTorch");
    x = random(1, IMAGES, s.inChannels(), s.height(), s.width());
    weight = random(3, s.outChannels(), s.inChannels(), s.kernelHeight(), s.kernelWidth());
    stride = new Shape(s.rows().stride(), s.columns().stride());
    padding = new Shape(s.rows().padding(), s.columns().padding());
    dilation = new Shape(s.rows().dilation(), s.columns().dilation());
  }

  private NDArray random(int seed, long... sizes) {
    Shape of = new Shape(sizes);
    return manager.create(SeededInput.random(seed, (int) of.size()), of);
  }

  /** Frees them. */
  @TearDown
  public void tearDown() {
    manager.close();
  }

  /** y. */
  @Benchmark
  public void libTorchForward() {
    Conv2d.conv2d(x, weight, null, stride, padding, dilation, 1).singletonOrThrow().close();
  }
}
