package dev.lanewise.runtime.kernel.conv;

import dev.lanewise.runtime.kernel.code.Bytecode.Defined;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Taps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Convolution, optionally with 2x2 max-pooling and an activation in the same pass:
 *
 * <pre>y[o][oy][ox] = bias[o] + Σ_c Σ_ky Σ_kx w[o][c][ky][kx] · x[c][oy·stride + ky·dilation - padding][ox·stride +
 * kx·dilation - padding]</pre>
 *
 * <p>Layouts: x {@code [C][H][W][16]}, w as PyTorch's {@code [O][C][ky][kx]}, packed once per step, y {@code
 * [O][H'][W'][16]}.
 */
public final class ConvForward {
  private final ConvShape shape;
  private final TapSum sum;
  private final WeightOrder order;

  /** A convolution alone. */
  public ConvForward(ConvShape shape, boolean bias) {
    this(shape, bias, false, Term.variable("x"));
  }

  /**
   * A convolution, with {@code pool} then the maximum of 2x2 windows, two apart.
   *
   * @param activation a function of x, applied last; x itself for none
   */
  public ConvForward(ConvShape shape, boolean bias, boolean pool, Term activation) {
    if (pool && !canPool(shape)) {
      throw new IllegalArgumentException("this convolution cannot pool its result: " + shape);
    }
    this.shape = shape;
    int outHeight = pool ? shape.outHeight() / 2 : shape.outHeight();
    int outWidth = pool ? shape.outWidth() / 2 : shape.outWidth();
    TapSum.Planes planes =
        new TapSum.Planes(shape.inChannels(), shape.outChannels(), shape.width(), shape.height() * shape.width(), outWidth,
            outHeight * outWidth, shape.kernelWidth(), shape.taps());
    this.sum = new TapSum(planes, new TapSum.Ending(bias, pool, activation));
    List<TapSum.Axis> columns = axes(SeenTaps.columns(shape), shape.columns());
    for (TapSum.Axis row : axes(SeenTaps.rows(shape), shape.rows())) {
      columns.forEach(column -> sum.add(row, column));
    }
    sum.prepared();
    this.order = new WeightOrder(shape, sum::packedIndex);
  }

  private static List<TapSum.Axis> axes(Map<List<Integer>, List<Integer>> byTaps, Taps kernel) {
    List<TapSum.Axis> axes = new ArrayList<>();
    byTaps.forEach((taps, positions) -> SeenTaps.runs(positions).forEach(run -> {
      int first = taps.isEmpty() ? 0 : taps.getFirst();
      axes.add(new TapSum.Axis(run.count(), run.first() * kernel.stride() - kernel.padding() + first * kernel.dilation(),
          run.step() * kernel.stride(), run.first(), run.step(), first, 1, taps.size(), kernel.dilation()));
    }));
    return axes;
  }

  /**
   * Whether max-pooling can be part of the convolution: only where all positions see all taps, one beside the other, and the four of a
   * window lie as far apart down as across.
   */
  public static boolean canPool(ConvShape shape) {
    return shape.isPlain() && shape.rows().stride() == shape.columns().stride();
  }

  /** The kernels, and what they were made from. */
  public List<Defined<?>> generated() {
    return sum.generated();
  }

  /** The number of floats of the packed weights. */
  public int packedSize() {
    return sum.packedSize();
  }

  /** The floats of working memory that {@link #run} needs. */
  public static int scratchSize(ConvShape shape) {
    return TapSum.scratchSize(shape.inChannels(), shape.outChannels(), shape);
  }

  /** Packs weights {@code [O][C][ky][kx]} into the order in which {@link #run} reads them. */
  public void pack(float[] weight, int wo, float[] packed, int po) {
    order.pack(weight, wo, packed, po);
  }

  /** In how many parts it can be computed, side by side, each with working memory of its own. */
  public int parts() {
    return sum.parts();
  }

  /** Computes some outputs of y, with the same bits. */
  public void run(int part, float[] x, int xo, float[] packed, int po, float[] bias, int bo, float[] y, int yo, float[] argmax,
      int ao, float[] scratch, int so) {
    sum.run(part, x, xo, packed, po, bias, bo, y, yo, argmax, ao, scratch, so);
  }

  /**
   * Computes y from x; without bias and pooling, their arrays are not touched; argmax gets the winning position 0..3
   * of each pooled window.
   */
  public void run(float[] x, int xo, float[] packed, int po, float[] bias, int bo, float[] y, int yo, float[] argmax,
      int ao, float[] scratch, int so) {
    sum.run(x, xo, packed, po, bias, bo, y, yo, argmax, ao, scratch, so);
  }
}
