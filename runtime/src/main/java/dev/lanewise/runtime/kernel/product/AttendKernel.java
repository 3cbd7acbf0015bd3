package dev.lanewise.runtime.kernel.product;

import dev.lanewise.runtime.kernel.code.Bytecode.Defined;
import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.kernel.product.LaneTileProgram.Distances;
import dev.lanewise.runtime.kernel.product.LaneTileProgram.Reach;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Attention of 16 examples, lane by lane, head by head: scores, {@link AttendSoftmax}, weighted sums; and the way back. Queries, keys and values are
 * channels of places, {@code [L][width][16]}; p is {@code [heads][L][S][16]}, with zeros where a tile goes beyond the edge of what is seen. Causality
 * skips tiles: of the first places a triangle is left.
 */
public final class AttendKernel {
  private static final int LANES = Lanes.BLOCK;

  /** Where queries, keys or values lie: of all channels of a place, those from one on. */
  public record Part(int width, int from) {
    private int head(int at, int head, int size) {
      return at + (from + head * size) * LANES;
    }
  }

  /** What is attended: so many places see so many others. */
  public record Sizes(int places, int others, int heads, int size, int valueSize, boolean causal) {
    /** Places that see some of the others, and as many others: the triangle. */
    private int edge() {
      return causal ? Math.min(places, others) : 0;
    }
  }

  /** A product of some rows, whatever head and lane. */
  private record Tiles(Defined<LaneTileProgram.Kernel> of, int row, int aRow, int cRow) {
    void run(float[] a, int ao, float[] b, int bo, float[] c, int co) {
      of.kernel().run(a, ao + row * aRow * LANES, b, bo, c, co + row * cRow * LANES);
    }
  }

  private final Sizes sizes;
  private final Part q;
  private final Part k;
  private final Part v;
  private final float scale;
  private final List<Tiles> scores;
  private final List<Tiles> sums;
  private final List<Tiles> backScores;
  private final List<Tiles> backQueries;
  private final List<Tiles> backKeys;
  private final List<Tiles> backValues;

  private AttendKernel(Sizes sizes, Part q, Part k, Part v, boolean back) {
    this.sizes = sizes;
    this.q = q;
    this.k = k;
    this.v = v;
    this.scale = (float) (1 / Math.sqrt(sizes.size));
    int all = sizes.heads * sizes.valueSize, s = sizes.others;
    this.scores = back ? List.of() : toScores(sizes.size, q.width, k.width);
    this.sums = back ? List.of() : toSums(sizes.valueSize, v.width, all);
    this.backScores = back ? toScores(sizes.valueSize, all, v.width) : List.of();
    this.backQueries = back ? toSums(sizes.size, k.width, q.width) : List.of();
    this.backKeys = back ? toOthers(sizes.size, q.width, k.width) : List.of();
    this.backValues = back ? toOthers(sizes.valueSize, all, v.width) : List.of();
  }

  public static AttendKernel forward(Sizes sizes, Part q, Part k, Part v) {
    return new AttendKernel(sizes, q, k, v, false);
  }

  public static AttendKernel backward(Sizes sizes, Part q, Part k, Part v) {
    return new AttendKernel(sizes, q, k, v, true);
  }

  /** The floats of working memory that the way back needs. */
  public static int scratchSize(int places, int others) {
    return places * others * LANES;
  }

  public List<Defined<?>> generated() {
    List<Defined<?>> all = new ArrayList<>();
    List.of(scores, sums, backScores, backQueries, backKeys, backValues).forEach(p -> p.forEach(t -> all.add(t.of)));
    return all.stream().distinct().toList();
  }

  /** s[i][j] = Σ_c a[i][c] b[j][c]. */
  private List<Tiles> toScores(int depth, int aWidth, int bWidth) {
    Distances at = new Distances(aWidth, 1, 1, bWidth, sizes.others, 1);
    return tiles(Reach.COLUMNS_TO_ROW, sizes.places, sizes.others, depth, at, true);
  }

  /** y[i][c] = Σ_j s[i][j] b[j][c]. */
  private List<Tiles> toSums(int columns, int bWidth, int yWidth) {
    Distances at = new Distances(sizes.others, 1, bWidth, 1, yWidth, 1);
    return tiles(Reach.STEPS_TO_ROW, sizes.places, columns, sizes.others, at, true);
  }

  /** y[j][c] = Σ_i s[i][j] b[i][c]: rows are the others, none of which beyond the triangle is seen. */
  private List<Tiles> toOthers(int columns, int bWidth, int yWidth) {
    Distances at = new Distances(1, sizes.others, bWidth, 1, yWidth, 1);
    return tiles(Reach.STEPS_FROM_ROW, sizes.others, columns, sizes.places, at, false);
  }

  /** @param more whether the rows below the triangle see all */
  private List<Tiles> tiles(Reach reach, int rows, int columns, int depth, Distances at, boolean more) {
    int edge = sizes.edge();
    List<Tiles> all = new ArrayList<>();
    if (edge > 0) {
      int across = reach == Reach.COLUMNS_TO_ROW ? edge : columns;
      all.add(new Tiles(new LaneTileProgram(edge, across, depth, at, reach).define(), 0, at.aRow(), at.cRow()));
    }
    if (edge < rows && (edge == 0 || more)) {
      all.add(new Tiles(new LaneTileProgram(rows - edge, columns, depth, at, Reach.ALL).define(), edge, at.aRow(), at.cRow()));
    }
    return all;
  }

  private static void run(List<Tiles> all, float[] a, int ao, float[] b, int bo, float[] c, int co) {
    for (int i = 0; i < all.size(); i++) {
      all.get(i).run(a, ao, b, bo, c, co);
    }
  }

  /** @param mask where a number for each of the others stands; -1 for none */
  public void run(float[] arena, int qo, int ko, int vo, int mask, int yo, int po) {
    for (int h = 0; h < sizes.heads; h++) {
      int p = po + h * sizes.places * sizes.others * LANES;
      run(scores, arena, q.head(qo, h, sizes.size), arena, k.head(ko, h, sizes.size), arena, p);
      for (int i = 0; i < sizes.places; i++) {
        int row = p + i * sizes.others * LANES, seen = seen(i);
        if (mask >= 0) {
          AttendSoftmax.masked(arena, row, seen, scale, mask);
        } else {
          AttendSoftmax.row(arena, row, seen, scale);
        }
        zeros(arena, row, i, seen);
      }
      run(sums, arena, p, arena, v.head(vo, h, sizes.valueSize), arena, yo + h * sizes.valueSize * LANES);
    }
  }

  private int seen(int i) {
    return sizes.causal ? Math.min(i + 1, sizes.others) : sizes.others;
  }

  /** Where tiles go beyond the edge. */
  private void zeros(float[] arena, int row, int i, int seen) {
    int end = Math.min(sizes.edge(), i + LaneTileProgram.HEIGHT);
    if (seen < end) {
      Arrays.fill(arena, row + seen * LANES, row + end * LANES, 0);
    }
  }

  /** @param ds working memory */
  public void gradient(float[] arena, int qo, int ko, int vo, int po, int dyo, int dqo, int dko, int dvo, int ds) {
    int edge = sizes.edge();
    if (edge > 0 && edge < sizes.others) {
      unseen(arena, dko, k, sizes.size);
      unseen(arena, dvo, v, sizes.valueSize);
    }
    for (int h = 0; h < sizes.heads; h++) {
      int p = po + h * sizes.places * sizes.others * LANES, dy = dyo + h * sizes.valueSize * LANES;
      run(backScores, arena, dy, arena, v.head(vo, h, sizes.valueSize), arena, ds);
      run(backValues, arena, p, arena, dy, arena, v.head(dvo, h, sizes.valueSize));
      for (int i = 0; i < sizes.places; i++) {
        int row = i * sizes.others * LANES, seen = seen(i);
        AttendSoftmax.gradient(arena, p + row, seen, scale, ds + row);
        zeros(arena, ds + row, i, seen);
      }
      run(backQueries, arena, ds, arena, k.head(ko, h, sizes.size), arena, q.head(dqo, h, sizes.size));
      run(backKeys, arena, ds, arena, q.head(qo, h, sizes.size), arena, k.head(dko, h, sizes.size));
    }
  }

  /** What no place sees has no gradient. */
  private void unseen(float[] arena, int at, Part part, int size) {
    for (int j = sizes.edge(); j < sizes.others; j++) {
      int from = at + (j * part.width + part.from) * LANES;
      Arrays.fill(arena, from, from + sizes.heads * size * LANES, 0);
    }
  }
}
