package dev.lanewise.benchmarks;

import dev.lanewise.runtime.kernel.conv.ConvForward;
import dev.lanewise.runtime.kernel.conv.ConvInputGradient;
import dev.lanewise.runtime.kernel.conv.ConvShape;
import dev.lanewise.runtime.kernel.conv.ConvWeightGradient;
import dev.lanewise.runtime.kernel.conv.DepthwiseTaps;
import dev.lanewise.runtime.kernel.conv.DepthwiseWeightGradient;
import dev.lanewise.runtime.symbolic.Term;
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

/** 16 images. */
@Question("What do the kernels for depthwise convolutions gain over the general ones, run once for each channel?")
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class DepthwiseBenchmark {
  private static final int IMAGES = 16;

  /** Channels and side, the kernel, what is special. */
  @Param({"32of14", "64of32", "64of32by5", "64of33stride2", "64of32dilated2"})
  public String shape;

  private ConvShape all;
  private ConvShape one;
  private float[] x;
  private float[] dy;
  private float[] w;
  private float[] y;
  private float[] dx;
  private float[] sums;
  private float[] scratch;
  private float[] packed;
  private ConvForward forward;
  private ConvInputGradient inputGradient;
  private ConvWeightGradient weightGradient;
  private DepthwiseTaps depthwise;
  private DepthwiseTaps depthwiseInputGradient;
  private DepthwiseWeightGradient depthwiseWeightGradient;

  /** Fills the images and makes the kernels. */
  @Setup
  public void setUp() {
    all = switch (shape) {
      case "32of14" -> shape(32, 14, 3, 1, 1, 1);
      case "64of32" -> shape(64, 32, 3, 1, 1, 1);
      case "64of32by5" -> shape(64, 32, 5, 1, 2, 1);
      case "64of33stride2" -> shape(64, 33, 3, 2, 1, 1);
      case "64of32dilated2" -> shape(64, 32, 3, 1, 2, 2);
      default -> throw new IllegalArgumentException(shape);
    };
    one = new ConvShape(1, all.height(), all.width(), 1, all.rows(), all.columns());
    x = SeededInput.random(1, IMAGES * all.inChannels() * all.height() * all.width());
    dy = SeededInput.random(2, IMAGES * all.inChannels() * all.outHeight() * all.outWidth());
    w = SeededInput.random(3, all.inChannels() * all.kernelHeight() * all.kernelWidth());
    y = new float[dy.length];
    dx = new float[x.length];
    sums = new float[w.length * IMAGES];
    scratch = new float[Math.max(DepthwiseTaps.scratchSize(all), DepthwiseWeightGradient.scratchSize(all))];
    packed = new float[w.length];
    forward = new ConvForward(one, false);
    inputGradient = new ConvInputGradient(one);
    weightGradient = new ConvWeightGradient(one);
    depthwise = DepthwiseTaps.forward(all, false, Term.variable("x"));
    depthwiseInputGradient = DepthwiseTaps.inputGradient(all);
    depthwiseWeightGradient = new DepthwiseWeightGradient(all);
  }

  private static ConvShape shape(int channels, int side, int kernel, int stride, int padding, int dilation) {
    Taps taps = new Taps(kernel, stride, padding, dilation);
    return new ConvShape(channels, side, side, channels, taps, taps);
  }

  private int taps() {
    return all.kernelHeight() * all.kernelWidth();
  }

  private int inPlane() {
    return x.length / all.inChannels();
  }

  private int outPlane() {
    return y.length / all.inChannels();
  }

  /** The general convolution, channel by channel. */
  @Benchmark
  public float[] generalForward() {
    for (int c = 0; c < all.inChannels(); c++) {
      forward.pack(w, c * taps(), packed, c * taps());
      forward.run(x, c * inPlane(), packed, c * taps(), null, 0, y, c * outPlane(), null, 0, scratch, 0);
    }
    return y;
  }

  /** The depthwise convolution. */
  @Benchmark
  public float[] simdForward() {
    depthwise.run(x, 0, w, 0, null, 0, y, 0, scratch, 0);
    return y;
  }

  /** The general gradient by the input, channel by channel. */
  @Benchmark
  public float[] generalInputGradient() {
    for (int c = 0; c < all.inChannels(); c++) {
      inputGradient.pack(w, c * taps(), packed, c * taps());
      inputGradient.run(dy, c * outPlane(), packed, c * taps(), dx, c * inPlane(), scratch, 0);
    }
    return dx;
  }

  /** The depthwise gradient by the input. */
  @Benchmark
  public float[] simdInputGradient() {
    depthwiseInputGradient.run(dy, 0, w, 0, null, 0, dx, 0, scratch, 0);
    return dx;
  }

  /** The general gradient by the weights, channel by channel. */
  @Benchmark
  public float[] generalWeightGradient() {
    Arrays.fill(sums, 0f);
    for (int c = 0; c < all.inChannels(); c++) {
      weightGradient.run(x, c * inPlane(), dy, c * outPlane(), sums, c * taps() * IMAGES, scratch, 0);
    }
    return sums;
  }

  /** The depthwise gradient by the weights. */
  @Benchmark
  public float[] simdWeightGradient() {
    Arrays.fill(sums, 0f);
    depthwiseWeightGradient.run(x, 0, dy, 0, sums, 0, scratch, 0);
    return sums;
  }
}
