package dev.lanewise.runtime.kernel.product;

import static dev.lanewise.runtime.kernel.code.Program.floats;
import static dev.lanewise.runtime.kernel.code.Program.integer;
import static dev.lanewise.runtime.kernel.lane.Lanes.BLOCK;
import static dev.lanewise.runtime.kernel.lane.Lanes.LENGTH;

import dev.lanewise.runtime.kernel.code.Bytecode.Defined;
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
import dev.lanewise.runtime.kernel.code.Vector.Constant;
import dev.lanewise.runtime.kernel.code.Vector.Fma;
import dev.lanewise.runtime.kernel.code.Vector.Load;
import dev.lanewise.runtime.kernel.code.Vector.Variable;
import dev.lanewise.runtime.kernel.lane.Generated;
import dev.lanewise.runtime.kernel.lane.Transpose;
import dev.lanewise.runtime.symbolic.Relation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The gradient of a dense layer's weights, a sum over the lanes:
 *
 * <pre>c[row][column] += Σ_lane a[row][lane] · b[column][lane]</pre>
 *
 * <p>With b turned round, a vector holds 16 columns of one example. A tile is a few rows of four such vectors, or more rows of one; the
 * last vector overlaps the one before it, and leaves those columns as they are. Fewer columns than lanes go one by one.
 *
 * <p>Of sequences, {@code a[place][row][lane]} and {@code b[place][column][lane]}, the sum is over the places, too. Some places at a time are added up, and those sums to c:
 * so c is seldom read, and a sum is seldom much larger than what is added to it.
 */
public final class LaneOuterProduct {
  public interface Kernel {
    void run(float[] a, int ao, int count, int aPlace, float[] b, int bo, int bRow, float[] c, int co, int cRow, float[] lanes, int keep);
  }

  /** Places that are added up before their sum is added to c. */
  private static final int MOST_PLACES = 8;

  /** Vectors of a wide tile. */
  private static final int WIDE = LENGTH == 16 ? 4 : 2;

  /** Zeros, then ones: read {@code keep} before the ones, it says which lanes are new. */
  private static final float[] NEW_LANES = newLanes();

  /** Tiles of one kernel, side by side and one below the other. */
  private record Part(Defined<Kernel> defined, int firstRow, int lastRow, int rows, int firstColumn, int lastColumn, int columns) {}

  private final int rows;
  private final int columns;
  private final int places;
  private final Transpose transpose;
  private final List<Part> parts = new ArrayList<>();

  /** Of values without places. */
  public LaneOuterProduct(int rows, int columns) {
    this(rows, columns, 1);
  }

  public LaneOuterProduct(int rows, int columns, int places) {
    this.rows = rows;
    this.columns = columns;
    this.places = places;
    this.transpose = new Transpose(columns, row(columns));
    int wide = columns / (WIDE * LENGTH) * WIDE * LENGTH;
    if (wide > 0) {
      add(TileHeight.of(rows, LENGTH == 16 ? 5 : 4), WIDE, 0, wide);
    }
    if (wide < columns && columns >= LENGTH) {
      add(TileHeight.of(rows, LENGTH == 16 ? 16 : 8), 1, wide, columns);
    }
  }

  private void add(int height, int vectors, int firstColumn, int lastColumn) {
    int whole = rows / height * height;
    parts.add(new Part(define(height, vectors), 0, whole, height, firstColumn, lastColumn, vectors * LENGTH));
    if (whole < rows) {
      parts.add(new Part(define(rows - whole, vectors), whole, rows, rows - whole, firstColumn, lastColumn, vectors * LENGTH));
    }
  }

  private Defined<Kernel> define(int height, int vectors) {
    return Generated.define(program(height, vectors, places > 1), Kernel.class);
  }

  private static float[] newLanes() {
    float[] lanes = new float[2 * LENGTH];
    Arrays.fill(lanes, LENGTH, lanes.length, 1);
    return lanes;
  }

  /** The floats of a row of b turned round: an odd number of cache lines, so that the same columns of all rows find room in the cache. */
  private static int row(int columns) {
    return ((columns + BLOCK - 1) / BLOCK | 1) * BLOCK;
  }

  /** The floats of working memory that {@link #run} needs. */
  public static int scratchSize(int columns, int places) {
    return Math.min(places, MOST_PLACES) * BLOCK * row(columns);
  }

  /** The kernels, and what they were made from. */
  public List<Defined<?>> generated() {
    return Stream.concat(transpose.generated().stream(), parts.stream().map(Part::defined)).distinct().toList();
  }

  /** Adds this block's products to c. */
  public void run(float[] a, int ao, float[] b, int bo, float[] c, int co, float[] scratch, int so) {
    for (int place = 0; place < places; place += MOST_PLACES) {
      int some = Math.min(MOST_PLACES, places - place);
      run(some, a, ao + place * rows * BLOCK, b, bo + place * columns * BLOCK, c, co, scratch, so);
    }
  }

  private void run(int some, float[] a, int ao, float[] b, int bo, float[] c, int co, float[] scratch, int so) {
    int row = row(columns);
    for (int place = 0; place < some; place++) {
      transpose.run(b, bo + place * columns * BLOCK, scratch, so + place * BLOCK * row);
    }
    if (columns < LENGTH) {
      few(some, a, ao, scratch, so, c, co);
    }
    for (int i = 0; i < parts.size(); i++) {
      Part p = parts.get(i);
      for (int next = p.firstColumn; next < p.lastColumn; next += p.columns) {
        int column = Math.min(next, columns - p.columns);
        for (int r = p.firstRow; r < p.lastRow; r += p.rows) {
          int from = ao + r * BLOCK;
          p.defined.kernel().run(
              a, from, some, rows * BLOCK, scratch, so + column, row, c, co + r * columns + column, columns, NEW_LANES, next - column);
        }
      }
    }
  }

  /** The same sums in the same order as with vectors. */
  private void few(int some, float[] a, int ao, float[] turned, int so, float[] c, int co) {
    int row = row(columns);
    for (int at = 0; at < rows * columns; at++) {
      float sum = places > 1 ? 0 : c[co + at];
      for (int i = 0; i < some * BLOCK; i++) {
        sum = Math.fma(a[ao + (i / BLOCK * rows + at / columns) * BLOCK + i % BLOCK], turned[so + i * row + at % columns], sum);
      }
      c[co + at] = places > 1 ? c[co + at] + sum : sum;
    }
  }

  private static Program program(int rows, int vectors, boolean places) {
    List<Statement> body = new ArrayList<>();
    List<Statement> end = new ArrayList<>();
    body.add(new SetIndex("at", Index.of("co")));
    end.add(new SetIndex("at", Index.of("co")));
    for (int r = 0; r < rows; r++) {
      for (int v = 0; v < vectors; v++) {
        Load old = new Load("c", Index.of("at").plus(v * LENGTH));
        body.add(new Set(sum(r, v), places ? new Constant(0) : old));
        Vector sum = new Variable(sum(r, v));
        Vector now = places ? new Vector.Binary(Vector.Operator.ADD, old, sum) : sum;
        end.add(new Store("c", Index.of("at").plus(v * LENGTH), vectors == 1 ? kept(old, now) : now));
      }
      body.add(new SetIndex("at", Index.of("at").plus(Index.of("cRow"))));
      end.add(new SetIndex("at", Index.of("at").plus(Index.of("cRow"))));
    }
    List<Statement> lane = new ArrayList<>();
    for (int v = 0; v < vectors; v++) {
      lane.add(new Set("b" + v, new Load("b", Index.of("bk").plus(v * LENGTH))));
    }
    Index from = Index.of(places ? "aPart" : "ao");
    for (int r = 0; r < rows; r++) {
      lane.add(new Set("weight", new Broadcast("a", from.plus(Index.of("lane")).plus(r * BLOCK))));
      for (int v = 0; v < vectors; v++) {
        lane.add(new Set(sum(r, v), new Fma(new Variable("weight"), new Variable("b" + v), new Variable(sum(r, v)))));
      }
    }
    lane.add(new SetIndex("bk", Index.of("bk").plus(Index.of("bRow"))));
    body.add(new SetIndex("bk", Index.of("bo")));
    Statement lanes = new Statement.Repeat("lane", Index.of(0), Index.of(BLOCK), 1, lane);
    if (places) {
      body.add(new SetIndex("aPart", Index.of("ao")));
      body.add(new Statement.Repeat("place", Index.of(0), Index.of("count"), 1, List.of(lanes, new SetIndex("aPart", Index.of("aPart").plus(Index.of("aPlace"))))));
    } else {
      body.add(lanes);
    }
    body.addAll(end);
    return new Program(
        "LaneOuterProduct" + rows + "x" + vectors,
        List.of(floats("a"), integer("ao"), integer("count"), integer("aPlace"), floats("b"), integer("bo"), integer("bRow"), floats("c"), integer("co"), integer("cRow"),
            floats("lanes"), integer("keep")),
        body);
  }

  private static Vector kept(Vector old, Vector sum) {
    Vector isNew = new Load("lanes", new Index.Product(Index.of("keep"), -1).plus(LENGTH));
    return new Blend(old, sum, new Condition.Compare(Relation.GT, isNew, new Constant(0)));
  }

  private static String sum(int row, int vector) {
    return "sum" + row + "_" + vector;
  }
}
