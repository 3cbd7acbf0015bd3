package dev.lanewise.runtime.kernel;

import static dev.lanewise.runtime.kernel.Lanes.BLOCK;
import static dev.lanewise.runtime.kernel.Lanes.LENGTH;
import static dev.lanewise.runtime.kernel.code.Program.floats;
import static dev.lanewise.runtime.kernel.code.Program.integer;
import static dev.lanewise.runtime.kernel.code.Program.ints;

import dev.lanewise.runtime.kernel.code.Bytecode;
import dev.lanewise.runtime.kernel.code.Index;
import dev.lanewise.runtime.kernel.code.Program;
import dev.lanewise.runtime.kernel.code.Statement;
import dev.lanewise.runtime.kernel.code.Statement.Loop;
import dev.lanewise.runtime.kernel.code.Statement.Set;
import dev.lanewise.runtime.kernel.code.Statement.Store;
import dev.lanewise.runtime.kernel.code.Vector;
import dev.lanewise.runtime.kernel.code.Vector.Bits;
import dev.lanewise.runtime.kernel.code.Vector.Constant;
import dev.lanewise.runtime.kernel.code.Vector.Floats;
import dev.lanewise.runtime.kernel.code.Vector.Indices;
import dev.lanewise.runtime.kernel.code.Vector.Load;
import dev.lanewise.runtime.kernel.code.Vector.Select;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns a block of examples round, for kernels whose lanes are channels: {@code [C][H][W][16]} becomes 16 images
 * {@code [H][W][channels]} and back, the channels rounded up to a multiple of 16, the new ones zero. Around an image
 * lies a border for the padding, which
 * {@link #split} leaves as it is.
 *
 * <p>Squares of values are transposed in registers by the perfect shuffle: rows i and i + n/2 are interleaved, log n
 * times.
 */
public final class Images {
  private static final int[] INTERLEAVING = interleaving();

  interface Turn {
    void run(float[] x, int xo, float[] images, int io, int[] interleaving);
  }

  private final int inChannels;
  private final int height;
  private final int width;
  private final int border;
  private final Turn split;
  private final Turn join;

  /** For images of {@code inChannels} x {@code height} x {@code width} and a border as wide as {@code padding}. */
  public Images(int inChannels, int height, int width, int padding) {
    this.inChannels = inChannels;
    this.height = height;
    this.width = width;
    this.border = padding;
    this.split = define("SplitImages", this::splitSquare);
    this.join = define("JoinImages", this::joinSquare);
  }

  /** Channels of an image in memory. */
  public int channels() {
    return (inChannels + BLOCK - 1) / BLOCK * BLOCK;
  }

  /** Positions of a row in memory. */
  public int rowLength() {
    return width + 2 * border;
  }

  /** The number of floats from one image to the next. */
  public int size() {
    return (height + 2 * border) * rowLength() * channels();
  }

  /** {@code [C][H][W][16]} into images. */
  public void split(float[] x, int xo, float[] images, int io) {
    split.run(x, xo, images, io, INTERLEAVING);
  }

  /** Images into {@code [C][H][W][16]}. */
  public void join(float[] images, int io, float[] x, int xo) {
    join.run(x, xo, images, io, INTERLEAVING);
  }

  /** A square of values: channels from channel on, examples from lane on. */
  private interface Square {
    List<Statement> of(int channel, int lane);
  }

  private Turn define(String name, Square square) {
    List<Statement> body = new ArrayList<>();
    for (int channel = 0; channel < channels(); channel += LENGTH) {
      for (int lane = 0; lane < BLOCK; lane += LENGTH) {
        body.addAll(square.of(channel, lane));
      }
    }
    Loop columns = new Loop("column", Index.of(0), Index.of(width), 1, body);
    Loop rows = new Loop("row", Index.of(0), Index.of(height), 1, List.of(columns));
    Program program =
        new Program(name, List.of(floats("x"), integer("xo"), floats("images"), integer("io"), ints("interleaving")),
            List.of(
                new Set("low", new Indices("interleaving", Index.of(0))),
                new Set("high", new Indices("interleaving", Index.of(LENGTH))),
                rows));
    return Bytecode.define(MethodHandles.lookup(), program, Lanes.bits(), Turn.class).kernel();
  }

  private Index planar(int channel, int lane) {
    return Index.of("xo").plus(Index.of("row").times(width * BLOCK)).plus(Index.of("column").times(BLOCK))
        .plus(channel * height * width * BLOCK + lane);
  }

  private Index interleaved(int channel, int lane) {
    return Index.of("io").plus(Index.of("row").times(rowLength() * channels()))
        .plus(Index.of("column").times(channels()))
        .plus(lane * size() + border * (rowLength() + 1) * channels() + channel);
  }

  private List<Statement> splitSquare(int channel, int lane) {
    List<Statement> body = new ArrayList<>();
    for (int i = 0; i < LENGTH; i++) {
      body.add(new Set("r0_" + i,
          new Bits(channel + i < inChannels ? new Load("x", planar(channel + i, lane)) : new Constant(0))));
    }
    int last = transpose(body);
    for (int i = 0; i < LENGTH; i++) {
      body.add(new Store("images", interleaved(channel, lane + i), new Floats(new Vector.Variable("r" + last + "_" + i))));
    }
    return body;
  }

  private List<Statement> joinSquare(int channel, int lane) {
    List<Statement> body = new ArrayList<>();
    for (int i = 0; i < LENGTH; i++) {
      body.add(new Set("r0_" + i, new Bits(new Load("images", interleaved(channel, lane + i)))));
    }
    int last = transpose(body);
    for (int i = 0; i < LENGTH && channel + i < inChannels; i++) {
      body.add(new Store("x", planar(channel + i, lane), new Floats(new Vector.Variable("r" + last + "_" + i))));
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
        body.add(new Set("r" + (stage + 1) + "_" + i, new Select(new Vector.Variable(i % 2 == 0 ? "low" : "high"), a, b)));
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
