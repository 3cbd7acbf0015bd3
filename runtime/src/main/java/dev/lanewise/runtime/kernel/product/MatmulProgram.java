package dev.lanewise.runtime.kernel.product;

import static dev.lanewise.runtime.kernel.code.Program.floats;
import static dev.lanewise.runtime.kernel.code.Program.integer;
import static dev.lanewise.runtime.kernel.lane.Lanes.LENGTH;

import dev.lanewise.runtime.kernel.code.Condition;
import dev.lanewise.runtime.kernel.code.Index;
import dev.lanewise.runtime.kernel.code.Program;
import dev.lanewise.runtime.kernel.code.Statement;
import dev.lanewise.runtime.kernel.code.Statement.Loop;
import dev.lanewise.runtime.kernel.code.Statement.Set;
import dev.lanewise.runtime.kernel.code.Statement.SetIndex;
import dev.lanewise.runtime.kernel.code.Statement.Store;
import dev.lanewise.runtime.kernel.code.Vector;
import dev.lanewise.runtime.kernel.code.Vector.Blend;
import dev.lanewise.runtime.kernel.code.Vector.Broadcast;
import dev.lanewise.runtime.kernel.code.Vector.Fma;
import dev.lanewise.runtime.kernel.code.Vector.Load;
import dev.lanewise.runtime.kernel.code.Vector.Variable;
import dev.lanewise.runtime.kernel.lane.Generated;
import dev.lanewise.runtime.symbolic.Relation;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the register tiles of {@link Matmul}: some rows of C by some vectors of C stay in registers while k passes;
 * one broadcast of A serves a whole row of the tile. Every element of C is one chain of fused multiply-adds in the
 * order of k, whatever the tile.
 *
 * @param keeps whether the first lanes of C stay as they are: for a last vector that overlaps the one before it
 */
record MatmulProgram(int rows, int vectors, boolean keeps) {
  /** The compiled tile; {@code keep} counts the lanes that stay. */
  public interface Tile {
    void run(int k, float[] a, int ao, int aRow, float[] b, int bo, int bRow, float[] c, int co, int cRow, float[] lanes, int keep);
  }

  /** The most vectors of a tile that keeps lanes. */
  private static final int WIDEST = 4;

  /** Zeros, then ones: read {@code keep} before the ones, it says which lanes are new. */
  static final float[] NEW_LANES = newLanes();

  private static float[] newLanes() {
    float[] lanes = new float[2 * WIDEST * LENGTH];
    java.util.Arrays.fill(lanes, WIDEST * LENGTH, lanes.length, 1);
    return lanes;
  }

  Tile tile() {
    return Generated.define(program(), Tile.class).kernel();
  }

  private Program program() {
    List<Statement> body = new ArrayList<>();
    forEachSum(body, (r, v, at) -> new Set(sum(r, v), new Load("c", at)));
    body.add(new SetIndex("ak", Index.of("ao")));
    body.add(new SetIndex("bk", Index.of("bo")));
    body.add(new Loop("i", Index.of(0), Index.of("k"), 1, step()));
    forEachSum(body, (r, v, at) -> new Store("c", at, keeps ? kept(sum(r, v), v, at) : new Variable(sum(r, v))));
    return new Program(
        "Matmul" + rows + "x" + vectors + (keeps ? "Last" : ""),
        List.of(integer("k"), floats("a"), integer("ao"), integer("aRow"), floats("b"), integer("bo"),
            integer("bRow"), floats("c"), integer("co"), integer("cRow"), floats("lanes"), integer("keep")),
        body);
  }

  /** What is done for a place of C. */
  private interface Place {
    Statement at(int row, int vector, Index place);
  }

  private void forEachSum(List<Statement> body, Place place) {
    body.add(new SetIndex("at", Index.of("co")));
    for (int r = 0; r < rows; r++) {
      for (int v = 0; v < vectors; v++) {
        body.add(place.at(r, v, Index.of("at").plus(v * LENGTH)));
      }
      if (r + 1 < rows) {
        body.add(new SetIndex("at", Index.of("at").plus(Index.of("cRow"))));
      }
    }
  }

  private static Vector kept(String sum, int vector, Index at) {
    Vector isNew = new Load("lanes", new Index.Product(Index.of("keep"), -1).plus((WIDEST + vector) * LENGTH));
    return new Blend(
        new Load("c", at), new Variable(sum), new Condition.Compare(Relation.GT, isNew, new Vector.Constant(0)));
  }

  private List<Statement> step() {
    List<Statement> step = new ArrayList<>();
    for (int v = 0; v < vectors; v++) {
      step.add(new Set("b" + v, new Load("b", Index.of("bk").plus(v * LENGTH))));
    }
    step.add(new SetIndex("ar", Index.of("ak")));
    for (int r = 0; r < rows; r++) {
      step.add(new Set("s", new Broadcast("a", Index.of("ar"))));
      for (int v = 0; v < vectors; v++) {
        step.add(new Set(sum(r, v), new Fma(new Variable("s"), new Variable("b" + v), new Variable(sum(r, v)))));
      }
      if (r + 1 < rows) {
        step.add(new SetIndex("ar", Index.of("ar").plus(Index.of("aRow"))));
      }
    }
    step.add(new SetIndex("ak", Index.of("ak").plus(1)));
    step.add(new SetIndex("bk", Index.of("bk").plus(Index.of("bRow"))));
    return step;
  }

  private static String sum(int row, int vector) {
    return "sum" + row + "_" + vector;
  }
}
