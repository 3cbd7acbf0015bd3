package dev.lanewise.runtime.kernel.conv;

import static dev.lanewise.runtime.kernel.lane.Lanes.BLOCK;

import dev.lanewise.runtime.kernel.code.Bytecode.Defined;
import dev.lanewise.runtime.kernel.lane.LaneSums;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The same as {@link ConvWeightGradient}, with its lanes added up at once:
 *
 * <pre>gradient[o][c][ky][kx] += Σ_lane Σ_oy Σ_ox dy[o][oy][ox] · x[c][…][…]</pre>
 *
 * <p>A few outputs at a time, so that the sums of their lanes, 16 times as many as weights, stay in the second-level cache and need little memory.
 */
public final class SlicedWeightGradient {
  /** Floats of the sums at a time, if a whole tile of outputs needs no more. */
  private static final int NEAR = 1 << 17;

  /** From here on, sums that are kept from block to block do not stay in a cache. */
  private static final int MANY = 1 << 20;

  private final ConvShape shape;
  private final int outputs;
  private final ConvWeightGradient whole;
  private final ConvWeightGradient rest;

  public SlicedWeightGradient(ConvShape shape) {
    this.shape = shape;
    this.outputs = outputs(shape);
    this.whole = new ConvWeightGradient(slice(shape, outputs));
    int left = shape.outChannels() % outputs;
    this.rest = left == 0 ? whole : new ConvWeightGradient(slice(shape, left));
    LaneSums.prepare();
  }

  /**
   * Whether this is better than sums kept from block to block.
   *
   * @param atOnce whether they would have to be added up for each block anyway
   */
  public static boolean pays(ConvShape shape, int groups, boolean atOnce) {
    return atOnce || (double) groups * shape.outChannels() * weights(shape) * BLOCK > MANY;
  }

  /** The weights of one output. */
  private static int weights(ConvShape shape) {
    return shape.inChannels() * shape.taps();
  }

  /** Outputs at a time: whole tiles of them. */
  private static int outputs(ConvShape shape) {
    int fit = NEAR / BLOCK / weights(shape);
    return Math.min(shape.outChannels(), Math.max(ConvWeightGradient.OUTPUTS, fit / ConvWeightGradient.OUTPUTS * ConvWeightGradient.OUTPUTS));
  }

  private static ConvShape slice(ConvShape s, int outputs) {
    return new ConvShape(s.inChannels(), s.height(), s.width(), outputs, s.rows(), s.columns());
  }

  private static int sums(ConvShape shape) {
    return Math.multiplyExact(outputs(shape) * BLOCK, weights(shape));
  }

  /** The floats of working memory that {@link #run} needs. */
  public static int scratchSize(ConvShape shape) {
    return Math.addExact(sums(shape), ConvWeightGradient.scratchSize(shape));
  }

  /** The kernels, and what they were made from. */
  public List<Defined<?>> generated() {
    return Stream.concat(whole.generated().stream(), rest.generated().stream()).distinct().toList();
  }

  /** Adds the gradient of this block. */
  public void run(float[] x, int xo, float[] dy, int dyo, float[] gradient, int go, float[] scratch, int so) {
    int work = so + sums(shape);
    boolean padded = ConvWeightGradient.scratchSize(shape) > 0;
    if (padded) {
      whole.pad(x, xo, scratch, work);
    }
    int plane = shape.outHeight() * shape.outWidth() * BLOCK;
    int weights = weights(shape);
    Arrays.fill(scratch, so, work, 0);
    for (int o = 0; o < shape.outChannels(); o += outputs) {
      int count = Math.min(outputs, shape.outChannels() - o);
      ConvWeightGradient kernel = count == outputs ? whole : rest;
      kernel.runPadded(padded ? scratch : x, padded ? work : xo, dy, dyo + o * plane, scratch, so);
      LaneSums.collect(scratch, so, count * weights, gradient, go + o * weights);
    }
  }
}
