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
import dev.lanewise.runtime.kernel.code.Vector.Broadcast;
import dev.lanewise.runtime.kernel.code.Vector.Fma;
import dev.lanewise.runtime.kernel.code.Vector.Load;
import dev.lanewise.runtime.kernel.code.Vector.Variable;
import dev.lanewise.runtime.kernel.lane.Generated;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a tile of a product whose lanes are columns: some rows of sixteen,
 *
 * <pre>c[row][16] = Σ_o Σ_i a[row, i, o] · b[i, o][16]</pre>
 *
 * <p>All distances are in floats, and constants of the code, as is the number of inner steps; so many outer ones, at least one, are said at each call.
 */
record BroadcastTileProgram(int rows, int inner, Distances at) {
  public interface Kernel {
    void run(float[] a, int ao, float[] b, int bo, float[] c, int co, int outer);
  }

  /** Between rows of a, inner and outer steps of a, inner and outer steps of b, rows of c. */
  record Distances(int aRow, int aInner, int aOuter, int bInner, int bOuter, int cRow) {}

  Defined<Kernel> define() {
    return Generated.define(program(), Kernel.class);
  }

  private Program program() {
    List<Statement> body = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      body.add(new Set("sum" + r, new Vector.Constant(0)));
    }
    body.add(new SetIndex("ak", Index.of("ao")));
    body.add(new SetIndex("bk", Index.of("bo").plus(Index.of("lane"))));
    List<Statement> step = new ArrayList<>();
    step.add(new Set("b0", new Load("b", Index.of("bk").plus(Index.of("i").times(at.bInner)))));
    for (int r = 0; r < rows; r++) {
      Index from = Index.of("ak").plus(Index.of("i").times(at.aInner)).plus(r * at.aRow);
      step.add(new Set("sum" + r, new Fma(new Broadcast("a", from), new Variable("b0"), new Variable("sum" + r))));
    }
    body.add(new Repeat("o", Index.of(0), Index.of("outer"), 1, List.of(
        new Repeat("i", Index.of(0), Index.of(inner), 1, step),
        new SetIndex("ak", Index.of("ak").plus(at.aOuter)),
        new SetIndex("bk", Index.of("bk").plus(at.bOuter)))));
    for (int r = 0; r < rows; r++) {
      body.add(new Store("c", Index.of("co").plus(Index.of("lane")).plus(r * at.cRow), new Variable("sum" + r)));
    }
    return new Program(
        "BroadcastTile", List.of(floats("a"), integer("ao"), floats("b"), integer("bo"), floats("c"), integer("co"), integer("outer")),
        List.of(new Loop("lane", Index.of(0), Index.of(BLOCK), LENGTH, body)));
  }
}
