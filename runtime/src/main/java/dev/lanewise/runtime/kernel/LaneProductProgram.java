package dev.lanewise.runtime.kernel;

import static dev.lanewise.runtime.kernel.Lanes.BLOCK;
import static dev.lanewise.runtime.kernel.Lanes.LENGTH;
import static dev.lanewise.runtime.kernel.code.Program.floats;
import static dev.lanewise.runtime.kernel.code.Program.integer;

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
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the kernel of a {@link LaneProduct}: a tile of rows stays in registers while the columns pass; all sizes and distances are
 * constants of the code. Where the rows are no multiple of a tile, the last one begins earlier and computes some rows once more.
 *
 * @param rowStep the distance in the weights between rows of a; {@code columnStep} between columns
 */
record LaneProductProgram(int rows, int columns, int rowStep, int columnStep, boolean bias) {
  interface Kernel {
    void run(float[] x, int xo, float[] weights, int wo, float[] bias, int bo, float[] y, int yo);
  }

  /** Sums of a tile. More would fit the registers, but not so well the cache lines of transposed weights. */
  private static final int MOST = LENGTH == 16 ? 16 : 12;

  /** Rows of a tile. */
  private int tile() {
    return TileHeight.of(rows, MOST);
  }

  Program program() {
    int whole = rows / tile() * tile();
    List<Statement> body = new ArrayList<>();
    body.add(new Loop("row", Index.of(0), Index.of(whole), tile(), tile(Index.of("row"))));
    if (whole < rows) {
      body.addAll(tile(Index.of(rows - tile())));
    }
    Loop lanes = new Loop("lane", Index.of(0), Index.of(BLOCK), LENGTH, body);
    return new Program(
        "LaneProduct",
        List.of(floats("x"), integer("xo"), floats("weights"), integer("wo"), floats("bias"), integer("bo"), floats("y"), integer("yo")),
        List.of(lanes));
  }

  private List<Statement> tile(Index first) {
    List<Statement> body = new ArrayList<>();
    for (int r = 0; r < tile(); r++) {
      Vector start = bias ? new Broadcast("bias", Index.of("bo").plus(first).plus(r)) : new Constant(0);
      body.add(new Set("sum" + r, start));
    }
    body.add(new SetIndex("a", Index.of("wo").plus(first.times(rowStep))));
    body.add(new SetIndex("from", Index.of("xo").plus(Index.of("lane"))));
    List<Statement> column = new ArrayList<>();
    column.add(new Set("x0", new Load("x", Index.of("from").plus(Index.of("column").times(BLOCK)))));
    Index at = Index.of("a").plus(Index.of("column").times(columnStep));
    for (int r = 0; r < tile(); r++) {
      column.add(new Set("sum" + r,
          new Fma(new Broadcast("weights", at.plus(r * rowStep)), new Vector.Variable("x0"), new Vector.Variable("sum" + r))));
    }
    body.add(new Loop("column", Index.of(0), Index.of(columns), 1, column));
    body.add(new SetIndex("to", Index.of("yo").plus(Index.of("lane")).plus(first.times(BLOCK))));
    for (int r = 0; r < tile(); r++) {
      body.add(new Store("y", Index.of("to").plus(r * BLOCK), new Vector.Variable("sum" + r)));
    }
    return body;
  }
}
