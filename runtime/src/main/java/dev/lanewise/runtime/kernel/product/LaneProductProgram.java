package dev.lanewise.runtime.kernel.product;

import static dev.lanewise.runtime.kernel.code.Program.floats;
import static dev.lanewise.runtime.kernel.code.Program.integer;
import static dev.lanewise.runtime.kernel.lane.Lanes.BLOCK;
import static dev.lanewise.runtime.kernel.lane.Lanes.LENGTH;

import dev.lanewise.runtime.kernel.code.Index;
import dev.lanewise.runtime.kernel.code.Program;
import dev.lanewise.runtime.kernel.code.Statement;
import dev.lanewise.runtime.kernel.code.Statement.Loop;
import dev.lanewise.runtime.kernel.code.Statement.Set;
import dev.lanewise.runtime.kernel.code.Statement.SetIndex;
import dev.lanewise.runtime.kernel.code.Statement.Store;
import dev.lanewise.runtime.kernel.code.Vector;
import dev.lanewise.runtime.kernel.code.Vector.Broadcast;
import dev.lanewise.runtime.kernel.code.Vector.Constant;
import dev.lanewise.runtime.kernel.code.Vector.Fma;
import dev.lanewise.runtime.kernel.code.Vector.Load;
import dev.lanewise.runtime.kernel.lane.Parts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Writes the kernel of a {@link LaneProduct}: a tile of rows stays in registers while the columns pass; all sizes and distances are
 * constants of the code. Where the rows are no multiple of a tile, the last one begins earlier and computes some rows once more.
 *
 * <p>Many columns are added up in {@link Parts}, and those sums in y, so that a sum is seldom much larger than what is added to it.
 *
 * <p>Of a sequence, {@code [place][column][16]}, a tile has some places beside each other, so that a weight that is read serves as many vectors.
 *
 * @param order of the weights
 * @param places at which the same is done: one, or an even number
 * @param pair whether it is done of two blocks at once, each in an array of its own
 */
record LaneProductProgram(int rows, int columns, Order order, boolean bias, int places, boolean pair) {
  public interface Kernel {
    void run(float[] x, int xo, float[] weights, int wo, float[] bias, int bo, float[] y, int yo);
  }

  public interface PairKernel {
    void run(float[] x, float[] otherX, int xo, float[] weights, int wo, float[] bias, int bo, float[] y, float[] otherY, int yo);
  }

  /**
   * How the weights lie.
   *
   * @param tile the distance between tiles, for each of their rows; {@code row} between rows of a tile; {@code column} between columns
   * @param packed rows of a tile, if they lie as they are read, tile by tile; else 0
   */
  record Order(int tile, int row, int column, int packed) {
    Order(int row, int column) {
      this(row, row, column, 0);
    }

    /** As they are read, tile by tile. */
    static Order packed(int columns, int tile) {
      return new Order(columns, 1, tile, tile);
    }
  }

  /** Sums of a tile. More would fit the registers, but not so well the cache lines of transposed weights. */
  private static final int MOST = LENGTH == 16 ? 16 : 12;

  /** Rows of a tile of two places. */
  private static final int MOST_OF_TWO = LENGTH == 16 ? 12 : 6;

  /** Places of a tile. */
  private int beside() {
    return pair ? 2 : Math.min(2, places);
  }

  /** Rows of a tile: where weights are packed, as many as the packed ones. */
  private int tile() {
    return order.packed > 0 ? order.packed : TileHeight.of(rows, beside() == 1 ? MOST : MOST_OF_TWO);
  }

  /** Rows of a tile for two blocks. */
  static int tileOfPair(int rows) {
    return TileHeight.of(rows, MOST_OF_TWO);
  }

  Program program() {
    return new Program(
        "LaneProduct",
        pair
            ? List.of(floats("x"), floats("otherX"), integer("xo"), floats("weights"), integer("wo"), floats("bias"), integer("bo"), floats("y"), floats("otherY"), integer("yo"))
            : List.of(floats("x"), integer("xo"), floats("weights"), integer("wo"), floats("bias"), integer("bo"), floats("y"), integer("yo")),
        places == 1 ? lanes() : List.of(new Loop("place", Index.of(0), Index.of(places), beside(), lanes())));
  }

  private List<Statement> lanes() {
    int whole = rows / tile() * tile();
    List<Statement> body = new ArrayList<>();
    body.add(new Loop("row", Index.of(0), Index.of(whole), tile(), tile(Index.of("row"), Index.of("row"))));
    if (whole < rows) {
      body.addAll(tile(Index.of(rows - tile()), order.packed > 0 ? Index.of(whole) : Index.of(rows - tile())));
    }
    return List.of(new Loop("lane", Index.of(0), Index.of(BLOCK), LENGTH, body));
  }

  /** Where a place begins among values that have so many at each. */
  private Index place(Index from, int each) {
    return places == 1 ? from : from.plus(Index.of("place").times(each * BLOCK));
  }

  /** @param ofWeights the row from which the weights are taken: of packed ones the last tile begins behind those before it */
  private List<Statement> tile(Index first, Index ofWeights) {
    List<Statement> body = new ArrayList<>();
    for (int r = 0; r < tile(); r++) {
      Vector start = bias ? new Broadcast("bias", Index.of("bo").plus(first).plus(r)) : new Constant(0);
      for (int v = 0; v < beside(); v++) {
        body.add(new Set(sum(r, v), start));
      }
    }
    body.add(new SetIndex("a", Index.of("wo").plus(ofWeights.times(order.tile))));
    body.add(new SetIndex("from", place(Index.of("xo"), columns).plus(Index.of("lane"))));
    body.add(new SetIndex("to", place(Index.of("yo"), rows).plus(Index.of("lane")).plus(first.times(BLOCK))));
    int part = Parts.of(columns);
    body.add(columns(Index.of(0), Index.of(part)));
    each((r, v) -> body.add(new Store(y(v), at(r, v), new Vector.Variable(sum(r, v)))));
    int whole = columns / part * part;
    if (part < whole) {
      body.add(new Loop("part", Index.of(part), Index.of(whole), part, part(Index.of("part"), Index.of("part").plus(part))));
    }
    if (whole < columns) {
      body.addAll(part(Index.of(whole), Index.of(columns)));
    }
    return body;
  }

  private void each(BiConsumer<Integer, Integer> sum) {
    for (int v = 0; v < beside(); v++) {
      for (int r = 0; r < tile(); r++) {
        sum.accept(r, v);
      }
    }
  }

  private static String sum(int row, int place) {
    return "sum" + row + (place == 0 ? "" : "_" + place);
  }

  private Index at(int row, int place) {
    return Index.of("to").plus(row * BLOCK + (pair ? 0 : place * rows * BLOCK));
  }

  private String x(int beside) {
    return pair && beside == 1 ? "otherX" : "x";
  }

  private String y(int beside) {
    return pair && beside == 1 ? "otherY" : "y";
  }

  /** Some columns, added up by themselves and then to what y has. */
  private List<Statement> part(Index from, Index end) {
    List<Statement> body = new ArrayList<>();
    each((r, v) -> body.add(new Set(sum(r, v), new Constant(0))));
    body.add(columns(from, end));
    each((r, v) -> body.add(
        new Store(y(v), at(r, v), new Vector.Binary(Vector.Operator.ADD, new Load(y(v), at(r, v)), new Vector.Variable(sum(r, v))))));
    return body;
  }

  private Statement columns(Index from, Index end) {
    List<Statement> column = new ArrayList<>();
    Index x = Index.of("from").plus(Index.of("column").times(BLOCK));
    for (int v = 0; v < beside(); v++) {
      column.add(new Set("x" + v, new Load(x(v), x.plus(pair ? 0 : v * columns * BLOCK))));
    }
    Index at = Index.of("a").plus(Index.of("column").times(order.column));
    for (int r = 0; r < tile(); r++) {
      Vector weight = new Broadcast("weights", at.plus(r * order.row));
      if (beside() > 1) {
        column.add(new Set("weight", weight));
      }
      for (int v = 0; v < beside(); v++) {
        Vector read = beside() > 1 ? new Vector.Variable("weight") : weight;
        column.add(new Set(sum(r, v), new Fma(read, new Vector.Variable("x" + v), new Vector.Variable(sum(r, v)))));
      }
    }
    return new Loop("column", from, end, 1, column);
  }
}
