package dev.lanewise.runtime.kernel.conv;

import static dev.lanewise.runtime.kernel.lane.Lanes.BLOCK;
import static dev.lanewise.runtime.kernel.lane.Lanes.LENGTH;

import dev.lanewise.runtime.kernel.code.Bytecode.Defined;
import dev.lanewise.runtime.kernel.lane.Generated;
import dev.lanewise.runtime.kernel.lane.Squares;
import dev.lanewise.runtime.symbolic.Term;
import java.util.Arrays;
import java.util.List;

/**
 * Convolution, 2x2 max-pooling, dropout of channels and an activation, without the channels that dropout drops:
 *
 * <pre>y[o][p] = activation(factor[o] · max over the window p of (bias[o] + Σ_ky Σ_kx Σ_c w[o][c][ky][kx] · x[c][…]))</pre>
 *
 * <p>Every example drops other channels. So this kernel takes one example after the other, and its lanes are pooled positions: a few rows
 * of them, a group. What a group sees is turned round for it, see {@link KeptConvLayout}. Then the windows of a few kept channels are a
 * register tile, as in {@link TapProgram}.
 *
 * <p>Layouts: x {@code [C][H][W][16]}, w as PyTorch's {@code [O][C][ky][kx]}, packed once per step, factor {@code [O][16]}, y and argmax
 * {@code [O][H'][W'][16]}.
 */
public final class KeptConv {
  private final KeptConvLayout layout;
  private final ConvShape shape;
  private final WeightOrder order;
  private final int list;
  private final List<Squares> turn;
  private final Defined<KeptConvProgram.Taps> tiles;
  private final Defined<KeptConvProgram.Taps> rest;
  private final Squares join;

  /**
   * @param activation a function of x, the pooled sum, and its channel's factor
   */
  public KeptConv(ConvShape shape, boolean bias, Term activation) {
    this.shape = shape;
    this.layout = new KeptConvLayout(shape);
    this.order = new WeightOrder(shape, (o, c, tap) -> (o * shape.taps() + tap) * shape.inChannels() + c);
    this.list = 1 + shape.outChannels() + KeptConvProgram.TILE;
    KeptConvProgram programs = new KeptConvProgram(layout, bias, activation);
    this.turn = layout.squares();
    this.tiles = Generated.define(programs.taps(KeptConvProgram.TILE), KeptConvProgram.Taps.class);
    this.rest = Generated.define(programs.taps(KeptConvProgram.REST), KeptConvProgram.Taps.class);
    this.join = layout.joining();
  }

  /**
   * Whether this knows the shape, and saves more than it costs to turn x round.
   *
   * @param dropped the share of channels that dropout drops
   */
  public static boolean pays(ConvShape shape, double dropped) {
    return KeptConvLayout.fits(shape) && new KeptConvLayout(shape).pays(dropped);
  }

  /** The kernels, and what they were made from. */
  public List<Defined<?>> generated() {
    return List.of(tiles, rest, Squares.generated());
  }

  /** The floats of working memory that {@link #run} needs. */
  public static int scratchSize(ConvShape shape) {
    return BLOCK * new KeptConvLayout(shape).size() + 2 * plane(shape);
  }

  /** The floats of a group's results, {@code [O][image][lanes]}. */
  private static int plane(ConvShape shape) {
    return shape.outChannels() * BLOCK * LENGTH;
  }

  /** The integers of working memory. */
  public int placesSize() {
    return BLOCK * list;
  }

  /** The number of floats of the packed weights. */
  public int packedSize() {
    return shape.outChannels() * shape.taps() * shape.inChannels();
  }

  /** Packs weights {@code [O][C][ky][kx]} as {@code [O][ky][kx][C]}. */
  public void pack(float[] weight, int wo, float[] packed, int po) {
    order.pack(weight, wo, packed, po);
  }

  /** Where things lie in a worker's memory. */
  public record Places(int x, int packed, int bias, int factor, int y, int argmax, int scratch) {}

  /** Computes y and argmax; without bias its array is not touched. */
  public void run(float[] arena, float[] packed, float[] parameters, int[] lists, Places at) {
    list(arena, at.factor, lists);
    int values = at.scratch + BLOCK * layout.size();
    int winners = values + plane(shape);
    for (int group = 0; group < layout.groups(); group++) {
      for (int i = 0; i < turn.size(); i++) {
        turn.get(i).run(arena, at.x + layout.corner(group), arena, at.scratch);
      }
      Arrays.fill(arena, values, winners + plane(shape), 0);
      for (int image = 0; image < BLOCK; image++) {
        kept(arena, packed, parameters, lists, at, image, values + image * LENGTH, winners + image * LENGTH);
      }
      int out = group * LENGTH * BLOCK;
      join.run(arena, values, arena, at.y + out);
      join.run(arena, winners, arena, at.argmax + out);
    }
  }

  /** The channels that an image keeps: as many whole tiles as there are, and smaller ones for the rest. */
  private void kept(float[] arena, float[] packed, float[] parameters, int[] lists, Places at, int image, int values, int winners) {
    int first = image * list;
    int count = lists[first];
    int whole = count / KeptConvProgram.TILE;
    int left = count % KeptConvProgram.TILE;
    if (left > KeptConvProgram.REST) {
      whole++;
      left = 0;
    } else if (whole > 0 && left + KeptConvProgram.TILE == 2 * KeptConvProgram.REST) {
      whole--;
      left += KeptConvProgram.TILE;
    }
    int x = at.scratch + image * layout.size();
    if (whole > 0) {
      tiles.kernel().run(arena, x, packed, at.packed, parameters, at.bias, arena, at.factor + image, arena, values, arena, winners,
          lists, first + 1, whole);
    }
    if (left > 0) {
      int from = first + 1 + whole * KeptConvProgram.TILE;
      int more = (left + KeptConvProgram.REST - 1) / KeptConvProgram.REST;
      rest.kernel().run(arena, x, packed, at.packed, parameters, at.bias, arena, at.factor + image, arena, values, arena, winners,
          lists, from, more);
    }
  }

  /** Lists the kept channels of each image: their number, then which; the last as often as it takes to fill a tile. */
  private void list(float[] arena, int factor, int[] lists) {
    for (int image = 0; image < BLOCK; image++) {
      int first = image * list;
      int next = first + 1;
      for (int o = 0; o < shape.outChannels(); o++) {
        if (arena[factor + o * BLOCK + image] != 0) {
          lists[next++] = o;
        }
      }
      lists[first] = next - first - 1;
      Arrays.fill(lists, next, first + list, next == first + 1 ? 0 : lists[next - 1]);
    }
  }
}
