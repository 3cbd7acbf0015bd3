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
import dev.lanewise.runtime.kernel.code.Vector.Load;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns a block of examples round, for kernels whose lanes are channels: {@code [C][H][W][16]} becomes 16 images
 * {@code [H][W][channels]} and back, the channels rounded up to a multiple of 16, the new ones zero. Around an image
 * lies a border for the padding, which {@link #split} leaves as it is.
 */
final class Images {
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
    split.run(x, xo, images, io, Square.INTERLEAVING);
  }

  /** Images into {@code [C][H][W][16]}. */
  void join(float[] images, int io, float[] x, int xo) {
    join.run(x, xo, images, io, Square.INTERLEAVING);
  }

  /** A square of values of a few channels, from channel on; the examples are those from {@code lane} on. */
  private interface Part {
    List<Statement> of(Index channel, int channels);
  }

  /** Whole squares in a loop, since a long method is never compiled; then the channels left over. */
  private Turn define(String name, Part square) {
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
                Square.lower(),
                Square.upper(),
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
    int last = Square.transpose(body);
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
    int last = Square.transpose(body);
    for (int i = 0; i < channels; i++) {
      Vector row = new Floats(new Vector.Variable("r" + last + "_" + i));
      body.add(new Store("x", Index.of("p").plus(i * plane()), row));
    }
    return body;
  }
}
