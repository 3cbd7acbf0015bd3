package dev.lanewise.runtime.kernel.product;

import static dev.lanewise.runtime.kernel.code.Program.floats;
import static dev.lanewise.runtime.kernel.code.Program.integer;
import static dev.lanewise.runtime.kernel.lane.Lanes.BLOCK;
import static dev.lanewise.runtime.kernel.lane.Lanes.LENGTH;

import dev.lanewise.runtime.kernel.code.Bytecode.Defined;
import dev.lanewise.runtime.kernel.code.Index;
import dev.lanewise.runtime.kernel.code.Program;
import dev.lanewise.runtime.kernel.code.Statement;
import dev.lanewise.runtime.kernel.code.Statement.Loop;
import dev.lanewise.runtime.kernel.code.Statement.Repeat;
import dev.lanewise.runtime.kernel.code.Statement.Set;
import dev.lanewise.runtime.kernel.code.Statement.SetIndex;
import dev.lanewise.runtime.kernel.code.Statement.Store;
import dev.lanewise.runtime.kernel.code.Vector;
import dev.lanewise.runtime.kernel.code.Vector.Fma;
import dev.lanewise.runtime.kernel.code.Vector.Load;
import dev.lanewise.runtime.kernel.code.Vector.Variable;
import dev.lanewise.runtime.kernel.lane.Generated;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the product of two matrices of which each example, and so each lane, has its own:
 *
 * <pre>c[row][column][16] = Σ_k a[row][k][16] · b[k][column][16]</pre>
 *
 * <p>Nothing is broadcast: four rows and four columns are eight loads for sixteen multiply-adds. A tile stays in registers while k passes; where
 * the rows are no multiple of a tile, the last one begins earlier and computes some once more. All sizes and distances are constants of the code.
 * Distances are those of vectors of 16 lanes.
 */
record LaneTileProgram(int rows, int columns, int depth, Distances at, Reach reach) {
  public interface Kernel {
    void run(float[] a, int ao, float[] b, int bo, float[] c, int co);
  }

  /** Between neighbours: rows and k of a, k and columns of b, rows and columns of c. */
  record Distances(int aRow, int aStep, int bStep, int bColumn, int cRow, int cColumn) {}

  /** What of a triangle is needed. Tiles go a few columns beyond its edge: there must be zeros, or nobody who reads. */
  enum Reach {
    ALL,
    /** Of a row, the columns up to itself: c is a triangle, as high as it is wide. */
    COLUMNS_TO_ROW,
    /** Of a row, k up to itself: a is a triangle. */
    STEPS_TO_ROW,
    /** Of a row, k from itself on: a is a triangle that lies on its side. */
    STEPS_FROM_ROW
  }

  /** Rows of a tile; of the edge of a triangle, so many rows have the same reach. */
  static final int HEIGHT = 4;

  /** Sixteen sums fit into 32 registers, eight into 16. */
  private static final int WIDTH = LENGTH == 16 ? 4 : 2;

  Defined<Kernel> define() {
    return Generated.define(program(), Kernel.class);
  }

  private int height() {
    return Math.min(rows, HEIGHT);
  }

  private int width() {
    return Math.min(columns, reach == Reach.COLUMNS_TO_ROW && rows < HEIGHT ? rows : WIDTH);
  }

  private Program program() {
    int whole = rows / height() * height();
    List<Statement> body = new ArrayList<>();
    body.add(new Loop("row", Index.of(0), Index.of(whole), height(), tiles(Index.of("row"), false)));
    if (whole < rows) {
      body.addAll(tiles(Index.of(rows - height()), true));
    }
    Loop lanes = new Loop("lane", Index.of(0), Index.of(BLOCK), LENGTH, body);
    return new Program(
        "LaneTile", List.of(floats("a"), integer("ao"), floats("b"), integer("bo"), floats("c"), integer("co")), List.of(lanes));
  }

  /** All tiles of some rows. @param last whether they are the last ones, which see all that there is */
  private List<Statement> tiles(Index row, boolean last) {
    List<Statement> body = new ArrayList<>();
    body.add(new SetIndex("from", Index.of("ao").plus(Index.of("lane")).plus(row.times(at.aRow * BLOCK))));
    body.add(new SetIndex("to", Index.of("co").plus(Index.of("lane")).plus(row.times(at.cRow * BLOCK))));
    if (reach == Reach.COLUMNS_TO_ROW && !last) {
      body.add(new Repeat("column", Index.of(0), row.plus(height()), width(), tile(row, Index.of("column"))));
      return body;
    }
    int whole = columns / width() * width();
    body.add(new Loop("column", Index.of(0), Index.of(whole), width(), tile(row, Index.of("column"))));
    if (whole < columns) {
      body.addAll(tile(row, Index.of(columns - width())));
    }
    return body;
  }

  private List<Statement> tile(Index row, Index column) {
    List<Statement> body = new ArrayList<>();
    forEachSum((r, c) -> body.add(new Set(sum(r, c), new Vector.Constant(0))));
    body.add(new SetIndex("other", Index.of("bo").plus(Index.of("lane")).plus(column.times(at.bColumn * BLOCK))));
    body.add(switch (reach) {
      case ALL, COLUMNS_TO_ROW -> new Loop("k", Index.of(0), Index.of(depth), 1, step());
      case STEPS_TO_ROW -> new Repeat("k", Index.of(0), row.plus(height()), 1, step());
      case STEPS_FROM_ROW -> new Repeat("k", row, Index.of(depth), 1, step());
    });
    body.add(new SetIndex("place", Index.of("to").plus(column.times(at.cColumn * BLOCK))));
    forEachSum((r, c) -> body.add(new Store("c", Index.of("place").plus((r * at.cRow + c * at.cColumn) * BLOCK), new Variable(sum(r, c)))));
    return body;
  }

  private List<Statement> step() {
    List<Statement> step = new ArrayList<>();
    step.add(new SetIndex("bk", Index.of("other").plus(Index.of("k").times(at.bStep * BLOCK))));
    step.add(new SetIndex("ak", Index.of("from").plus(Index.of("k").times(at.aStep * BLOCK))));
    for (int c = 0; c < width(); c++) {
      step.add(new Set("b" + c, new Load("b", Index.of("bk").plus(c * at.bColumn * BLOCK))));
    }
    for (int r = 0; r < height(); r++) {
      step.add(new Set("a0", new Load("a", Index.of("ak").plus(r * at.aRow * BLOCK))));
      for (int c = 0; c < width(); c++) {
        step.add(new Set(sum(r, c), new Fma(new Variable("a0"), new Variable("b" + c), new Variable(sum(r, c)))));
      }
    }
    return step;
  }

  private interface Place {
    void at(int row, int column);
  }

  private void forEachSum(Place place) {
    for (int r = 0; r < height(); r++) {
      for (int c = 0; c < width(); c++) {
        place.at(r, c);
      }
    }
  }

  private static String sum(int row, int column) {
    return "sum" + row + "_" + column;
  }
}
