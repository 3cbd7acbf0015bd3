package dev.lanewise.runtime.kernel.conv;

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
import dev.lanewise.runtime.kernel.lane.TermCode;
import dev.lanewise.runtime.symbolic.Term;
import java.util.ArrayList;
import java.util.List;

/** Writes the kernels of a {@link KeptConv}: tiles of a few channels' windows. */
record KeptConvProgram(KeptConvLayout layout, boolean bias, Term activation) {
  /** A few kept channels of one image. */
  public interface Taps {
    void run(float[] x, int xo, float[] w, int wo, float[] bias, int bo, float[] factor, int fo, float[] y, int yo, float[] argmax,
        int ao, int[] kept, int ko, int tiles);
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

  private static Statement advance(String name, int by) {
    return new SetIndex(name, Index.of(name).plus(by));
  }

  private static String sum(int o, int p) {
    return "sum" + o + "_" + p;
  }
}
