package dev.lanewise.runtime.kernel;

import static dev.lanewise.runtime.kernel.Lanes.BLOCK;
import static dev.lanewise.runtime.kernel.Lanes.LENGTH;
import static dev.lanewise.runtime.kernel.Lanes.SPECIES;
import static dev.lanewise.runtime.kernel.code.Program.floats;
import static dev.lanewise.runtime.kernel.code.Program.integer;
import static dev.lanewise.runtime.kernel.code.Program.ints;

import dev.lanewise.runtime.kernel.code.Bytecode;
import dev.lanewise.runtime.kernel.code.Index;
import dev.lanewise.runtime.kernel.code.Program;
import dev.lanewise.runtime.kernel.code.Statement;
import dev.lanewise.runtime.kernel.code.Statement.Loop;
import dev.lanewise.runtime.kernel.code.Statement.Set;
import dev.lanewise.runtime.kernel.code.Statement.SetIndex;
import dev.lanewise.runtime.kernel.code.Statement.Store;
import dev.lanewise.runtime.kernel.code.Vector;
import dev.lanewise.runtime.kernel.code.Vector.Broadcast;
import dev.lanewise.runtime.kernel.code.Vector.Fma;
import dev.lanewise.runtime.kernel.code.Vector.Load;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The gradients of a convolution before max pooling, by weights and input, one product for each winner that has a
 * gradient:
 *
 * <pre>
 * dw[o][c][tap]          += Σ_winners dy · x[c][winner + tap]
 * dx[c][winner + tap]    += dy · w[o][c][tap]
 * </pre>
 *
 * <p>Of a window one position won, a different one in each image, and where relu or dropout let nothing through not
 * even that counts. So this kernel takes image by image, its lanes are the channels c, and x is turned round for it:
 * {@code [image][position][channel]}. Padding becomes a border of zeros. The winners of an output channel o are
 * listed, then their products computed with all taps of o in registers: its sums for dw, its weights for dx. A few
 * images at a time, as many as the first-level cache holds.
 *
 * <p>Layouts: x {@code [C][H][W][16]}, dy and argmax {@code [O][H'][W'][16]} of the pooled result.
 */
public final class WinnersGradient {
  /** Taps whose vectors fit the registers, beside one that holds dy. */
  private static final int REGISTERS = LENGTH == 16 ? 25 : 12;

  /** Taps of a tile whose vectors pass through memory in any case. */
  private static final int TAPS = 25;

  /** Floats of x that are worked on at a time: 32 KB. */
  private static final int NEAR = 1 << 13;

  /** From how many channels on the lanes are filled well enough. */
  private static final int FEWEST_CHANNELS = 8;

  /** Multiplies the dy of each winner with all taps of a tile. */
  interface Tile {
    void run(float[] images, int io, int[] places, int po, float[] values, int vo, int count, float[] taps, int to);
  }

  private final ConvShape shape;
  private final PoolShape pool;
  private final boolean input;
  private final Images images;
  private final int channels;
  private final int width;
  private final int image;
  private final int group;
  private final int[] corners;
  private final int[] inside;
  private final List<Program> programs = new ArrayList<>();
  private final List<Tile> weightTiles = new ArrayList<>();
  private final List<Tile> inputTiles = new ArrayList<>();

  /**
   * Kernels for a shape.
   *
   * @param input whether dx is wanted too
   */
  public WinnersGradient(ConvShape shape, PoolShape pool, boolean input) {
    this.shape = shape;
    this.pool = pool;
    this.input = input;
    this.images = new Images(shape.inChannels(), shape.height(), shape.width(), shape.padding());
    this.channels = images.channels();
    this.width = images.rowLength();
    this.image = images.size();
    this.group = Integer.highestOneBit(Math.clamp(NEAR / image, 1, BLOCK));
    this.corners = new int[pool.outHeight() * pool.outWidth()];
    Arrays.setAll(corners, i -> place(i / pool.outWidth() * pool.stride(), i % pool.outWidth() * pool.stride()));
    this.inside = new int[pool.size() * pool.size()];
    Arrays.setAll(inside, i -> place(i / pool.size(), i % pool.size()));
    forEachTile(REGISTERS, (from, to) -> weightTiles.add(define(weightTile(from, to))));
    if (input) {
      // The same tiles at every vector width: they decide in which order dx is summed.
      forEachTile(TAPS, (from, to) -> inputTiles.add(define(inputTile(from, to))));
    }
  }

  /** Rows of the kernel, from and to. */
  private interface Rows {
    void at(int from, int to);
  }

  private void forEachTile(int taps, Rows tile) {
    int rows = Math.max(1, taps / shape.kernelWidth());
    for (int ky = 0; ky < shape.kernelHeight(); ky += rows) {
      tile.at(ky, Math.min(shape.kernelHeight(), ky + rows));
    }
  }

  /** Whether this beats the dense kernels: the windows must not overlap, and the channels fill the lanes. */
  public static boolean pays(ConvShape shape, PoolShape pool) {
    return shape.inChannels() >= FEWEST_CHANNELS && pool.stride() >= pool.size() && pool.size() > 1 && pool.padding() == 0;
  }

  /** The distance in an image between a position of the convolution's result and its first. */
  private int place(int row, int column) {
    return (row * width + column) * shape.stride() * channels;
  }

  /** The number of floats of the packed weights, and of the sums. */
  public int packedSize() {
    return shape.outChannels() * shape.taps() * channels;
  }

  /** Floats of working memory. */
  public int scratchSize() {
    return (input ? 2 : 1) * BLOCK * image + lists() * capacity();
  }

  /** Integers of working memory: how long each list is, then the lists. */
  public int placesSize() {
    return lists() + lists() * capacity();
  }

  /** One for each output channel and group of images. */
  private int lists() {
    return (BLOCK / group) * shape.outChannels();
  }

  private int capacity() {
    return corners.length * group;
  }

  /** What the kernels were made from. */
  public List<Program> programs() {
    return List.copyOf(programs);
  }

  private Tile define(Program program) {
    programs.add(program);
    return Bytecode.define(MethodHandles.lookup(), program, Lanes.bits(), Tile.class).kernel();
  }

  /** The sums of the taps in rows from..to of the kernel stay in registers while the winners pass. */
  private Program weightTile(int from, int to) {
    List<Statement> body = new ArrayList<>();
    List<Statement> loop = new ArrayList<>(winner());
    List<Statement> end = new ArrayList<>();
    for (int tap = from * shape.kernelWidth(); tap < to * shape.kernelWidth(); tap++) {
      Vector sum = new Vector.Variable("sum" + tap);
      Index at = Index.of("tapsFrom").plus(tap * channels);
      body.add(new Set("sum" + tap, new Load("taps", at)));
      loop.add(new Set("sum" + tap, new Fma(new Vector.Variable("dy"), new Load("images", reached(tap)), sum)));
      end.add(new Store("taps", at, sum));
    }
    body.add(new Loop("i", Index.of(0), Index.of("count"), 1, loop));
    body.addAll(end);
    return new Program("WinnersWeightGradient", PARAMETERS, body);
  }

  /** The weights of the taps in rows from..to of the kernel stay in registers while the winners pass. */
  private Program inputTile(int from, int to) {
    List<Statement> body = new ArrayList<>();
    List<Statement> loop = new ArrayList<>(winner());
    for (int tap = from * shape.kernelWidth(); tap < to * shape.kernelWidth(); tap++) {
      Vector weight = new Vector.Variable("w" + tap);
      body.add(new Set("w" + tap, new Load("taps", Index.of("tapsFrom").plus(tap * channels))));
      Load old = new Load("images", reached(tap));
      loop.add(new Store("images", reached(tap), new Fma(new Vector.Variable("dy"), weight, old)));
    }
    body.add(new Loop("i", Index.of(0), Index.of("count"), 1, loop));
    return new Program("WinnersInputGradient", PARAMETERS, body);
  }

  private static final List<Program.Parameter> PARAMETERS =
      List.of(floats("images"), integer("imagesFrom"), ints("places"), integer("placesFrom"), floats("values"),
          integer("valuesFrom"), integer("count"), floats("taps"), integer("tapsFrom"));

  private static List<Statement> winner() {
    return List.of(
        new SetIndex("at", new Index.Element("places", Index.of("placesFrom").plus(Index.of("i"))).plus(Index.of("imagesFrom"))),
        new Set("dy", new Broadcast("values", Index.of("valuesFrom").plus(Index.of("i")))));
  }

  private Index reached(int tap) {
    return Index.of("at").plus((tap / shape.kernelWidth() * width + tap % shape.kernelWidth()) * channels);
  }

  /** Packs weights {@code [O][C][ky][kx]} as {@code [O][ky][kx][channels]}. */
  public void pack(float[] weight, int wo, float[] packed, int po) {
    int i = wo;
    for (int o = 0; o < shape.outChannels(); o++) {
      for (int c = 0; c < shape.inChannels(); c++) {
        for (int tap = 0; tap < shape.taps(); tap++) {
          packed[po + (o * shape.taps() + tap) * channels + c] = weight[i++];
        }
      }
    }
  }

  /** Adds the sums {@code [O][ky][kx][channels]} to a gradient {@code [O][C][ky][kx]}, and clears them. */
  public void collect(float[] sums, int so, float[] gradient, int go) {
    int i = go;
    for (int o = 0; o < shape.outChannels(); o++) {
      for (int c = 0; c < shape.inChannels(); c++) {
        for (int tap = 0; tap < shape.taps(); tap++) {
          gradient[i++] += sums[so + (o * shape.taps() + tap) * channels + c];
        }
      }
    }
    Arrays.fill(sums, so, so + packedSize(), 0);
  }

  /**
   * Adds this block's gradient of the weights to the sums, and computes dx, if it is wanted.
   *
   * @param arena holds x, dy, argmax, sums, dx and the scratch memory, each from its own place on
   */
  public void run(float[] arena, int x, int dy, int argmax, float[] packed, int po, int sums, int dx, int scratch,
      int[] places) {
    int gradient = scratch + BLOCK * image;
    int values = input ? gradient + BLOCK * image : gradient;
    if (shape.padding() > 0) {
      Arrays.fill(arena, scratch, scratch + BLOCK * image, 0);
    }
    images.split(arena, x, arena, scratch);
    if (input) {
      Arrays.fill(arena, gradient, gradient + BLOCK * image, 0);
    }
    list(arena, dy, argmax, places, values);
    for (int list = 0; list < lists(); list++) {
      int from = list * capacity();
      int taps = list % shape.outChannels() * shape.taps() * channels;
      multiply(weightTiles, arena, scratch, places, from, values, places[list], arena, sums + taps);
      multiply(inputTiles, arena, gradient, places, from, values, places[list], packed, po + taps);
    }
    if (input) {
      images.join(arena, gradient, arena, dx);
    }
  }

  private void multiply(List<Tile> tiles, float[] images, int io, int[] places, int from, int values, int winners,
      float[] taps, int to) {
    for (int t = 0; t < tiles.size() && winners > 0; t++) {
      for (int c = 0; c < channels; c += LENGTH) {
        tiles.get(t).run(images, io + c, places, lists() + from, images, values + from, winners, taps, to + c);
      }
    }
  }

  /**
   * Lists where the winners lie whose gradient is not zero, and their gradients, by group of images and output
   * channel.
   */
  private void list(float[] arena, int dy, int argmax, int[] places, int values) {
    Arrays.fill(places, 0, lists(), 0);
    for (int o = 0, at = 0; o < shape.outChannels(); o++) {
      for (int corner : corners) {
        for (int v = 0; v < BLOCK; v += LENGTH, at += LENGTH) {
          long busy = FloatVector.fromArray(SPECIES, arena, dy + at).compare(VectorOperators.NE, 0).toLong();
          for (; busy != 0; busy &= busy - 1) {
            int bit = Long.numberOfTrailingZeros(busy);
            int lane = v + bit;
            int list = lane / group * shape.outChannels() + o;
            int next = list * capacity() + places[list]++;
            places[lists() + next] = lane * image + corner + inside[(int) arena[argmax + at + bit]];
            arena[values + next] = arena[dy + at + bit];
          }
        }
      }
    }
  }
}
