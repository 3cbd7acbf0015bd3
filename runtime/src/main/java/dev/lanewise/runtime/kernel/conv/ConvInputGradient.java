package dev.lanewise.runtime.kernel.conv;

import dev.lanewise.runtime.kernel.code.Bytecode.Defined;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Taps;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The gradient of a convolution by its input:
 *
 * <pre>dx[c][y][x] = Σ_o Σ_ky Σ_kx w[o][c][ky][kx] · dy[o][(y + padding - ky·dilation) / stride][(x + padding -
 * kx·dilation) / stride]</pre>
 *
 * over the taps for which both divisions are exact and fall inside dy. Layouts: dy {@code [O][H'][W'][16]}, dx
 * {@code [C][H][W][16]}. Pixels whose coordinates leave the same remainder see the same taps.
 */
public final class ConvInputGradient {
  private final ConvShape shape;
  private final TapSum sum;
  private final WeightOrder order;

  /** Tables for the shape. */
  public ConvInputGradient(ConvShape shape) {
    this.shape = shape;
    TapSum.Planes planes =
        new TapSum.Planes(shape.outChannels(), shape.inChannels(), shape.outWidth(), shape.outHeight() * shape.outWidth(),
            shape.width(), shape.height() * shape.width(), shape.kernelWidth(), shape.taps());
    this.sum = new TapSum(planes, new TapSum.Ending(false, false, Term.variable("x")));
    List<TapSum.Axis> columns = axes(shape.width(), shape.columns());
    for (TapSum.Axis row : axes(shape.height(), shape.rows())) {
      columns.forEach(column -> sum.add(row, column));
    }
    sum.prepared();
    this.order = new WeightOrder(shape, (o, c, tap) -> sum.packedIndex(c, o, tap));
  }

  /**
   * From one tap seen to the next, the place in x that the kernel means moves by a multiple of both stride and dilation, and
   * dy back by as many strides.
   */
  private static List<TapSum.Axis> axes(int in, Taps kernel) {
    int common = BigInteger.valueOf(kernel.stride()).gcd(BigInteger.valueOf(kernel.dilation())).intValue();
    List<TapSum.Axis> axes = new ArrayList<>();
    reach(in, kernel).forEach((taps, positions) -> SeenTaps.runs(positions).forEach(run -> {
      int first = taps.isEmpty() ? 0 : taps.getFirst();
      int from = taps.isEmpty() ? 0 : (run.first() + kernel.padding() - first * kernel.dilation()) / kernel.stride();
      axes.add(new TapSum.Axis(run.count(), from, taps.isEmpty() ? 0 : run.step() / kernel.stride(), run.first(), run.step(),
          first, kernel.stride() / common, taps.size(), -kernel.dilation() / common));
    }));
    return axes;
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
    return TapSum.scratchSize(shape.outChannels(), shape.inChannels(), shape);
  }

  /** Packs weights {@code [O][C][ky][kx]} into the order in which {@link #run} reads them. */
  public void pack(float[] weight, int wo, float[] packed, int po) {
    order.pack(weight, wo, packed, po);
  }

  /** In how many parts it can be computed, side by side, each with working memory of its own. */
  public int parts() {
    return sum.parts();
  }

  /** Computes some channels of dx, with the same bits. */
  public void run(int part, float[] dy, int dyo, float[] packed, int po, float[] dx, int dxo, float[] scratch, int so) {
    sum.run(part, dy, dyo, packed, po, packed, 0, dx, dxo, dx, 0, scratch, so);
  }

  /** Computes dx from dy. */
  public void run(float[] dy, int dyo, float[] packed, int po, float[] dx, int dxo, float[] scratch, int so) {
    sum.run(dy, dyo, packed, po, packed, 0, dx, dxo, dx, 0, scratch, so);
  }

  /** Coordinates along one axis, by the taps through which a result is reached. */
  private static Map<List<Integer>, List<Integer>> reach(int in, Taps kernel) {
    int out = kernel.out(in);
    Map<List<Integer>, List<Integer>> byTaps = new LinkedHashMap<>();
    for (int at = 0; at < in; at++) {
      List<Integer> seen = new ArrayList<>();
      for (int k = 0; k < kernel.count(); k++) {
        int scaled = at + kernel.padding() - k * kernel.dilation();
        if (scaled >= 0 && scaled % kernel.stride() == 0 && scaled / kernel.stride() < out) {
          seen.add(k);
        }
      }
      byTaps.computeIfAbsent(seen, key -> new ArrayList<>()).add(at);
    }
    return byTaps;
  }
}
