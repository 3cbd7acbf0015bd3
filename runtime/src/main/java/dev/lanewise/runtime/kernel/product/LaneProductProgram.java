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

/**
 * Writes the kernel of a {@link LaneProduct}: a tile of rows stays in registers while the columns pass; all sizes and distances are
 * constants of the code. Where the rows are no multiple of a tile, the last one begins earlier and computes some rows once more.
 *
 * <p>Many columns are added up in {@link Parts}, and those sums in y, so that a sum is seldom much larger than what is added to it.
 *
 * @param rowStep the distance in the weights between rows of a; {@code columnStep} between columns
 */
record LaneProductProgram(int rows, int columns, int rowStep, int columnStep, boolean bias) {
  public interface Kernel {
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
    body.add(new SetIndex("to", Index.of("yo").plus(Index.of("lane")).plus(first.times(BLOCK))));
    int part = Parts.of(columns);
    body.add(columns(Index.of(0), Index.of(part)));
    for (int r = 0; r < tile(); r++) {
      body.add(new Store("y", at(r), new Vector.Variable("sum" + r)));
    }
    int whole = columns / part * part;
    if (part < whole) {
      body.add(new Loop("part", Index.of(part), Index.of(whole), part, part(Index.of("part"), Index.of("part").plus(part))));
    }
    if (whole < columns) {
      body.addAll(part(Index.of(whole), Index.of(columns)));
    }
    return body;
  }

  private static Index at(int row) {
    return Index.of("to").plus(row * BLOCK);
  }

  /** Some columns, added up by themselves and then to what y has. */
  private List<Statement> part(Index from, Index end) {
    List<Statement> body = new ArrayList<>();
    for (int r = 0; r < tile(); r++) {
      body.add(new Set("sum" + r, new Constant(0)));
    }
    body.add(columns(from, end));
    for (int r = 0; r < tile(); r++) {
      body.add(new Store("y", at(r), new Vector.Binary(Vector.Operator.ADD, new Load("y", at(r)), new Vector.Variable("sum" + r))));
    }
    return body;
  }

  private Statement columns(Index from, Index end) {
    List<Statement> column = new ArrayList<>();
    column.add(new Set("x0", new Load("x", Index.of("from").plus(Index.of("column").times(BLOCK)))));
    Index at = Index.of("a").plus(Index.of("column").times(columnStep));
    for (int r = 0; r < tile(); r++) {
      column.add(new Set("sum" + r,
          new Fma(new Broadcast("weights", at.plus(r * rowStep)), new Vector.Variable("x0"), new Vector.Variable("sum" + r))));
    }
    return new Loop("column", from, end, 1, column);
  }
}
