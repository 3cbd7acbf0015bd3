package dev.lanewise.runtime.kernel.lane;

import static dev.lanewise.runtime.kernel.code.Program.floats;
import static dev.lanewise.runtime.kernel.code.Program.integer;
import static dev.lanewise.runtime.kernel.code.Program.ints;
import static dev.lanewise.runtime.kernel.lane.Lanes.LENGTH;

import dev.lanewise.runtime.kernel.code.Bytecode.Defined;
import dev.lanewise.runtime.kernel.code.Index;
import dev.lanewise.runtime.kernel.code.Program;
import dev.lanewise.runtime.kernel.code.Statement;
import dev.lanewise.runtime.kernel.code.Statement.Repeat;
import dev.lanewise.runtime.kernel.code.Statement.Set;
import dev.lanewise.runtime.kernel.code.Statement.SetIndex;
import dev.lanewise.runtime.kernel.code.Statement.Store;
import dev.lanewise.runtime.kernel.code.Vector;
import dev.lanewise.runtime.kernel.code.Vector.Bits;
import dev.lanewise.runtime.kernel.code.Vector.Floats;
import dev.lanewise.runtime.kernel.code.Vector.Indices;
import dev.lanewise.runtime.kernel.code.Vector.Load;
import dev.lanewise.runtime.kernel.code.Vector.Select;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Squares of values, as many rows as a vector has lanes, that change from one layout to another: the rows of each become its columns,
 *
 * <pre>y[to[s] + out[i] + j] = x[from[s] + in[j] + i]</pre>
 *
 * <p>They are transposed in registers by the perfect shuffle: rows i and i + n/2 are interleaved, log n times. One kernel serves all
 * layouts, because it takes so long to compile: it reads from tables where squares and rows lie.
 */
public final class Squares {
  interface Kernel {
    void run(float[] x, int xo, int[] from, int[] in, float[] y, int yo, int[] to, int[] out, int squares, int[] interleaving);
  }

  private static final int[] INTERLEAVING = interleaving();
  private static final Defined<Kernel> DEFINED = Generated.define(program(), Kernel.class);

  private final int[] from;
  private final int[] in;
  private final int[] to;
  private final int[] out;

  /**
   * @param from where each square begins in x; {@code in} where its rows lie, from there on
   * @param to where it begins in y; {@code out} where its columns go. They are written from the last to the first, so that a place may
   *     be named twice
   */
  public Squares(int[] from, int[] in, int[] to, int[] out) {
    this.from = from;
    this.in = in;
    this.to = to;
    this.out = out;
  }

  /** The places of a square's rows: a constant distance apart. */
  public static int[] rows(int distance) {
    return rows(distance, LENGTH);
  }

  /** The same where only some of the rows are there: the others are the first one. */
  public static int[] rows(int distance, int count) {
    int[] rows = new int[LENGTH];
    Arrays.setAll(rows, i -> i < count ? i * distance : 0);
    return rows;
  }

  public static Defined<?> generated() {
    return DEFINED;
  }

  public void run(float[] x, int xo, float[] y, int yo) {
    if (from.length > 0) {
      DEFINED.kernel().run(x, xo, from, in, y, yo, to, out, from.length, INTERLEAVING);
    }
  }

  /** Where the lanes of an interleaved half come from: the first halves of two vectors, then the second. */
  private static int[] interleaving() {
    int[] indices = new int[2 * LENGTH];
    Arrays.setAll(indices, i -> i / 2 + i % 2 * LENGTH);
    return indices;
  }

  private static Program program() {
    List<Statement> square = new ArrayList<>();
    square.add(new SetIndex("xs", Index.of("xo").plus(new Index.Element("from", Index.of("s")))));
    square.add(new SetIndex("ys", Index.of("yo").plus(new Index.Element("to", Index.of("s")))));
    for (int i = 0; i < LENGTH; i++) {
      Index row = Index.of("xs").plus(new Index.Element("in", Index.of(i)));
      square.add(new Set("r0_" + i, new Bits(new Load("x", row))));
    }
    int last = transpose(square);
    for (int i = LENGTH - 1; i >= 0; i--) {
      Index column = Index.of("ys").plus(new Index.Element("out", Index.of(i)));
      square.add(new Store("y", column, new Floats(new Vector.Variable("r" + last + "_" + i))));
    }
    return new Program(
        "Squares",
        List.of(floats("x"), integer("xo"), ints("from"), ints("in"), floats("y"), integer("yo"), ints("to"), ints("out"),
            integer("squares"), ints("interleaving")),
        List.of(
            new Set("low", new Indices("interleaving", Index.of(0))),
            new Set("high", new Indices("interleaving", Index.of(LENGTH))),
            new Repeat("s", Index.of(0), Index.of("squares"), 1, square)));
  }

  /** Rows r0_i, as integers, become columns, named after the last stage, which it returns. */
  private static int transpose(List<Statement> body) {
    int stage = 0;
    for (int n = 1; n < LENGTH; n *= 2, stage++) {
      for (int i = 0; i < LENGTH; i++) {
        Vector a = new Vector.Variable("r" + stage + "_" + i / 2);
        Vector b = new Vector.Variable("r" + stage + "_" + (i / 2 + LENGTH / 2));
        Vector half = new Vector.Variable(i % 2 == 0 ? "low" : "high");
        body.add(new Set("r" + (stage + 1) + "_" + i, new Select(half, a, b)));
      }
    }
    return stage;
  }
}
