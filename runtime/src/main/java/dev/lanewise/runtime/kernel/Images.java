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
import dev.lanewise.runtime.kernel.code.Statement.Set;
import dev.lanewise.runtime.kernel.code.Statement.SetIndex;
import dev.lanewise.runtime.kernel.code.Statement.Store;
import dev.lanewise.runtime.kernel.code.Vector;
import dev.lanewise.runtime.kernel.code.Vector.Bits;
import dev.lanewise.runtime.kernel.code.Vector.Constant;
import dev.lanewise.runtime.kernel.code.Vector.Floats;
import dev.lanewise.runtime.kernel.code.Vector.Indices;
import dev.lanewise.runtime.kernel.code.Vector.Load;
import dev.lanewise.runtime.kernel.code.Vector.Select;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns a block of examples round, for kernels whose lanes are channels: {@code [C][H][W][16]} becomes 16 images
 * {@code [H][W][channels]} and back, the channels rounded up to a multiple of 16, the new ones zero. Around an image
 * lies a border for the padding, which {@link #split} leaves as it is.
 *
 * <p>Squares of values are transposed in registers by the perfect shuffle: rows i and i + n/2 are interleaved, log n
 * times.
 */
final class Images {
  private static final int[] INTERLEAVING = interleaving();

  interface Turn {
    void run(float[] x, int xo, float[] images, int io, int[] interleaving);
  }

  private final ImageShape shape;
  private final Turn split;
  private final Turn join;

  Images(ImageShape shape) {
    this.shape = shape;
    this.split = define("SplitImages", this::splitSquare);
    this.join = define("JoinImages", this::joinSquare);
  }

  /** {@code [C][H][W][16]} into images. */
  void split(float[] x, int xo, float[] images, int io) {
    split.run(x, xo, images, io, INTERLEAVING);
  }

  /** Images into {@code [C][H][W][16]}. */
  void join(float[] images, int io, float[] x, int xo) {
    join.run(x, xo, images, io, INTERLEAVING);
  }

  /** A square of values of a few channels, from channel on; the examples are those from {@code lane} on. */
  private interface Square {
    List<Statement> of(Index channel, int channels);
  }

  /** Whole squares in a loop, since a long method is never compiled; then the channels left over. */
  private Turn define(String name, Square square) {
    int whole = shape.inChannels() / LENGTH * LENGTH;
    List<Statement> body = new ArrayList<>();
    if (whole > 0) {
      body.add(new Loop("channel", Index.of(0), Index.of(whole), LENGTH, square.of(Index.of("channel"), LENGTH)));
    }
    for (int channel = whole; channel < shape.channels(); channel += LENGTH) {
      body.addAll(square.of(Index.of(channel), Math.max(0, shape.inChannels() - channel)));
    }
    Loop lanes = new Loop("lane", Index.of(0), Index.of(BLOCK), LENGTH, body);
    Loop columns = new Loop("column", Index.of(0), Index.of(shape.width()), 1, List.of(lanes));
    Loop rows = new Loop("row", Index.of(0), Index.of(shape.height()), 1, List.of(columns));
    Program program =
        new Program(name, List.of(floats("x"), integer("xo"), floats("images"), integer("io"), ints("interleaving")),
            List.of(
                new Set("low", new Indices("interleaving", Index.of(0))),
                new Set("high", new Indices("interleaving", Index.of(LENGTH))),
                rows));
    return Generated.define(program, Turn.class).kernel();
  }

  private int plane() {
    return shape.height() * shape.width() * BLOCK;
  }

  private SetIndex planar(Index channel) {
    return new SetIndex("p", Index.of("xo").plus(Index.of("row").times(shape.width() * BLOCK))
        .plus(Index.of("column").times(BLOCK)).plus(channel.times(plane())).plus(Index.of("lane")));
  }

  private SetIndex interleaved(Index channel) {
    return new SetIndex("q", Index.of("io").plus(Index.of("row").times(shape.rowLength() * shape.channels()))
        .plus(Index.of("column").times(shape.channels())).plus(channel).plus(Index.of("lane").times(shape.size()))
        .plus(shape.border() * (shape.rowLength() + 1) * shape.channels()));
  }

  private List<Statement> splitSquare(Index channel, int channels) {
    List<Statement> body = new ArrayList<>(List.of(planar(channel), interleaved(channel)));
    for (int i = 0; i < LENGTH; i++) {
      Vector row = i < channels ? new Load("x", Index.of("p").plus(i * plane())) : new Constant(0);
      body.add(new Set("r0_" + i, new Bits(row)));
    }
    int last = transpose(body);
    for (int i = 0; i < LENGTH; i++) {
      Vector column = new Floats(new Vector.Variable("r" + last + "_" + i));
      body.add(new Store("images", Index.of("q").plus(i * shape.size()), column));
    }
    return body;
  }

  private List<Statement> joinSquare(Index channel, int channels) {
    List<Statement> body = new ArrayList<>(List.of(planar(channel), interleaved(channel)));
    for (int i = 0; i < LENGTH; i++) {
      body.add(new Set("r0_" + i, new Bits(new Load("images", Index.of("q").plus(i * shape.size())))));
    }
    int last = transpose(body);
    for (int i = 0; i < channels; i++) {
      Vector row = new Floats(new Vector.Variable("r" + last + "_" + i));
      body.add(new Store("x", Index.of("p").plus(i * plane()), row));
    }
    return body;
  }

  /** Rows r0_i become columns, named after the last stage, which it returns. */
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

  /** Where the lanes of an interleaved half come from: the first halves of two vectors, then the second. */
  private static int[] interleaving() {
    int[] indices = new int[2 * LENGTH];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = i / 2 + i % 2 * LENGTH;
    }
    return indices;
  }
}
