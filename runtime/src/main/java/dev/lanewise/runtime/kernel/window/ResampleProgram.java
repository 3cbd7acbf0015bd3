package dev.lanewise.runtime.kernel.window;

import static dev.lanewise.runtime.kernel.code.Program.floats;
import static dev.lanewise.runtime.kernel.code.Program.integer;
import static dev.lanewise.runtime.kernel.code.Program.ints;
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
import dev.lanewise.runtime.kernel.code.Vector.Variable;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the kernel of a {@link ResampleKernel} all of whose results are made of as many values, a few: they are written out one after the
 * other, and what a row weighs stays in registers. Enlarging by repetition is one value, its gradient and pooling by the mean of 2x2 are four.
 *
 * @param rows that a result reads; {@code columns} in each
 */
record ResampleProgram(int rows, int columns) {
  /**
   * The compiled kernel; first the weights of the rows, then of the columns.
   *
   * @param tables counts of channels, rows and columns of y; the floats of a row and of a plane of x; then where each row and column of y begins
   *     in x, in floats
   */
  public interface Kernel {
    void run(float[] x, int xo, float[] weights, float[] y, int yo, int[] tables);
  }

  private static final List<String> COUNTS = List.of("channels", "height", "width", "line", "plane");

  /** How many numbers stand before the places. */
  static int counts() {
    return COUNTS.size();
  }

  Program program() {
    List<Statement> begin = new ArrayList<>();
    for (int i = 0; i < COUNTS.size(); i++) {
      begin.add(new SetIndex(COUNTS.get(i), new Index.Element("tables", Index.of(i))));
    }
    begin.add(new SetIndex("ofColumns", Index.of("height").times(rows)));
    List<Statement> row = new ArrayList<>(List.of(
        new SetIndex("from", new Index.Element("tables", Index.of("r").plus(COUNTS.size())).plus(Index.of("top")))));
    for (int i = 0; i < rows; i++) {
      row.add(new Set("row" + i, new Broadcast("weights", Index.of("r").times(rows).plus(i))));
    }
    row.add(new Loop("s", Index.of(0), Index.of("width"), 1, result()));
    Loop channels = new Loop("c", Index.of(0), Index.of("channels"), 1, List.of(
        new Loop("r", Index.of(0), Index.of("height"), 1, row),
        new SetIndex("top", Index.of("top").plus(Index.of("plane")))));
    begin.add(new Loop("lane", Index.of(0), Index.of(BLOCK), LENGTH, List.of(
        new SetIndex("to", Index.of("yo").plus(Index.of("lane"))), new SetIndex("top", Index.of("xo").plus(Index.of("lane"))), channels)));
    return new Program(
        "Resample" + rows + "x" + columns,
        List.of(floats("x"), integer("xo"), floats("weights"), floats("y"), integer("yo"), ints("tables")), begin);
  }

  private List<Statement> result() {
    List<Statement> body = new ArrayList<>(List.of(
        new SetIndex("at", new Index.Element("tables", Index.of("height").plus(Index.of("s")).plus(COUNTS.size())).plus(Index.of("from"))),
        new Set("sum", new Constant(0))));
    for (int j = 0; j < columns; j++) {
      body.add(new Set("column" + j, new Broadcast("weights", Index.of("ofColumns").plus(Index.of("s").times(columns)).plus(j))));
    }
    for (int i = 0; i < rows; i++) {
      Vector part = new Constant(0);
      for (int j = 0; j < columns; j++) {
        body.add(new Set("part", new Fma(new Load("x", Index.of("at").plus(j * BLOCK)), new Variable("column" + j), part)));
        part = new Variable("part");
      }
      body.add(new Set("sum", new Fma(part, new Variable("row" + i), new Variable("sum"))));
      body.add(new SetIndex("at", Index.of("at").plus(Index.of("line"))));
    }
    body.add(new Store("y", Index.of("to"), new Variable("sum")));
    body.add(new SetIndex("to", Index.of("to").plus(BLOCK)));
    return body;
  }
}
