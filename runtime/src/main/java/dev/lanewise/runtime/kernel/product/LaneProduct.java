package dev.lanewise.runtime.kernel.product;

import dev.lanewise.runtime.kernel.code.Bytecode.Defined;
import dev.lanewise.runtime.kernel.lane.Generated;
import dev.lanewise.runtime.kernel.lane.Lanes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The product of a matrix and the vectors of lanes: a dense layer, and, with the matrix transposed, its input gradient.
 *
 * <pre>y[row][16] = bias[row] + Σ_column a(row, column) · x[column][16]</pre>
 *
 * <p>Of a sequence the same at each place, with the same bits as one by one: {@code x[place][column][16]}.
 */
public final class LaneProduct {
  /** Weights from which on a product is worth the work of several: 8 million operations for a block. */
  private static final int SHARED = 1 << 18;
  private static final int MOST_PARTS = 16;
  /** Rows of a part: a whole tile. */
  private static final int LEAST_ROWS = 16;

  private final List<Defined<LaneProductProgram.Kernel>> kernels = new ArrayList<>();
  /** Places of the first kernel; one that is left has a second. */
  private final int paired;
  private final int rows;
  private final int columns;
  /** Rows one below the other, each part as many, by a kernel of their own; 1 where it is the work of one. */
  private final int parts;
  private final Optional<Defined<LaneProductProgram.Kernel>> ofPart;
  /** From a row of the matrix to the next one. */
  private final int row;

  private LaneProduct(int rows, int columns, LaneProductProgram.Order order, boolean bias, int places) {
    this.rows = rows;
    this.columns = columns;
    this.paired = places == 1 ? 1 : places / 2 * 2;
    for (int some : places == paired ? List.of(places) : List.of(paired, 1)) {
      kernels.add(Generated.define(new LaneProductProgram(rows, columns, order, bias, some, false).program(), LaneProductProgram.Kernel.class));
    }
    this.row = order.row();
    this.parts = places > 1 || (long) rows * columns < SHARED ? 1
        : IntStream.iterate(MOST_PARTS, p -> p - 1).filter(p -> p == 1 || rows % p == 0 && rows / p >= LEAST_ROWS).findFirst().orElseThrow();
    this.ofPart = parts == 1 ? Optional.empty()
        : Optional.of(Generated.define(new LaneProductProgram(rows / parts, columns, order, bias, 1, false).program(), LaneProductProgram.Kernel.class));
  }

  /** By a matrix {@code [rows][columns]}. */
  public static LaneProduct by(int rows, int columns, boolean bias, int places) {
    return new LaneProduct(rows, columns, new LaneProductProgram.Order(columns, 1), bias, places);
  }

  /** By the transpose of a matrix {@code [columns][rows]}. */
  public static LaneProduct byTransposed(int rows, int columns, int places) {
    return new LaneProduct(rows, columns, new LaneProductProgram.Order(1, rows), false, places);
  }

  /** The kernels, and what they were made from. */
  public List<Defined<?>> generated() {
    return List.copyOf(kernels);
  }

  /** In how many parts it can be computed, side by side. */
  public int parts() {
    return parts;
  }

  /** Computes some rows of y: the same sums in the same order. */
  public void run(int part, float[] x, int xo, float[] matrix, int mo, float[] bias, int bo, float[] y, int yo) {
    int first = part * (rows / parts);
    ofPart.orElseThrow().kernel().run(x, xo, matrix, mo + first * row, bias, bo + first, y, yo + first * Lanes.BLOCK);
  }

  /** Computes y; without bias its array is not touched. */
  public void run(float[] x, int xo, float[] matrix, int mo, float[] bias, int bo, float[] y, int yo) {
    kernels.getFirst().kernel().run(x, xo, matrix, mo, bias, bo, y, yo);
    if (kernels.size() > 1) {
      int fromX = xo + paired * columns * Lanes.BLOCK, toY = yo + paired * rows * Lanes.BLOCK;
      kernels.getLast().kernel().run(x, fromX, matrix, mo, bias, bo, y, toY);
    }
  }
}
