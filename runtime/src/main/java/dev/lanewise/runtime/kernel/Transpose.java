package dev.lanewise.runtime.kernel;

import static dev.lanewise.runtime.kernel.Lanes.BLOCK;
import static dev.lanewise.runtime.kernel.Lanes.LENGTH;
import static dev.lanewise.runtime.kernel.code.Program.floats;
import static dev.lanewise.runtime.kernel.code.Program.integer;
import static dev.lanewise.runtime.kernel.code.Program.ints;

import dev.lanewise.runtime.kernel.code.Bytecode.Defined;
import dev.lanewise.runtime.kernel.code.Index;
import dev.lanewise.runtime.kernel.code.Program;
import dev.lanewise.runtime.kernel.code.Statement;
import dev.lanewise.runtime.kernel.code.Statement.Loop;
import dev.lanewise.runtime.kernel.code.Statement.Set;
import dev.lanewise.runtime.kernel.code.Statement.SetIndex;
import dev.lanewise.runtime.kernel.code.Statement.Store;
import dev.lanewise.runtime.kernel.code.Vector;
import dev.lanewise.runtime.kernel.code.Vector.Bits;
import dev.lanewise.runtime.kernel.code.Vector.Constant;
import dev.lanewise.runtime.kernel.code.Vector.Floats;
import dev.lanewise.runtime.kernel.code.Vector.Load;
import java.util.ArrayList;
import java.util.List;

/** Turns values of lanes into rows of examples: {@code [count][16]} becomes {@code [16][row]}, a square of them at a time. */
public final class Transpose {
  interface Kernel {
    void run(float[] x, int xo, float[] rows, int ro, int[] interleaving);
  }

  private final Defined<Kernel> defined;

  /**
   * @param row the floats of a row: {@code count} rounded up to a multiple of 16, at least; what is more is filled with zeros
   */
  public Transpose(int count, int row) {
    this.defined = Generated.define(program(count, row), Kernel.class);
  }

  /** The kernel, and what it was made from. */
  public List<Defined<?>> generated() {
    return List.of(defined);
  }

  public void run(float[] x, int xo, float[] rows, int ro) {
    defined.kernel().run(x, xo, rows, ro, Square.INTERLEAVING);
  }

  private static Program program(int count, int row) {
    int whole = count / LENGTH * LENGTH;
    List<Statement> body = new ArrayList<>();
    if (whole > 0) {
      body.add(new Loop("first", Index.of(0), Index.of(whole), LENGTH, square(Index.of("first"), LENGTH, row)));
    }
    if (whole < count) {
      body.addAll(square(Index.of(whole), count - whole, row));
    }
    return new Program(
        "Transpose",
        List.of(floats("x"), integer("xo"), floats("rows"), integer("ro"), ints("interleaving")),
        List.of(Square.lower(), Square.upper(), new Loop("lane", Index.of(0), Index.of(BLOCK), LENGTH, body)));
  }

  private static List<Statement> square(Index first, int values, int row) {
    List<Statement> body = new ArrayList<>();
    body.add(new SetIndex("from", Index.of("xo").plus(Index.of("lane")).plus(first.times(BLOCK))));
    body.add(new SetIndex("to", Index.of("ro").plus(first).plus(Index.of("lane").times(row))));
    for (int i = 0; i < LENGTH; i++) {
      Vector x = i < values ? new Load("x", Index.of("from").plus(i * BLOCK)) : new Constant(0);
      body.add(new Set("r0_" + i, new Bits(x)));
    }
    int last = Square.transpose(body);
    for (int i = 0; i < LENGTH; i++) {
      body.add(new Store("rows", Index.of("to").plus(i * row), new Floats(new Vector.Variable("r" + last + "_" + i))));
    }
    return body;
  }
}
