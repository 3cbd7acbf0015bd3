package dev.lanewise.runtime.kernel;

import static dev.lanewise.runtime.kernel.Lanes.BLOCK;
import static dev.lanewise.runtime.kernel.Lanes.LENGTH;
import static dev.lanewise.runtime.kernel.code.Program.floats;
import static dev.lanewise.runtime.kernel.code.Program.integer;
import static dev.lanewise.runtime.kernel.code.Program.ints;

import dev.lanewise.runtime.kernel.code.Index;
import dev.lanewise.runtime.kernel.code.Program;
import dev.lanewise.runtime.kernel.code.Statement;
import dev.lanewise.runtime.kernel.code.Statement.Loop;
import dev.lanewise.runtime.kernel.code.Statement.Repeat;
import dev.lanewise.runtime.kernel.code.Statement.Set;
import dev.lanewise.runtime.kernel.code.Statement.SetIndex;
import dev.lanewise.runtime.kernel.code.Statement.Store;
import dev.lanewise.runtime.kernel.code.Vector;
import dev.lanewise.runtime.kernel.code.Vector.Bits;
import dev.lanewise.runtime.kernel.code.Vector.Broadcast;
import dev.lanewise.runtime.kernel.code.Vector.Constant;
import dev.lanewise.runtime.kernel.code.Vector.Floats;
import dev.lanewise.runtime.kernel.code.Vector.Fma;
import dev.lanewise.runtime.kernel.code.Vector.Load;
import dev.lanewise.runtime.symbolic.Term;
import java.util.ArrayList;
import java.util.List;

/** Writes the kernels of a {@link KeptConv}. */
record KeptConvProgram(KeptConvLayout layout, boolean bias, Term activation) {
  /** Turns x round, for all images and a group of positions. */
  interface Turn {
    void run(float[] x, int xo, float[] patches, int po, int[] interleaving);
  }

  /** A few kept channels of one image. */
  interface Taps {
    void run(float[] x, int xo, float[] w, int wo, float[] bias, int bo, float[] factor, int fo, float[] y, int yo, float[] argmax,
        int ao, int[] kept, int ko, int tiles);
  }

  /** Turns {@code [O][image][position]} back. */
  interface Join {
    void run(float[] values, int vo, float[] y, int yo, int[] interleaving);
  }

  /** Channels of a tile, with four sums each. */
  static final int TILE = LENGTH == 16 ? 5 : 2;

  /** Channels of the tiles for what is left over. */
  static final int REST = LENGTH == 16 ? 3 : 2;

  /** The positions of a window. */
  private static final int WINDOW = 4;

  private ConvShape shape() {
    return layout.shape();
  }

  Program turn() {
    List<Statement> squares = new ArrayList<>();
    squares.add(new SetIndex("from", Index.of("at").plus(Index.of("image"))));
    squares.add(new SetIndex("to", Index.of("seen").plus(Index.of("image").times(layout.size()))));
    for (int chunk = 0; chunk < layout.chunks(); chunk++) {
      for (int i = 0; i < LENGTH; i++) {
        squares.add(new Set("r0_" + i, new Bits(new Load("x", Index.of("from").plus(layout.source(chunk * LENGTH + i))))));
      }
      int last = Square.transpose(squares);
      for (int i = 0; i < LENGTH; i++) {
        squares.add(new Store("patches", Index.of("to").plus(i * layout.size() + chunk * LENGTH),
            new Floats(new Vector.Variable("r" + last + "_" + i))));
      }
    }
    int plane = shape().height() * shape().width() * BLOCK;
    Loop images = new Loop("image", Index.of(0), Index.of(BLOCK), LENGTH, squares);
    Loop channels = new Loop("c", Index.of(0), Index.of(shape().inChannels()), 1,
        List.of(images, advance("at", plane), advance("seen", layout.column())));
    Loop columns = new Loop("column", Index.of(0), Index.of(layout.columns()), 1,
        List.of(channels, advance("at", BLOCK - shape().inChannels() * plane)));
    return new Program(
        "TurnForKept",
        List.of(floats("x"), integer("xo"), floats("patches"), integer("po"), ints("interleaving")),
        List.of(Square.lower(), Square.upper(), new SetIndex("at", Index.of("xo")), new SetIndex("seen", Index.of("po")), columns));
  }

  Program taps(int height) {
    List<Statement> tile = new ArrayList<>();
    for (int o = 0; o < height; o++) {
      tile.add(new SetIndex("o" + o, new Index.Element("kept", Index.of("ko").plus(Index.of("t").times(height)).plus(o))));
      tile.add(new SetIndex("w" + o, Index.of("wo").plus(Index.of("o" + o).times(shape().inChannels() * shape().taps()))));
      Vector start = bias ? new Broadcast("bias", Index.of("bo").plus(Index.of("o" + o))) : new Constant(0);
      for (int p = 0; p < WINDOW; p++) {
        tile.add(new Set(sum(o, p), p == 0 ? start : new Vector.Variable(sum(o, 0))));
      }
    }
    tile.add(new SetIndex("upper", Index.of("xo")));
    tile.add(new SetIndex("lower", Index.of("xo").plus(layout.odd())));
    tile.add(products(height));
    for (int o = 0; o < height; o++) {
      tile.addAll(ending(o));
    }
    return new Program(
        "KeptTaps" + height,
        List.of(floats("x"), integer("xo"), floats("w"), integer("wo"), floats("bias"), integer("bo"), floats("factor"), integer("fo"),
            floats("y"), integer("yo"), floats("argmax"), integer("ao"), ints("kept"), integer("ko"), integer("tiles")),
        List.of(new Repeat("t", Index.of(0), Index.of("tiles"), 1, tile)));
  }

  /**
   * A row of taps lies together in x, and so do its weights: a long loop, which costs little beside its products. The windows' lower row
   * is the upper one of the next round.
   */
  private Loop products(int height) {
    int row = shape().kernelWidth() * shape().inChannels();
    List<Statement> tap = new ArrayList<>();
    tap.add(new SetIndex("xi", Index.of("i").times(layout.column())));
    for (int p = 0; p < WINDOW; p++) {
      Index place = Index.of(p < 2 ? "upper" : "lower").plus(Index.of("xi")).plus(p % 2 * shape().inChannels() * layout.column());
      tap.add(new Set("x_" + p, new Load("x", place)));
    }
    for (int o = 0; o < height; o++) {
      tap.add(new Set("weight", new Broadcast("w", Index.of("w" + o).plus(Index.of("i")))));
      for (int p = 0; p < WINDOW; p++) {
        tap.add(new Set(sum(o, p),
            new Fma(new Vector.Variable("weight"), new Vector.Variable("x_" + p), new Vector.Variable(sum(o, p)))));
      }
    }
    List<Statement> down = new ArrayList<>(List.of(new Loop("i", Index.of(0), Index.of(row), 1, tap)));
    for (int o = 0; o < height; o++) {
      down.add(advance("w" + o, row));
    }
    down.add(new SetIndex("next", Index.of("upper").plus(layout.across())));
    down.add(new SetIndex("upper", Index.of("lower")));
    down.add(new SetIndex("lower", Index.of("next")));
    return new Loop("ky", Index.of(0), Index.of(shape().kernelHeight()), 1, down);
  }

  private List<Statement> ending(int o) {
    Index channel = Index.of("o" + o).times(BLOCK * LENGTH);
    List<Statement> body = new ArrayList<>(PooledWindow.largest(
        List.of(sum(o, 0), sum(o, 1), sum(o, 2), sum(o, 3)), "argmax", Index.of("ao").plus(channel)));
    body.add(new Set("factor" + o, new Broadcast("factor", Index.of("fo").plus(Index.of("o" + o).times(BLOCK)))));
    TermCode code = new TermCode(sum(o, 0) + "_");
    code.bind("x", new Vector.Variable(sum(o, 0)));
    code.bind("factor", new Vector.Variable("factor" + o));
    Vector value = code.value(activation);
    body.addAll(code.statements());
    body.add(new Store("y", Index.of("yo").plus(channel), value));
    return body;
  }

  Program join() {
    int plane = shape().outHeight() / 2 * (shape().outWidth() / 2) * BLOCK;
    List<Statement> square = new ArrayList<>();
    square.add(new SetIndex("from", Index.of("vo").plus(Index.of("o").times(BLOCK * LENGTH)).plus(Index.of("image").times(LENGTH))));
    square.add(new SetIndex("to", Index.of("yo").plus(Index.of("o").times(plane)).plus(Index.of("image"))));
    for (int i = 0; i < LENGTH; i++) {
      square.add(new Set("r0_" + i, new Bits(new Load("values", Index.of("from").plus(i * LENGTH)))));
    }
    int last = Square.transpose(square);
    for (int i = 0; i < LENGTH; i++) {
      square.add(new Store("y", Index.of("to").plus(i * BLOCK), new Floats(new Vector.Variable("r" + last + "_" + i))));
    }
    Loop images = new Loop("image", Index.of(0), Index.of(BLOCK), LENGTH, square);
    return new Program(
        "JoinKept",
        List.of(floats("values"), integer("vo"), floats("y"), integer("yo"), ints("interleaving")),
        List.of(Square.lower(), Square.upper(), new Loop("o", Index.of(0), Index.of(shape().outChannels()), 1, List.of(images))));
  }

  private static Statement advance(String name, int by) {
    return new SetIndex(name, Index.of(name).plus(by));
  }

  private static String sum(int o, int p) {
    return "sum" + o + "_" + p;
  }
}
