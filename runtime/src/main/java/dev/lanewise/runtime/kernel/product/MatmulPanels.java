package dev.lanewise.runtime.kernel.product;

import static dev.lanewise.runtime.kernel.code.Program.floats;
import static dev.lanewise.runtime.kernel.code.Program.integer;
import static dev.lanewise.runtime.kernel.lane.Lanes.LENGTH;

import dev.lanewise.runtime.kernel.code.Index;
import dev.lanewise.runtime.kernel.code.Program;
import dev.lanewise.runtime.kernel.code.Statement;
import dev.lanewise.runtime.kernel.code.Statement.Loop;
import dev.lanewise.runtime.kernel.code.Statement.Set;
import dev.lanewise.runtime.kernel.code.Statement.SetIndex;
import dev.lanewise.runtime.kernel.code.Statement.Store;
import dev.lanewise.runtime.kernel.code.Vector.Broadcast;
import dev.lanewise.runtime.kernel.code.Vector.Fma;
import dev.lanewise.runtime.kernel.code.Vector.Load;
import dev.lanewise.runtime.kernel.code.Vector.Variable;
import dev.lanewise.runtime.kernel.lane.Generated;
import dev.lanewise.runtime.kernel.lane.Squares;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The product of large matrices, as Goto and van de Geijn (2008) take it: a block of A in the second-level cache and a panel of B in the
 * first-level one, both copied together in the order in which they are read: of A the rows of two tiles, turned round, {@code [k][rows]};
 * of B {@code [k][two vectors]}. So everything a tile reads lies at constant distances, and no two rows fall into the same few sets of a cache.
 *
 * <p>Every element of C is one chain of fused multiply-adds in the order of k, as everywhere. At the edges a whole tile is computed, in
 * memory of its own, and a part of it kept.
 */
final class MatmulPanels {
  public interface Tile {
    void run(int k, float[] panels, int ao, int bo, float[] c, int co, int cRow);
  }

  /** Rows of A that are copied together: a whole square, and half of another. */
  private static final int PANEL = LENGTH + LENGTH / 2;
  /** Rows of a tile: 12x2 sums where there are 32 registers, 6x2 where there are 16. */
  private static final int ROWS = PANEL / 2;
  private static final int COLUMNS = 2 * LENGTH;

  /** Rows of B at a time: a panel of them takes 32 KB. */
  private static final int DEPTH = 256;
  /** Rows of A at a time. */
  private static final int HEIGHT = 5 * PANEL;
  /** Columns of B at a time. */
  private static final int WIDTH = 1024;

  private static final int A = 0;
  private static final int B = A + HEIGHT * DEPTH + LENGTH;
  private static final int EDGE = B + DEPTH * WIDTH;

  /** The floats of working memory. */
  static final int SCRATCH = EDGE + ROWS * COLUMNS;

  private static final Tile TILE = Generated.define(program(), Tile.class).kernel();

  private final int m;
  private final int k;
  private final int n;
  private final float[] c;
  private final int co;
  private final int cRow;
  private final float[] scratch;
  private final int so;

  private MatmulPanels(int m, int k, int n, float[] c, int co, int cRow, float[] scratch, int so) {
    this.m = m;
    this.k = k;
    this.n = n;
    this.c = c;
    this.co = co;
    this.cRow = cRow;
    this.scratch = scratch;
    this.so = so;
  }

  /** See {@link Matmul}; k is at least the length of a vector. */
  static void multiplyAdd(int m, int k, int n, float[] a, int ao, int aRow, float[] b, int bo, int bRow, float[] c, int co, int cRow,
      float[] scratch, int so) {
    new MatmulPanels(m, k, n, c, co, cRow, scratch, so).run(a, ao, aRow, b, bo, bRow);
  }

  private void run(float[] a, int ao, int aRow, float[] b, int bo, int bRow) {
    // Parts as equal as can be: each at least a square.
    int parts = (k + DEPTH - 1) / DEPTH;
    for (int column = 0; column < n; column += WIDTH) {
      int width = Math.min(WIDTH, n - column);
      for (int part = 0; part < parts; part++) {
        int from = k * part / parts;
        int depth = k * (part + 1) / parts - from;
        packColumns(b, bo + from * bRow + column, bRow, depth, width);
        for (int row = 0; row < m; row += HEIGHT) {
          int height = Math.min(HEIGHT, m - row);
          packRows(a, ao + row * aRow + from, aRow, height, depth);
          block(row, height, column, width, depth);
        }
      }
    }
  }

  /** Panel by panel; what is missing of the last one is zero. */
  private void packColumns(float[] b, int bo, int bRow, int depth, int width) {
    int to = so + B;
    for (int column = 0; column < width; column += COLUMNS) {
      int there = Math.min(COLUMNS, width - column);
      for (int i = 0; i < depth; i++, to += COLUMNS) {
        System.arraycopy(b, bo + i * bRow + column, scratch, to, there);
        if (there < COLUMNS) {
          Arrays.fill(scratch, to + there, to + COLUMNS, 0);
        }
      }
    }
  }

  /** Rows that are missing are others once more. */
  private void packRows(float[] a, int ao, int aRow, int height, int depth) {
    int squares = (depth + LENGTH - 1) / LENGTH;
    int[] from = new int[squares], to = new int[squares];
    for (int i = 0; i < squares; i++) {
      // The last square begins earlier, rather than read what lies behind the row.
      from[i] = Math.min(i * LENGTH, depth - LENGTH);
      to[i] = from[i] * PANEL;
    }
    int[] out = Squares.rows(PANEL);
    for (int row = 0; row < height; row += PANEL) {
      int at = so + A + row * depth, left = height - row;
      if (left > LENGTH) {
        // It writes a whole square too, whose second half is then written over by the rows that belong there.
        new Squares(from, Squares.rows(aRow, Math.min(PANEL, left) - LENGTH), to, out)
            .run(a, ao + (row + LENGTH) * aRow, scratch, at + LENGTH);
      }
      new Squares(from, Squares.rows(aRow, left), to, out).run(a, ao + row * aRow, scratch, at);
    }
  }

  private void block(int row, int height, int column, int width, int depth) {
    for (int j = 0; j < width; j += COLUMNS) {
      int panel = so + B + j * depth;
      for (int i = 0; i < height; i += ROWS) {
        int at = so + A + i / PANEL * PANEL * depth + i % PANEL;
        int place = co + (row + i) * cRow + column + j;
        if (height - i >= ROWS && width - j >= COLUMNS) {
          TILE.run(depth, scratch, at, panel, c, place, cRow);
        } else {
          edge(depth, at, panel, place, Math.min(ROWS, height - i), Math.min(COLUMNS, width - j));
        }
      }
    }
  }

  private void edge(int depth, int a, int b, int place, int rows, int columns) {
    int own = so + EDGE;
    for (int r = 0; r < rows; r++) {
      System.arraycopy(c, place + r * cRow, scratch, own + r * COLUMNS, columns);
    }
    TILE.run(depth, scratch, a, b, scratch, own, COLUMNS);
    for (int r = 0; r < rows; r++) {
      System.arraycopy(scratch, own + r * COLUMNS, c, place + r * cRow, columns);
    }
  }

  private static Program program() {
    List<Statement> body = new ArrayList<>();
    List<Statement> end = new ArrayList<>();
    List<Statement> step = new ArrayList<>();
    body.add(new SetIndex("at", Index.of("co")));
    end.add(new SetIndex("at", Index.of("co")));
    for (int v = 0; v < 2; v++) {
      step.add(new Set("b" + v, new Load("panels", Index.of("bo").plus(Index.of("i").times(COLUMNS)).plus(v * LENGTH))));
    }
    for (int r = 0; r < ROWS; r++) {
      step.add(new Set("s", new Broadcast("panels", Index.of("ao").plus(Index.of("i").times(PANEL)).plus(r))));
      for (int v = 0; v < 2; v++) {
        String sum = "sum" + r + "_" + v;
        Index place = Index.of("at").plus(v * LENGTH);
        body.add(new Set(sum, new Load("c", place)));
        step.add(new Set(sum, new Fma(new Variable("s"), new Variable("b" + v), new Variable(sum))));
        end.add(new Store("c", place, new Variable(sum)));
      }
      body.add(new SetIndex("at", Index.of("at").plus(Index.of("cRow"))));
      end.add(new SetIndex("at", Index.of("at").plus(Index.of("cRow"))));
    }
    body.add(new Loop("i", Index.of(0), Index.of("k"), 1, step));
    body.addAll(end);
    return new Program(
        "MatmulPanel",
        List.of(integer("k"), floats("panels"), integer("ao"), integer("bo"), floats("c"), integer("co"), integer("cRow")),
        body);
  }
}
