package dev.lanewise.runtime.kernel.window;

import static dev.lanewise.runtime.kernel.lane.Lanes.BLOCK;
import static dev.lanewise.runtime.kernel.lane.Lanes.INTEGERS;
import static dev.lanewise.runtime.kernel.lane.Lanes.LENGTH;
import static dev.lanewise.runtime.kernel.lane.Lanes.SPECIES;

import dev.lanewise.runtime.kernel.code.Bytecode.Defined;
import dev.lanewise.runtime.kernel.code.EarlyCompilation;
import dev.lanewise.runtime.kernel.code.Program;
import dev.lanewise.runtime.kernel.conv.ConvShape;
import dev.lanewise.runtime.kernel.conv.WeightOrder;
import dev.lanewise.runtime.kernel.lane.Generated;
import dev.lanewise.runtime.kernel.lane.Images;
import dev.lanewise.runtime.kernel.lane.Transpose;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
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
  private static final float[] NOTHING = {};
  private static final int[] NO_PLACES = {};

  private final WinnersLayout layout;
  private final ConvShape shape;
  private final Images images;
  private final int channels;
  private final int image;
  private final int group;
  private final int lists;
  private final int capacity;
  /** The floats of the sums, and of the winners' gradients. */
  private final int sums;
  private final int valuesSize;
  /** From a position to the one below, and to the one beside it. */
  private final int down;
  private final int across;
  private final WeightOrder order;
  private final Transpose transpose;
  private final int row;
  /** Where the windows begin, and zeros up to a whole vector. */
  private final int[] corners;
  private final List<Defined<WinnersProgram.Kernel>> weightTiles;
  private final List<Defined<WinnersProgram.Kernel>> inputTiles;

  /** Kernels for a layout. */
  public WinnersGradient(WinnersLayout layout) {
    this.layout = layout;
    this.shape = layout.shape();
    this.images = new Images(layout.image());
    this.channels = layout.image().channels();
    this.order = new WeightOrder(shape, (o, c, tap) -> (o * shape.taps() + tap) * channels + c);
    this.image = layout.image().size();
    this.group = layout.group();
    this.lists = layout.lists();
    this.capacity = layout.capacity();
    this.sums = layout.packedSize();
    this.valuesSize = layout.valuesSize();
    this.down = layout.place(1, 0);
    this.across = layout.place(0, 1);
    PoolShape pool = layout.pool();
    this.row = layout.row();
    this.transpose = new Transpose(shape.outChannels() * layout.windows(), row);
    this.corners = new int[layout.windows() + LENGTH];
    for (int i = 0; i < layout.windows(); i++) {
      corners[i] = layout.place(i / pool.outWidth() * pool.stride(), i % pool.outWidth() * pool.stride());
    }
    WinnersProgram programs = new WinnersProgram(layout);
    this.weightTiles = programs.weightTiles().stream().map(WinnersGradient::define).toList();
    EarlyCompilation.of("WinnersGradient.list", () -> list(0, NOTHING, 0, 0, NO_PLACES, 0));
    this.inputTiles = layout.input() ? programs.inputTiles().stream().map(WinnersGradient::define).toList() : List.of();
  }

  private static Defined<WinnersProgram.Kernel> define(Program program) {
    return Generated.define(program, WinnersProgram.Kernel.class);
  }

  /** The kernels, and what they were made from. */
  public List<Defined<?>> generated() {
    return Stream.concat(transpose.generated().stream(), Stream.concat(weightTiles.stream(), inputTiles.stream())).toList();
  }

  /** Packs weights {@code [O][C][ky][kx]} as {@code [O][ky][kx][channels]}. */
  public void pack(float[] weight, int wo, float[] packed, int po) {
    order.pack(weight, wo, packed, po);
  }

  /** Adds the sums {@code [O][ky][kx][channels]} to a gradient {@code [O][C][ky][kx]}, and clears them. */
  public void collect(float[] arena, int so, float[] gradient, int go) {
    order.addBack(arena, so, gradient, go);
    Arrays.fill(arena, so, so + sums, 0);
  }

  /**
   * Adds this block's gradient of the weights to the sums, and computes dx, if it is wanted.
   *
   * @param arena holds x, dy, argmax, sums, dx and the scratch memory, each from its own place on
   */
  public void run(float[] arena, int x, int dy, int argmax, float[] packed, int po, int sums, int dx, int scratch,
      int[] places) {
    int gradient = scratch + BLOCK * image;
    int values = layout.input() ? gradient + BLOCK * image : gradient;
    if (shape.columns().padding() > 0) {
      Arrays.fill(arena, scratch, scratch + BLOCK * image, 0);
    }
    images.split(arena, x, arena, scratch);
    if (layout.input()) {
      Arrays.fill(arena, gradient, gradient + BLOCK * image, 0);
    }
    int turnedDy = values + valuesSize, turnedArgmax = turnedDy + BLOCK * row;
    transpose.run(arena, dy, arena, turnedDy);
    transpose.run(arena, argmax, arena, turnedArgmax);
    list(lists, arena, turnedDy, turnedArgmax, places, values);
    for (int list = 0; list < lists; list++) {
      int from = list * capacity;
      int taps = list % shape.outChannels() * shape.taps() * channels;
      multiply(weightTiles, arena, scratch, places, from, values, places[list], arena, sums + taps);
      multiply(inputTiles, arena, gradient, places, from, values, places[list], packed, po + taps);
    }
    if (layout.input()) {
      images.join(arena, gradient, arena, dx);
    }
  }

  private void multiply(List<Defined<WinnersProgram.Kernel>> tiles, float[] images, int io, int[] places, int from,
      int values, int winners, float[] taps, int to) {
    for (int t = 0; t < tiles.size() && winners > 0; t++) {
      for (int c = 0; c < shape.inChannels(); c += LENGTH) {
        tiles.get(t).kernel().run(images, io + c, places, lists + from, images, values + from, winners, taps, to + c);
      }
    }
  }

  /**
   * Lists where the winners lie whose gradient is not zero, and their gradients, by group of images and output channel; dy and argmax lie
   * {@code [image][O][window]}. Whole vectors are written: what is too much, the next list overwrites.
   */
  private void list(int count, float[] arena, int dy, int argmax, int[] places, int values) {
    int windows = layout.windows();
    int size = layout.pool().size();
    for (int list = 0; list < count; list++) {
      int next = list * capacity;
      int first = list / shape.outChannels() * group;
      int at = first * row + list % shape.outChannels() * windows;
      for (int member = 0; member < group; member++, at += row) {
        for (int i = 0; i < windows; i += LENGTH) {
          FloatVector gradient = FloatVector.fromArray(SPECIES, arena, dy + at + i);
          FloatVector position = FloatVector.fromArray(SPECIES, arena, argmax + at + i);
          VectorMask<Float> busy = gradient.compare(VectorOperators.NE, 0).and(SPECIES.indexInRange(i, windows));
          IntVector winner = (IntVector) position.convert(VectorOperators.F2I, 0);
          IntVector line = (IntVector) position.add(0.5f).mul(1f / size).convert(VectorOperators.F2I, 0);
          IntVector place = IntVector.fromArray(INTEGERS, corners, i)
              .add((first + member) * image)
              .add(winner.mul(across))
              .add(line.mul(down - size * across));
          place.compress(busy.cast(INTEGERS)).intoArray(places, lists + next);
          gradient.compress(busy).intoArray(arena, values + next);
          next += busy.trueCount();
        }
      }
      places[list] = next - list * capacity;
    }
  }
}
