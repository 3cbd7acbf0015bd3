package dev.lanewise.runtime.kernel.window;

import static dev.lanewise.runtime.kernel.lane.Lanes.BLOCK;
import static dev.lanewise.runtime.kernel.lane.Lanes.LENGTH;
import static dev.lanewise.runtime.kernel.lane.Lanes.SPECIES;

import dev.lanewise.runtime.kernel.code.Bytecode.Defined;
import dev.lanewise.runtime.kernel.lane.Generated;
import dev.lanewise.runtime.tensor.Blend;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;

/**
 * Weighted sums of neighbours: y[c][r][s] = Σ_i R[r][i] Σ_j S[s][j] x[c][i][j]; pooling by the mean, enlarging, padding, cropping, and the
 * gradients of all of them.
 *
 * <p>Layouts: x {@code [C][H][W][16]}, y {@code [C][H'][W'][16]}.
 */
public final class ResampleKernel {
  /** Values of a result, down and across, up to which they are written out. */
  private static final int FEW = 4;

  private final int channels;
  private final Axis rows;
  private final Axis columns;
  /** Where all results are made of as many values, and a few; else null. */
  private final Defined<ResampleProgram.Kernel> even;
  private final float[] weights;
  private final int[] tables;

  /**
   * The weights of one axis, as arrays.
   *
   * @param first of the values that a result reads
   * @param begin where its weights begin; they end where those of the next result begin
   */
  private record Axis(int in, int out, int[] first, int[] begin, float[] weights) {
    static Axis of(Blend blend) {
      int[] first = new int[blend.out()];
      int[] begin = new int[blend.out() + 1];
      for (int i = 0; i < first.length; i++) {
        first[i] = blend.parts().get(i).first();
        begin[i + 1] = begin[i] + blend.parts().get(i).weights().size();
      }
      float[] weights = new float[begin[first.length]];
      for (int i = 0; i < first.length; i++) {
        for (int j = begin[i]; j < begin[i + 1]; j++) {
          weights[j] = blend.parts().get(i).weights().get(j - begin[i]).floatValue();
        }
      }
      return new Axis(blend.in(), first.length, first, begin, weights);
    }

    /** How many values each result is made of, if all are of as many, and few; else 0. */
    int even() {
      int count = out == 0 ? 0 : begin[1];
      return count <= FEW && IntStream.range(0, out).allMatch(i -> begin[i + 1] - begin[i] == count) ? count : 0;
    }
  }

  /** Tables for the weights. */
  public ResampleKernel(int channels, Blend rows, Blend columns) {
    this.channels = channels;
    this.rows = Axis.of(rows);
    this.columns = Axis.of(columns);
    int down = this.rows.even(), across = this.columns.even();
    this.even = down * across == 0 ? null : Generated.define(new ResampleProgram(down, across).program(), ResampleProgram.Kernel.class);
    this.weights = Arrays.copyOf(this.rows.weights, this.rows.weights.length + this.columns.weights.length);
    System.arraycopy(this.columns.weights, 0, weights, this.rows.weights.length, this.columns.weights.length);
    this.tables = even == null ? null : tables();
  }

  private int[] tables() {
    int line = columns.in * BLOCK;
    return IntStream.concat(
        IntStream.of(channels, rows.out, columns.out, line, rows.in * line),
        IntStream.concat(Arrays.stream(rows.first).map(i -> i * line), Arrays.stream(columns.first).map(i -> i * BLOCK))).toArray();
  }

  /** The kernel, if it is a generated one, and what it was made from. */
  public List<Defined<?>> generated() {
    return even == null ? List.of() : List.of(even);
  }

  /** Computes y. */
  public void run(float[] x, int xo, float[] y, int yo) {
    if (even != null) {
      even.kernel().run(x, xo, weights, y, yo, tables);
      return;
    }
    int line = columns.in * BLOCK;
    int to = yo;
    for (int c = 0; c < channels; c++) {
      for (int r = 0; r < rows.out; r++) {
        int from = xo + (c * rows.in + rows.first[r]) * line;
        for (int lane = 0; lane < BLOCK; lane += LENGTH) {
          row(x, from + lane, line, rows.weights, rows.begin[r], rows.begin[r + 1], columns, y, to + lane);
        }
        to += columns.out * BLOCK;
      }
    }
  }

  private static void row(
      float[] x, int xo, int line, float[] rowWeights, int rowFrom, int rowTo, Axis columns, float[] y, int yo) {
    int[] first = columns.first;
    int[] begin = columns.begin;
    float[] weights = columns.weights;
    for (int s = 0; s < columns.out; s++) {
      FloatVector sum = FloatVector.zero(SPECIES);
      int at = xo + first[s] * BLOCK;
      for (int i = rowFrom; i < rowTo; i++, at += line) {
        FloatVector part = FloatVector.zero(SPECIES);
        int k = at;
        for (int j = begin[s]; j < begin[s + 1]; j++, k += BLOCK) {
          part = FloatVector.fromArray(SPECIES, x, k).fma(FloatVector.broadcast(SPECIES, weights[j]), part);
        }
        sum = part.fma(FloatVector.broadcast(SPECIES, rowWeights[i]), sum);
      }
      sum.intoArray(y, yo + s * BLOCK);
    }
  }
}
