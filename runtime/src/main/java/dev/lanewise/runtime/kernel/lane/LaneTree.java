package dev.lanewise.runtime.kernel.lane;

import static dev.lanewise.runtime.kernel.code.Program.floats;
import static dev.lanewise.runtime.kernel.code.Program.integer;
import static dev.lanewise.runtime.kernel.code.Program.ints;
import static dev.lanewise.runtime.kernel.lane.Lanes.BLOCK;
import static dev.lanewise.runtime.kernel.lane.Lanes.LENGTH;

import dev.lanewise.runtime.kernel.code.Bytecode.Defined;
import dev.lanewise.runtime.kernel.code.Index;
import dev.lanewise.runtime.kernel.code.Program;
import dev.lanewise.runtime.kernel.code.Statement;
import dev.lanewise.runtime.kernel.code.Statement.Loop;
import dev.lanewise.runtime.kernel.code.Statement.Set;
import dev.lanewise.runtime.kernel.code.Statement.SetIndex;
import dev.lanewise.runtime.kernel.code.Statement.Store;
import dev.lanewise.runtime.kernel.code.Vector;
import dev.lanewise.runtime.kernel.code.Vector.Binary;
import dev.lanewise.runtime.kernel.code.Vector.Bits;
import dev.lanewise.runtime.kernel.code.Vector.Constant;
import dev.lanewise.runtime.kernel.code.Vector.Floats;
import dev.lanewise.runtime.kernel.code.Vector.Indices;
import dev.lanewise.runtime.kernel.code.Vector.Load;
import dev.lanewise.runtime.kernel.code.Vector.Operator;
import dev.lanewise.runtime.kernel.code.Vector.Select;
import dev.lanewise.runtime.kernel.code.Vector.Variable;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds up the 16 lanes of many sums, in the order of {@link LaneSums#add}: lane l with l + 8, then l + 4, l + 2, l + 1.
 *
 * <p>As many sums as a vector has lanes are added at once. Of two vectors, the lower halves of all groups of lanes make one
 * vector and the upper halves another, and their sum holds the groups of both, half as long; when the groups are single
 * lanes, lane i holds the i-th sum. The sums are left cleared for the next shard.
 */
final class LaneTree {
  interface Kernel {
    void run(float[] sums, int so, int count, float[] out, int oo, int[] halves);
  }

  private static final int[] HALVES = halves();
  private static final Defined<Kernel> DEFINED = Generated.define(program(), Kernel.class);

  private LaneTree() {}

  /** Does nothing but let this class be initialised. */
  static void prepare() {}

  /** Adds to {@code out[oo + i]} the lanes of the i-th sum, for the first {@code count} sums: a multiple of the vector's length. */
  static void run(float[] sums, int so, int count, float[] out, int oo) {
    DEFINED.kernel().run(sums, so, count, out, oo, HALVES);
  }

  /** For groups of half the length, then a quarter …: which lanes of two vectors are lower halves, and which are upper. */
  private static int[] halves() {
    int[] halves = new int[2 * stages() * LENGTH];
    int i = 0;
    for (int group = LENGTH / 2; group > 0; group /= 2) {
      for (int upper = 0; upper < 2; upper++) {
        for (int lane = 0; lane < LENGTH; lane++) {
          int number = lane / group;
          halves[i++] = number / 2 * 2 * group + lane % group + upper * group + number % 2 * LENGTH;
        }
      }
    }
    return halves;
  }

  private static int stages() {
    return Integer.numberOfTrailingZeros(LENGTH);
  }

  private static Program program() {
    List<Statement> body = new ArrayList<>();
    for (int i = 0; i < 2 * stages(); i++) {
      body.add(new Set("half" + i, new Indices("halves", Index.of(i * LENGTH))));
    }
    body.add(new Loop("i", Index.of(0), Index.of("count"), LENGTH, sums()));
    return new Program(
        "LaneTree",
        List.of(floats("sums"), integer("so"), integer("count"), floats("out"), integer("oo"), ints("halves")), body);
  }

  private static List<Statement> sums() {
    List<Statement> body = new ArrayList<>();
    body.add(new SetIndex("at", Index.of("so").plus(Index.of("i").times(BLOCK))));
    for (int i = 0; i < LENGTH; i++) {
      body.add(new Set("s0_" + i, block(i * BLOCK)));
      for (int lane = 0; lane < BLOCK; lane += LENGTH) {
        body.add(new Store("sums", Index.of("at").plus(i * BLOCK + lane), new Constant(0)));
      }
    }
    int stage = 0;
    for (int group = LENGTH / 2; group > 0; group /= 2, stage++) {
      for (int i = 0; i < group; i++) {
        Vector a = new Bits(new Variable("s" + stage + "_" + i));
        Vector b = new Bits(new Variable("s" + stage + "_" + (i + group)));
        Vector lower = new Floats(new Select(new Variable("half" + 2 * stage), a, b));
        Vector upper = new Floats(new Select(new Variable("half" + (2 * stage + 1)), a, b));
        body.add(new Set("s" + (stage + 1) + "_" + i, new Binary(Operator.ADD, lower, upper)));
      }
    }
    Index to = Index.of("oo").plus(Index.of("i"));
    body.add(new Store("out", to, new Binary(Operator.ADD, new Load("out", to), new Variable("s" + stage + "_0"))));
    return body;
  }

  /** One vector for the 16 lanes of a sum: where it takes several, the upper half of them is added to the lower. */
  private static Vector block(int from) {
    List<Vector> parts = new ArrayList<>();
    for (int lane = 0; lane < BLOCK; lane += LENGTH) {
      parts.add(new Load("sums", Index.of("at").plus(from + lane)));
    }
    while (parts.size() > 1) {
      int half = parts.size() / 2;
      for (int i = 0; i < half; i++) {
        parts.set(i, new Binary(Operator.ADD, parts.get(i), parts.remove(half)));
      }
    }
    return parts.getFirst();
  }
}
