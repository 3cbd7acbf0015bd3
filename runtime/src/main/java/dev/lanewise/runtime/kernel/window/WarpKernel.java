package dev.lanewise.runtime.kernel.window;

import static dev.lanewise.runtime.kernel.lane.Lanes.BLOCK;
import static dev.lanewise.runtime.kernel.lane.Lanes.INTEGERS;
import static dev.lanewise.runtime.kernel.lane.Lanes.LENGTH;
import static dev.lanewise.runtime.kernel.lane.Lanes.SPECIES;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.F2I;
import static jdk.incubator.vector.VectorOperators.I2F;

import dev.lanewise.runtime.kernel.code.EarlyCompilation;
import dev.lanewise.runtime.kernel.lane.Generated;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Moves the pixels of 16 images, each its own way: every pixel of the result has a place in the original, and is
 * interpolated between the four pixels around that. Row by row: first the {@link #places}, which may be {@link #bend
 * bent}, then the {@link #sample values}.
 *
 * <p>Places are in fixed point, a pixel is {@link #ONE} steps, in arrays {@code [width][16]}.
 */
public final class WarpKernel {
  /** A pixel is 2 to the power of that many steps. */
  private static final int BITS = 12;
  /** Steps of a pixel. */
  public static final int ONE = 1 << BITS;
  /** Rows, or columns, of background around an image: one before and two behind. */
  public static final int FRAME = 3;

  private static final int FRACTION = ONE - 1;

  private WarpKernel() {}

  /** Has all of it compiled. */
  public static void prepare() {
    Generated.initialize();
    EarlyCompilation.of("WarpKernel.places", () -> places(new int[6 * BLOCK], 0, 1, new int[BLOCK], new int[BLOCK]));
    EarlyCompilation.of("WarpKernel.bend",
        () -> bend(new float[8 * BLOCK], 1, 0, 1, new float[4 * BLOCK], new int[BLOCK], new int[BLOCK]));
    EarlyCompilation.of("WarpKernel.sample", WarpKernel::practise);
  }

  /** Enough calls for a profile, which tells the compiler that gathers stay in bounds. */
  private static void practise() {
    int width = BLOCK;
    int[] ints = new int[width * BLOCK];
    float[] framed = new float[(1 + FRAME) * (width + FRAME) * BLOCK];
    for (int call = 0; call < 40; call++) {
      sample(framed, 1, width, ints, ints, new int[width * BLOCK], new float[width * BLOCK], 0);
    }
  }

  /**
   * The places of a row: those of the first pixel and what is added for each column and row.
   *
   * @param maps {@code [6][16]}: x and y of the image's first pixel, x and y for a column, x and y for a row
   */
  public static void places(int[] maps, int row, int width, int[] xs, int[] ys) {
    for (int column = 0; column < width; column++) {
      for (int lane = 0; lane < BLOCK; lane += LENGTH) {
        int to = column * BLOCK + lane;
        IntVector.fromArray(INTEGERS, maps, lane)
            .add(IntVector.fromArray(INTEGERS, maps, 2 * BLOCK + lane).mul(column))
            .add(IntVector.fromArray(INTEGERS, maps, 4 * BLOCK + lane).mul(row))
            .intoArray(xs, to);
        IntVector.fromArray(INTEGERS, maps, BLOCK + lane)
            .add(IntVector.fromArray(INTEGERS, maps, 3 * BLOCK + lane).mul(column))
            .add(IntVector.fromArray(INTEGERS, maps, 5 * BLOCK + lane).mul(row))
            .intoArray(ys, to);
      }
    }
  }

  /**
   * Moves the places of a row with the points of a grid, which lie {@code grid} pixels apart and move by themselves.
   *
   * @param nodes {@code [points down][points across][2][16]}: by how many steps, right and down
   * @param along working memory: the same for the row, {@code [points across][2][16]}
   */
  public static void bend(float[] nodes, int grid, int row, int width, float[] along, int[] xs, int[] ys) {
    int across = 2 * BLOCK * ((width - 1) / grid + 2);
    int above = row / grid * across;
    float t = row % grid / (float) grid;
    for (int i = 0; i < across; i += LENGTH) {
      FloatVector from = FloatVector.fromArray(SPECIES, nodes, above + i);
      FloatVector to = FloatVector.fromArray(SPECIES, nodes, above + across + i);
      from.add(to.sub(from).mul(t)).intoArray(along, i);
    }
    int left = 0;
    int step = 0;
    for (int column = 0; column < width; column++) {
      float s = step / (float) grid;
      for (int lane = 0; lane < BLOCK; lane += LENGTH) {
        shift(along, left + lane, s, xs, column * BLOCK + lane);
        shift(along, left + BLOCK + lane, s, ys, column * BLOCK + lane);
      }
      step++;
      if (step == grid) {
        step = 0;
        left += 2 * BLOCK;
      }
    }
  }

  /** Moves a vector of places by what lies between two points of the grid. */
  private static void shift(float[] along, int at, float s, int[] places, int to) {
    FloatVector from = FloatVector.fromArray(SPECIES, along, at);
    FloatVector next = FloatVector.fromArray(SPECIES, along, at + 2 * BLOCK);
    IntVector by = (IntVector) from.add(next.sub(from).mul(s)).convert(F2I, 0);
    IntVector.fromArray(INTEGERS, places, to).add(by).intoArray(places, to);
  }

  /**
   * The values of a row. Where a place lies outside, the frame is read, so there is nothing to ask at the edges.
   *
   * @param framed the images with background around them, {@code [height + 3][width + 3][16]}
   * @param at working memory: where in it the pixels lie
   */
  public static void sample(
      float[] framed, int height, int width, int[] xs, int[] ys, int[] at, float[] out, int oo) {
    int line = (width + FRAME) * BLOCK;
    if (LENGTH == 4) {
      // Machines with vectors as narrow as that have no instruction that gathers.
      one(framed, height, width, xs, ys, out, oo);
      return;
    }
    for (int lane = 0; lane < BLOCK; lane += LENGTH) {
      for (int i = lane; i < width * BLOCK; i += BLOCK) {
        IntVector x = IntVector.fromArray(INTEGERS, xs, i).max(-ONE).min(width << BITS);
        IntVector y = IntVector.fromArray(INTEGERS, ys, i).max(-ONE).min(height << BITS);
        IntVector.zero(INTEGERS).addIndex(1).add(line + BLOCK + lane)
            .add(x.lanewise(ASHR, BITS).mul(BLOCK))
            .add(y.lanewise(ASHR, BITS).mul(line))
            .intoArray(at, i);
        FloatVector right = ((FloatVector) x.and(FRACTION).convert(I2F, 0)).mul(1f / ONE);
        FloatVector down = ((FloatVector) y.and(FRACTION).convert(I2F, 0)).mul(1f / ONE);
        // Written out: with a helper of its own that returns what is gathered, this takes half as long again.
        FloatVector corner = FloatVector.fromArray(SPECIES, framed, 0, at, i);
        FloatVector top = FloatVector.fromArray(SPECIES, framed, BLOCK, at, i).sub(corner).mul(right).add(corner);
        corner = FloatVector.fromArray(SPECIES, framed, line, at, i);
        FloatVector bottom =
            FloatVector.fromArray(SPECIES, framed, line + BLOCK, at, i).sub(corner).mul(right).add(corner);
        bottom.sub(top).mul(down).add(top).intoArray(out, oo + i);
      }
    }
  }

  /** The same, value by value. */
  private static void one(float[] framed, int height, int width, int[] xs, int[] ys, float[] out, int oo) {
    int line = (width + FRAME) * BLOCK;
    for (int i = 0; i < width * BLOCK; i++) {
      int x = Math.clamp(xs[i], -ONE, width << BITS);
      int y = Math.clamp(ys[i], -ONE, height << BITS);
      int at = line + BLOCK + i % BLOCK + (x >> BITS) * BLOCK + (y >> BITS) * line;
      float right = (x & FRACTION) * (1f / ONE);
      float down = (y & FRACTION) * (1f / ONE);
      float top = (framed[at + BLOCK] - framed[at]) * right + framed[at];
      float bottom = (framed[at + line + BLOCK] - framed[at + line]) * right + framed[at + line];
      out[oo + i] = (bottom - top) * down + top;
    }
  }

  /**
   * The values of a row that lie nearest to its places; what is outside is the background.
   *
   * @param images {@code [height][width][16]}, from {@code io} on
   */
  public static void nearest(float[] images, int io, int height, int width, int[] xs, int[] ys, float background, float[] out, int oo) {
    for (int i = 0; i < width * BLOCK; i++) {
      int x = xs[i] + ONE / 2 >> BITS;
      int y = ys[i] + ONE / 2 >> BITS;
      boolean inside = x >= 0 && x < width && y >= 0 && y < height;
      out[oo + i] = inside ? images[io + (y * width + x) * BLOCK + i % BLOCK] : background;
    }
  }

  /** The specification of {@link #sample}, for one lane. @param background of the image, {@code [height][width]} */
  static float scalar(float[] image, int height, int width, int x, int y, float background) {
    int column = x >> BITS;
    int row = y >> BITS;
    float[] corners = new float[4];
    for (int i = 0; i < 4; i++) {
      int r = row + i / 2;
      int c = column + i % 2;
      boolean inside = r >= 0 && r < height && c >= 0 && c < width;
      corners[i] = inside ? image[r * width + c] : background;
    }
    float right = (x & FRACTION) * (1f / ONE);
    float down = (y & FRACTION) * (1f / ONE);
    float top = corners[0] + right * (corners[1] - corners[0]);
    float bottom = corners[2] + right * (corners[3] - corners[2]);
    return top + down * (bottom - top);
  }
}
