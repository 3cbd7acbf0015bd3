package dev.lanewise.benchmarks;

import dev.lanewise.runtime.kernel.window.MaxPoolKernel;
import dev.lanewise.runtime.kernel.window.PoolShape;
import dev.lanewise.runtime.kernel.window.ResampleKernel;
import dev.lanewise.runtime.kernel.window.WindowMaximum;
import dev.lanewise.runtime.tensor.Blend;
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

@Question("How long do 2x2 poolings of 16 images take, and the gradient of max pooling?")
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class PoolingBenchmark {
  private static final int IMAGES = 16;

  /** Channels, then height and width; the last leaves a row and a column over. */
  @Param({"10x24", "20x8", "7x15"})
  public String planes;

  private PoolShape shape;
  private WindowMaximum max;
  /** Only where windows leave nothing over. */
  private WindowMaximum gradient;
  private ResampleKernel average;
  private float[] images;
  private float[] x;
  private float[] y;
  private float[] argmax;
  private float[] dx;
  private float[] pooled;

  /** Fills the images. */
  @Setup
  public void setUp() {
    String[] sizes = planes.split("x");
    int side = Integer.parseInt(sizes[1]);
    shape = new PoolShape(Integer.parseInt(sizes[0]), side, side, 2, 2, 0);
    average = new ResampleKernel(shape.channels(), Blend.mean(shape.rows()), Blend.mean(shape.columns()));
    images = SeededInput.random(1, IMAGES * shape.channels() * side * side);
    x = SeededInput.lanes(images);
    int out = IMAGES * shape.channels() * shape.outHeight() * shape.outWidth();
    y = new float[out];
    argmax = new float[out];
    dx = new float[x.length];
    pooled = new float[out];
    max = WindowMaximum.forward(shape);
    gradient = WindowMaximum.gradientFits(shape) ? WindowMaximum.gradient(shape) : null;
    maxSimd();
  }

  /** Image by image, as the formula says. */
  @Benchmark
  public float[] maxScalar() {
    int side = shape.width();
    int half = shape.outWidth();
    for (int plane = 0; plane < IMAGES * shape.channels(); plane++) {
      for (int r = 0; r < half; r++) {
        for (int c = 0; c < half; c++) {
          int at = (plane * side + 2 * r) * side + 2 * c;
          float top = Math.max(images[at], images[at + 1]);
          float bottom = Math.max(images[at + side], images[at + side + 1]);
          pooled[(plane * half + r) * half + c] = Math.max(top, bottom);
        }
      }
    }
    return pooled;
  }

  /** The runtime's kernel, which also notes the winners. */
  @Benchmark
  public float[] maxSimd() {
    max.run(x, 0, y, 0, argmax, 0);
    return y;
  }

  /** The gradient goes to the winners. */
  @Benchmark
  public float[] maxGradientSimd() {
    if (gradient == null) {
      MaxPoolKernel.gradient(shape, y, 0, argmax, 0, dx, 0);
    } else {
      gradient.run(dx, 0, y, 0, argmax, 0);
    }
    return dx;
  }

  /** The mean of each window. */
  @Benchmark
  public float[] averageSimd() {
    average.run(x, 0, pooled, 0);
    return pooled;
  }
}
