package dev.lanewise.benchmarks;

import dev.lanewise.runtime.kernel.conv.ConvForward;
import dev.lanewise.runtime.kernel.conv.ConvInputGradient;
import dev.lanewise.runtime.kernel.conv.ConvShape;
import dev.lanewise.runtime.kernel.conv.ConvWeightGradient;
import dev.lanewise.runtime.kernel.lane.LaneSums;
import dev.lanewise.runtime.tensor.Taps;
import java.util.Arrays;
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

@Question("How long do a convolution of 16 images and its two gradients take?")
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class ConvolutionBenchmark {
  private static final int IMAGES = 16;

  /** The two convolutions of the classic CNN, and some of larger networks. */
  @Param({"1to10of28", "10to20of12", "64to64of32", "128to128of16by1", "64to64of33stride2", "64to64of32dilated2"})
  public String shape;

  private ConvShape s;
  private float[] images;
  private float[] dImages;
  private float[] weight;
  private float[] x;
  private float[] dy;
  private float[] y;
  private float[] dx;
  private float[] sums;
  private float[] dw;
  private ConvForward forward;
  private float[] scratch;
  private ConvInputGradient inputGradient;
  private ConvWeightGradient weightGradient;
  private float[] packed;
  private float[] packedBack;

  /** The shape that a name stands for. */
  static ConvShape named(String shape) {
    return switch (shape) {
      case "1to10of28" -> new ConvShape(1, 28, 28, 10, 5, 5, 1, 0);
      case "10to20of12" -> new ConvShape(10, 12, 12, 20, 5, 5, 1, 0);
      case "64to64of32" -> new ConvShape(64, 32, 32, 64, 3, 3, 1, 1);
      case "128to128of16by1" -> new ConvShape(128, 16, 16, 128, 1, 1, 1, 0);
      case "64to64of33stride2" -> new ConvShape(64, 33, 33, 64, 3, 3, 2, 1);
      case "64to64of32dilated2" -> new ConvShape(64, 32, 32, 64, new Taps(3, 1, 2, 2), new Taps(3, 1, 2, 2));
      default -> throw new IllegalArgumentException(shape);
    };
  }

  /** Fills the images and packs the weights. */
  @Setup
  public void setUp() {
    setUp(named(shape));
  }

  void setUp(ConvShape of) {
    s = of;
    images = SeededInput.random(1, IMAGES * s.inChannels() * s.height() * s.width());
    dImages = SeededInput.random(2, IMAGES * s.outChannels() * s.outHeight() * s.outWidth());
    weight = SeededInput.random(3, s.outChannels() * s.inChannels() * s.kernelHeight() * s.kernelWidth());
    x = SeededInput.lanes(images);
    dy = SeededInput.lanes(dImages);
    y = new float[dy.length];
    dx = new float[x.length];
    dw = new float[weight.length];
    sums = new float[weight.length * IMAGES];
    forward = new ConvForward(s, false);
    scratch = new float[Math.max(ConvWeightGradient.scratchSize(s),
        Math.max(ConvForward.scratchSize(s), ConvInputGradient.scratchSize(s)))];
    inputGradient = new ConvInputGradient(s);
    weightGradient = new ConvWeightGradient(s);
    packed = new float[forward.packedSize()];
    packedBack = new float[inputGradient.packedSize()];
    forward.pack(weight, 0, packed, 0);
    inputGradient.pack(weight, 0, packedBack, 0);
  }

  /** The textbook's convolution. */
  @Benchmark
  public float[] scalarForward() {
    ScalarConvolution.forward(s, IMAGES, images, weight, y);
    return y;
  }

  /** The runtime's convolution, its result in lanes. */
  @Benchmark
  public float[] simdForward() {
    forward.run(x, 0, packed, 0, null, -1, y, 0, null, 0, scratch, 0);
    return y;
  }

  /** The textbook's gradient by the input. */
  @Benchmark
  public float[] scalarInputGradient() {
    ScalarConvolution.inputGradient(s, IMAGES, dImages, weight, dx);
    return dx;
  }

  /** The runtime's gradient by the input, in lanes. */
  @Benchmark
  public float[] simdInputGradient() {
    inputGradient.run(dy, 0, packedBack, 0, dx, 0, scratch, 0);
    return dx;
  }

  /** The textbook's gradient by the weights. */
  @Benchmark
  public float[] scalarWeightGradient() {
    ScalarConvolution.weightGradient(s, IMAGES, images, dImages, dw);
    return dw;
  }

  /** The runtime's gradient by the weights, its lanes added. */
  @Benchmark
  public float[] simdWeightGradient() {
    Arrays.fill(sums, 0f);
    Arrays.fill(dw, 0f);
    weightGradient.run(x, 0, dy, 0, sums, 0, scratch, 0);
    LaneSums.add(sums, 0, dw.length, dw, 0);
    return dw;
  }
}
