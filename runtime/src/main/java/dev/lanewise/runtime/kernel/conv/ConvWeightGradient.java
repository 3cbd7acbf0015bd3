package dev.lanewise.runtime.kernel.conv;

import static dev.lanewise.runtime.kernel.lane.Lanes.BLOCK;

import dev.lanewise.runtime.kernel.code.Bytecode.Defined;
import dev.lanewise.runtime.kernel.lane.Generated;
import dev.lanewise.runtime.kernel.lane.Lanes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The gradient of a convolution by its weights, one sum per lane:
 *
 * <pre>sums[o][c][ky][kx] += Σ_oy Σ_ox dy[o][oy][ox] · x[c][oy·stride + ky·dilation - padding][ox·stride + kx·dilation -
 * padding]</pre>
 *
 * <p>Layouts: x {@code [C][H][W][16]}, dy {@code [O][H'][W'][16]}, sums {@code [O·C·ky·kx][16]}; {@link dev.lanewise.runtime.kernel.lane.LaneSums}
 * adds the lanes.
 *
 * <p>Padding is copied around x, so that all positions see all taps: on 4x4 images that is 44 % more multiply-adds than
 * there need be, and still twice as fast as groups of positions that see the same taps, each of which would have to load
 * and store all sums.
 */
public final class ConvWeightGradient {
  static final int OUTPUTS = Lanes.LENGTH == 16 ? 4 : 2;
  private static final int TAPS = 5;

  private final ConvShape shape;
  private final int[] taps;
  private final List<Defined<WeightGradientProgram.Kernel>> kernels = new ArrayList<>();

  /** Kernels for the shape. */
  public ConvWeightGradient(ConvShape shape) {
    this.shape = shape;
    this.taps = taps(shape);
    int outputs = shape.outChannels();
    int wholeOutputs = outputs / OUTPUTS * OUTPUTS;
    int wholeTaps = taps.length / TAPS * TAPS;
    for (int[] o : new int[][] {{0, wholeOutputs, OUTPUTS}, {wholeOutputs, outputs, outputs - wholeOutputs}}) {
      for (int[] t : new int[][] {{0, wholeTaps, TAPS}, {wholeTaps, taps.length, taps.length - wholeTaps}}) {
        if (o[0] < o[1] && t[0] < t[1]) {
          Range ofOutputs = new Range(o[0], o[1], o[2]);
          Range ofTaps = new Range(t[0], t[1], t[2]);
          kernels.add(
              Generated.define(
                  new WeightGradientProgram(shape, ofOutputs, ofTaps).program(), WeightGradientProgram.Kernel.class));
        }
      }
    }
  }

  /** Numbers from..to, a few at a time. */
  record Range(int from, int to, int step) {}

  /** Where in padded x the first position finds each tap of each channel. */
  private static int[] taps(ConvShape s) {
    int[] taps = new int[s.inChannels() * s.taps()];
    for (int i = 0; i < taps.length; i++) {
      int c = i / s.taps();
      int ky = i % s.taps() / s.kernelWidth();
      int kx = i % s.kernelWidth();
      taps[i] = ((c * paddedHeight(s) + ky * s.rows().dilation()) * paddedWidth(s) + kx * s.columns().dilation()) * BLOCK;
    }
    return taps;
  }

  static int paddedHeight(ConvShape s) {
    return s.height() + 2 * s.rows().padding();
  }

  static int paddedWidth(ConvShape s) {
    return s.width() + 2 * s.columns().padding();
  }

  /** The kernels, and what they were made from. */
  public List<Defined<?>> generated() {
    return List.copyOf(kernels);
  }

  /** The floats of working memory that {@link #run} needs. */
  public static int scratchSize(ConvShape s) {
    boolean padded = s.columns().padding() > 0 || s.rows().padding() > 0;
    return padded ? s.inChannels() * paddedHeight(s) * paddedWidth(s) * BLOCK : 0;
  }

  /** Adds the gradient of this block to the sums. */
  public void run(float[] x, int xo, float[] dy, int dyo, float[] sums, int so, float[] scratch, int work) {
    boolean padded = scratchSize(shape) > 0;
    if (padded) {
      pad(x, xo, scratch, work);
    }
    runPadded(padded ? scratch : x, padded ? work : xo, dy, dyo, sums, so);
  }

  /** The same where x has its padding already. */
  void runPadded(float[] x, int xo, float[] dy, int dyo, float[] sums, int so) {
    for (int i = 0; i < kernels.size(); i++) {
      kernels.get(i).kernel().run(x, xo, taps, dy, dyo, sums, so);
    }
  }

  /** Copies x, and puts zeros around it. */
  void pad(float[] x, int xo, float[] padded, int po) {
    int row = shape.width() * BLOCK;
    int side = shape.columns().padding() * BLOCK;
    int around = shape.rows().padding() * (row + 2 * side);
    int from = xo;
    int to = po;
    for (int c = 0; c < shape.inChannels(); c++) {
      Arrays.fill(padded, to, to += around, 0);
      for (int y = 0; y < shape.height(); y++, from += row) {
        Arrays.fill(padded, to, to += side, 0);
        System.arraycopy(x, from, padded, to, row);
        Arrays.fill(padded, to += row, to += side, 0);
      }
      Arrays.fill(padded, to, to += around, 0);
    }
  }
}
