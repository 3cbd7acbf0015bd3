package dev.lanewise.runtime.kernel.channel;

import static dev.lanewise.runtime.kernel.code.Program.floats;
import static dev.lanewise.runtime.kernel.code.Program.integer;
import static dev.lanewise.runtime.kernel.code.Program.ints;
import static dev.lanewise.runtime.kernel.lane.Lanes.BLOCK;
import static dev.lanewise.runtime.kernel.lane.Lanes.LENGTH;

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
import dev.lanewise.runtime.kernel.code.Vector.Constant;
import dev.lanewise.runtime.kernel.code.Vector.Fma;
import dev.lanewise.runtime.kernel.code.Vector.Load;
import dev.lanewise.runtime.kernel.code.Vector.Variable;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the kernel of a {@link ChannelConv}: the sums of 16 output channels at a few positions stay in registers while the terms pass. Of each term 16 weights are
 * loaded, and each x is broadcast. Which terms there are, a table says, so that one kernel serves all layers: it is compiled early, and warm soon.
 *
 * @param positions of a tile
 * @param step floats of x from one to the next, a constant of the code: it spares most of what is checked
 * @param all whether all taps are seen: then the weights lie one behind the other
 * @param chained whether what y has begins the chain of multiply-adds; else the terms are added up by themselves and then to y
 */
record ChannelProgram(int positions, int step, boolean all, boolean chained) {
  /**
   * The positions of a tile at most. Of 16 registers two are for weights, and the compiler loads two x at a time: a sixth position would have one of its sums in memory,
   * 62 GFLOP/s instead of 81, of 86. Of 32 registers there are enough for twelve sums of a vector each.
   */
  static final int MOST = LENGTH == 16 ? 12 : 5;

  /** Vectors of the sums at a position; 16 lanes are two passes where a vector has four. */
  private static final int VECTORS = LENGTH == 16 ? 1 : 2;

  /**
   * The compiled kernel.
   *
   * <p>{@code terms} holds the place in x and in w of each, {@code count} numbers; {@code tiles} those of each tile in x and in y, {@code end} numbers.
   */
  public interface Kernel {
    void run(float[] x, int xo, float[] w, int wo, int[] terms, float[] y, int yo, int yStep, int[] tiles, int count, int end);
  }

  Program program() {
    List<Statement> tile = new ArrayList<>();
    tile.add(new SetIndex("x0", new Index.Element("tiles", Index.of("t")).plus(Index.of("xo"))));
    tile.add(new SetIndex("y0", new Index.Element("tiles", Index.of("t").plus(1)).plus(Index.of("yo")).plus(Index.of("lane"))));
    tile.add(new SetIndex("at", Index.of("y0")));
    each(tile, (sum, at) -> new Set(sum, chained ? new Load("y", at) : new Constant(0)));
    tile.add(new SetIndex("w0", Index.of("wo").plus(Index.of("lane"))));
    tile.add(new Repeat("i", Index.of(0), Index.of("count"), 2, term()));
    tile.add(new SetIndex("at", Index.of("y0")));
    each(tile, (sum, at) -> new Store("y", at, chained ? new Variable(sum) : new Vector.Binary(Vector.Operator.ADD, new Load("y", at), new Variable(sum))));
    return new Program(
        "Channels" + (all ? "" : "Some") + (chained ? "Chained" : "") + positions + "x" + step,
        List.of(floats("x"), integer("xo"), floats("w"), integer("wo"), ints("terms"), floats("y"), integer("yo"), integer("yStep"), ints("tiles"),
            integer("count"), integer("end")),
        List.of(new Loop("lane", Index.of(0), Index.of(BLOCK), VECTORS * LENGTH, List.of(new Loop("t", Index.of(0), Index.of("end"), 2, tile)))));
  }

  private interface Sum {
    Statement at(String sum, Index place);
  }

  private void each(List<Statement> body, Sum statement) {
    for (int p = 0; p < positions; p++) {
      for (int v = 0; v < VECTORS; v++) {
        body.add(statement.at(sum(p, v), Index.of("at").plus(v * LENGTH)));
      }
      if (p + 1 < positions) {
        body.add(new SetIndex("at", Index.of("at").plus(Index.of("yStep"))));
      }
    }
  }

  private List<Statement> term() {
    List<Statement> term = new ArrayList<>();
    term.add(new SetIndex("xt", new Index.Element("terms", Index.of("i")).plus(Index.of("x0"))));
    term.add(new SetIndex("wt", (all ? Index.of("i").times(BLOCK / 2) : new Index.Element("terms", Index.of("i").plus(1))).plus(Index.of("w0"))));
    for (int v = 0; v < VECTORS; v++) {
      term.add(new Set("w_" + v, new Load("w", Index.of("wt").plus(v * LENGTH))));
    }
    for (int p = 0; p < positions; p++) {
      term.add(new Set("value", new Broadcast("x", Index.of("xt").plus(p * step))));
      for (int v = 0; v < VECTORS; v++) {
        term.add(new Set(sum(p, v), new Fma(new Variable("w_" + v), new Variable("value"), new Variable(sum(p, v)))));
      }
    }
    return term;
  }

  private static String sum(int position, int vector) {
    return "sum" + position + "_" + vector;
  }
}
