package dev.lanewise.runtime.kernel.product;

import dev.lanewise.runtime.kernel.code.Bytecode.Defined;
import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.kernel.lane.Squares;
import dev.lanewise.runtime.kernel.product.BroadcastTileProgram.Distances;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Attention of one sequence to itself, whose places are the lanes: the value of channel c at place i lies at {@code [i / 16][c][i % 16]}, queries, keys and values as channels of
 * one input, one behind the other. Probabilities are kept turned round, {@code [heads][looked at][looks]}, so that the softmax of a place is that of its lane; for what sums over
 * those who look they are turned back. Of a causal one the sixteens above the diagonal are neither computed nor read.
 */
public final class AttendAcrossKernel {
  private static final int LANES = Lanes.BLOCK;
  private static final int ROWS = 8;
  private static final float LEFT_OUT = -1e30f;

  private final int groups;
  private final int length;
  private final int heads;
  private final int size;
  private final int channels;
  private final int width;
  private final boolean causal;
  private final float scale;
  private final int rows;
  private final Defined<BroadcastTileProgram.Kernel> ofQueries;
  private final Defined<BroadcastTileProgram.Kernel> byWide;
  private final Defined<BroadcastTileProgram.Kernel> byNarrow;
  private final Squares turn;

  /** @param length places, a multiple of 16 */
  public AttendAcrossKernel(int length, int heads, int size, boolean causal) {
    this.groups = length / LANES;
    this.length = length;
    this.heads = heads;
    this.size = size;
    this.channels = heads * size;
    this.width = 3 * channels;
    this.causal = causal;
    this.scale = (float) (1 / Math.sqrt(size));
    this.rows = Math.min(ROWS, size);
    // Scores: rows are those looked at, inner steps the channels.
    this.ofQueries = new BroadcastTileProgram(ROWS, size, new Distances(1, LANES, 0, LANES, 0, length)).define();
    // Sums: rows are channels, inner steps the places of a sixteen, outer ones the sixteens.
    this.byWide = new BroadcastTileProgram(rows, LANES, new Distances(LANES, 1, width * LANES, length, LANES * length, LANES)).define();
    this.byNarrow = new BroadcastTileProgram(rows, LANES, new Distances(LANES, 1, channels * LANES, length, LANES * length, LANES)).define();
    int across = length / Lanes.LENGTH;
    int[] from = new int[across * across], to = new int[from.length];
    for (int s = 0; s < from.length; s++) {
      int row = s / across * Lanes.LENGTH, column = s % across * Lanes.LENGTH;
      from[s] = row * length + column;
      to[s] = column * length + row;
    }
    this.turn = new Squares(from, Squares.rows(length), to, Squares.rows(length));
  }

  /** The floats of working memory that the way back needs. */
  public static int scratchSize(int length) {
    return 2 * length * length;
  }

  public List<Defined<?>> generated() {
    return Stream.<Defined<?>>of(ofQueries, byWide, byNarrow, Squares.generated()).distinct().toList();
  }

  private int first(int group) {
    return causal ? group : 0;
  }

  private int seen(int group) {
    return causal ? group + 1 : groups;
  }

  private int queries(int at, int head) {
    return at + head * size * LANES;
  }

  private int keys(int at, int head) {
    return queries(at, head) + channels * LANES;
  }

  private int values(int at, int head) {
    return queries(at, head) + 2 * channels * LANES;
  }

  public void run(float[] arena, int x, int y, int po) {
    for (int h = 0; h < heads; h++) {
      int p = po + h * length * length;
      scores(arena, keys(x, h), queries(x, h), width, p);
      for (int g = 0; g < groups; g++) {
        for (int j = g * LANES; causal && j < (g + 1) * LANES; j++) {
          int row = p + j * length + g * LANES;
          Arrays.fill(arena, row, row + j % LANES, LEFT_OUT);
        }
        AttendSoftmax.column(arena, p + g * LANES, seen(g) * LANES, length, scale);
      }
      sums(byWide.kernel(), arena, values(x, h), p, queries(y, h), channels);
    }
  }

  /** s[j][i] = Σ_c a(j, c) b(i, c). @param bWidth channels of b */
  private void scores(float[] arena, int a, int b, int bWidth, int s) {
    for (int g = 0; g < groups; g++) {
      for (int j = 0; j < LANES; j += ROWS) {
        for (int i = first(g); i < groups; i++) {
          ofQueries.kernel().run(arena, a + g * width * LANES + j, arena, b + i * bWidth * LANES, arena, s + (g * LANES + j) * length + i * LANES, 1);
        }
      }
    }
  }

  /** y(i, c) = Σ_j a(j, c) s[j][i]. */
  private void sums(BroadcastTileProgram.Kernel kernel, float[] arena, int a, int s, int y, int yWidth) {
    for (int i = 0; i < groups; i++) {
      for (int next = 0; next < size; next += rows) {
        int c = Math.min(next, size - rows) * LANES;
        kernel.run(arena, a + c, arena, s + i * LANES, arena, y + i * yWidth * LANES + c, seen(i));
      }
    }
  }

  /** y(j, c) = Σ_i a(i, c) s[i][j], of those i that see j. */
  private void backSums(BroadcastTileProgram.Kernel kernel, float[] arena, int a, int aWidth, int s, int y) {
    for (int j = 0; j < groups; j++) {
      int from = first(j);
      for (int next = 0; next < size; next += rows) {
        int c = Math.min(next, size - rows) * LANES;
        kernel.run(arena, a + from * aWidth * LANES + c, arena, s + from * LANES * length + j * LANES, arena, y + j * width * LANES + c, groups - from);
      }
    }
  }

  /** @param scratch working memory */
  public void gradient(float[] arena, int x, int po, int dyo, int dx, int scratch) {
    int ds = scratch, turned = scratch + length * length;
    for (int h = 0; h < heads; h++) {
      int p = po + h * length * length, dy = queries(dyo, h);
      scores(arena, values(x, h), dy, channels, ds);
      turn.run(arena, p, arena, turned);
      backSums(byNarrow.kernel(), arena, dy, channels, turned, values(dx, h));
      for (int g = 0; g < groups; g++) {
        AttendSoftmax.columnGradient(arena, p + g * LANES, seen(g) * LANES, length, scale, ds + g * LANES);
      }
      sums(byWide.kernel(), arena, keys(x, h), ds, queries(dx, h), width);
      turn.run(arena, ds, arena, turned);
      backSums(byWide.kernel(), arena, queries(x, h), width, turned, keys(dx, h));
    }
  }
}
