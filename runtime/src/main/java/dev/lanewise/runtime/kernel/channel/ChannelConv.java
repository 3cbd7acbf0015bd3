package dev.lanewise.runtime.kernel.channel;

import static dev.lanewise.runtime.kernel.lane.Lanes.BLOCK;

import dev.lanewise.runtime.kernel.code.Bytecode.Defined;
import dev.lanewise.runtime.kernel.conv.ConvShape;
import dev.lanewise.runtime.kernel.conv.SeenTaps;
import dev.lanewise.runtime.kernel.conv.WeightOrder;
import dev.lanewise.runtime.kernel.lane.Generated;
import dev.lanewise.runtime.kernel.lane.Parts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A convolution of one example whose lanes are channels:
 *
 * <pre>y[o/16][oy][ox][o%16] = bias[o] + Σ_c Σ_ky Σ_kx w[o][c][ky][kx] · x[c/16][oy·stride + ky·dilation - padding][ox·stride + kx·dilation - padding][c%16]</pre>
 *
 * <p>Every sum has its terms in the order of {@link dev.lanewise.runtime.kernel.conv.ConvForward}, and in the same {@link Parts}: both say the same to the last bit.
 *
 * <p>16 output channels are one piece of work. Of these a band of rows is taken at a time, whose sums lie in the first-level cache, and of the channels a part, whose weights
 * do so too. Positions are grouped by the taps they see, as in a {@code TapSum}: nothing is padded, copied or multiplied by zero.
 */
public final class ChannelConv {
  /** Positions of a band at most, unless a row has more: their sums take 16 KB. */
  private static final int BAND = 256;

  /** Some tiles of a band that see the same taps. @param terms of each part of the channels */
  private record Tiles(Defined<ChannelProgram.Kernel> defined, int yStep, int[][] terms, int[] places) {}

  /** Some rows of y. */
  private record Band(int from, int floats, List<Tiles> tiles) {}

  private final ConvShape shape;
  private final boolean bias;
  private final boolean raw;
  private final int part;
  private final WeightOrder order;
  private final List<Band> bands = new ArrayList<>();
  private final Map<List<Integer>, int[]> terms = new HashMap<>();

  /** @param raw whether x has no lanes: {@code [C][H][W]} */
  public ChannelConv(ConvShape shape, boolean bias, boolean raw) {
    if (!fits(shape, raw)) {
      throw new IllegalArgumentException("lanes cannot be channels: " + shape);
    }
    this.shape = shape;
    this.bias = bias;
    this.raw = raw;
    this.part = Parts.ofChannels(shape.inChannels(), shape.taps());
    int all = shape.inChannels() * shape.taps();
    this.order = new WeightOrder(shape, (o, c, tap) -> (o / BLOCK * all + c * shape.taps() + tap) * BLOCK + o % BLOCK);
    int rows = Math.max(1, BAND / shape.outWidth());
    for (int row = 0; row < shape.outHeight(); row += rows) {
      int end = Math.min(shape.outHeight(), row + rows);
      bands.add(new Band(row * shape.outWidth() * BLOCK, (end - row) * shape.outWidth() * BLOCK, tiles(row, end)));
    }
  }

  /** Whether the channels fill lanes. */
  public static boolean fits(ConvShape shape, boolean raw) {
    return shape.outChannels() % BLOCK == 0 && (raw || shape.inChannels() % BLOCK == 0);
  }

  /** Pieces of work, each 16 output channels. */
  public int pieces() {
    return shape.outChannels() / BLOCK;
  }

  public int bands() {
    return bands.size();
  }

  /** Where a band begins in the plane of a piece, and how many floats it has. */
  public int bandFrom(int band) {
    return bands.get(band).from;
  }

  public int bandFloats(int band) {
    return bands.get(band).floats;
  }

  /** The kernels, and what they were made from. */
  public List<Defined<?>> generated() {
    return bands.stream().flatMap(b -> b.tiles.stream()).<Defined<?>>map(Tiles::defined).distinct().toList();
  }

  /** The number of floats of the packed weights. */
  public int packedSize() {
    return shape.outChannels() * shape.inChannels() * shape.taps();
  }

  /** Packs weights {@code [O][C][ky][kx]} as {@code [O/16][C][ky][kx][16]}. */
  public void pack(float[] weight, int wo, float[] packed, int po) {
    order.pack(weight, wo, packed, po);
  }

  /** Floats of a plane of y with its lanes. */
  private int plane() {
    return shape.outHeight() * shape.outWidth() * BLOCK;
  }

  /** Computes a band of a piece; without bias its array is not touched. */
  public void run(int piece, int band, float[] x, int xo, float[] packed, int po, float[] biases, int bo, float[] y, int yo) {
    Band b = bands.get(band);
    int to = yo + piece * plane();
    fill(biases, bo + piece * BLOCK, y, to + b.from, to + b.from + b.floats);
    int weights = po + piece * shape.inChannels() * shape.taps() * BLOCK;
    for (int from = 0, i = 0; from < shape.inChannels(); from += part, i++) {
      int xp = xo + channel(from), wp = weights + from * shape.taps() * BLOCK;
      for (int k = 0; k < b.tiles.size(); k++) {
        Tiles t = b.tiles.get(k);
        int[] of = t.terms[i];
        t.defined.kernel().run(x, xp, packed, wp, of, y, to, t.yStep, t.places, of.length, t.places.length);
      }
    }
  }

  /** What the sums begin with. */
  private void fill(float[] biases, int bo, float[] y, int from, int end) {
    if (!bias) {
      Arrays.fill(y, from, end, 0);
      return;
    }
    System.arraycopy(biases, bo, y, from, BLOCK);
    for (int done = BLOCK; from + done < end; done *= 2) {
      System.arraycopy(y, from, y, from + done, Math.min(done, end - from - done));
    }
  }

  /** Floats from a position of x to the next. */
  private int position() {
    return raw ? 1 : BLOCK;
  }

  /** Where a channel begins in x. */
  private int channel(int c) {
    int plane = shape.height() * shape.width();
    return raw ? c * plane : c / BLOCK * plane * BLOCK + c % BLOCK;
  }

  private List<Tiles> tiles(int firstRow, int endRow) {
    List<Tiles> all = new ArrayList<>();
    SeenTaps.rows(shape).forEach((rowTaps, everyRow) -> {
      List<Integer> rows = everyRow.stream().filter(r -> r >= firstRow && r < endRow).toList();
      SeenTaps.columns(shape).forEach((columnTaps, columns) -> {
        if (!rows.isEmpty() && !rowTaps.isEmpty() && !columnTaps.isEmpty()) {
          all.addAll(tiles(rows, columns, terms(rowTaps, columnTaps)));
        }
      });
    });
    return all;
  }

  /** Tiles lie along rows, or down columns where those are longer. */
  private List<Tiles> tiles(List<Integer> rows, List<Integer> columns, int[][] ofParts) {
    boolean across = columns.size() >= rows.size();
    Map<List<Integer>, List<Integer>> places = new HashMap<>();
    for (int outer : across ? rows : columns) {
      for (SeenTaps.Run run : SeenTaps.runs(across ? columns : rows)) {
        int count = (run.count() + ChannelProgram.MOST - 1) / ChannelProgram.MOST;
        for (int i = 0; i < count; i++) {
          int begin = run.count() * i / count, positions = run.count() * (i + 1) / count - begin;
          int inner = run.first() + begin * run.step();
          List<Integer> to = places.computeIfAbsent(List.of(positions, run.step()), _ -> new ArrayList<>());
          to.add(placeInX(across ? outer : inner, across ? inner : outer));
          to.add(((across ? outer : inner) * shape.outWidth() + (across ? inner : outer)) * BLOCK);
        }
      }
    }
    int xStep = across ? shape.columns().stride() * position() : shape.rows().stride() * shape.width() * position();
    int yStep = across ? BLOCK : shape.outWidth() * BLOCK;
    List<Tiles> all = new ArrayList<>();
    places.forEach((kind, at) -> all.add(new Tiles(
        Generated.define(new ChannelProgram(kind.getFirst(), kind.getLast() * xStep, ofParts[0].length == 2 * part * shape.taps(), part == shape.inChannels()).program(), ChannelProgram.Kernel.class),
        kind.getLast() * yStep, ofParts, at.stream().mapToInt(Integer::intValue).toArray())));
    return all;
  }

  private int placeInX(int row, int column) {
    int r = row * shape.rows().stride() - shape.rows().padding(), c = column * shape.columns().stride() - shape.columns().padding();
    return (r * shape.width() + c) * position();
  }

  /** Of each part the places of its terms in x, from its first channel on, and in w. Parts whose terms lie alike share a table. */
  private int[][] terms(List<Integer> rowTaps, List<Integer> columnTaps) {
    int[][] ofParts = new int[shape.inChannels() / part][];
    for (int i = 0; i < ofParts.length; i++) {
      List<Integer> table = new ArrayList<>();
      for (int c = 0; c < part; c++) {
        int from = channel(i * part + c) - channel(i * part);
        for (int ky : rowTaps) {
          for (int kx : columnTaps) {
            table.add(from + (ky * shape.rows().dilation() * shape.width() + kx * shape.columns().dilation()) * position());
            table.add(((c * shape.taps() + ky * shape.kernelWidth()) + kx) * BLOCK);
          }
        }
      }
      ofParts[i] = terms.computeIfAbsent(table, t -> t.stream().mapToInt(Integer::intValue).toArray());
    }
    return ofParts;
  }
}
