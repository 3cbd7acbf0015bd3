package dev.lanewise.runtime.kernel.lane;

import dev.lanewise.runtime.kernel.code.EarlyCompilation;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** Sums over lanes and positions, always in the same order, so that they have the same bits at every vector width. */
public final class LaneSums {
  private static final int LANES = Lanes.BLOCK;
  /** Sums are taken of so many, and then of those sums. */
  private static final int GROUP = 32;
  private static final float[] NOTHING = {};

  private LaneSums() {}

  /** out[i] += Σ of the 16 lanes of sums[i], as a tree: lane l with l + 8, then l + 4, l + 2, l + 1. */
  public static void add(float[] sums, int so, int count, float[] out, int oo) {
    for (int i = 0; i < count; i++) {
      int s = so + i * LANES;
      float a = (sums[s] + sums[s + 8]) + (sums[s + 4] + sums[s + 12]);
      float b = (sums[s + 1] + sums[s + 9]) + (sums[s + 5] + sums[s + 13]);
      float c = (sums[s + 2] + sums[s + 10]) + (sums[s + 6] + sums[s + 14]);
      float d = (sums[s + 3] + sums[s + 11]) + (sums[s + 7] + sums[s + 15]);
      out[oo + i] += (a + c) + (b + d);
    }
  }

  /** Has {@link #collect} and its kernel made, and compiled early. */
  public static void prepare() {
    LaneTree.prepare();
    EarlyCompilation.of(LaneSums.class, () -> collect(NOTHING, 0, 0, NOTHING, 0));
  }

  /** The same, and clears the sums. */
  public static void collect(float[] sums, int so, int count, float[] out, int oo) {
    int whole = count / Lanes.LENGTH * Lanes.LENGTH;
    LaneTree.run(sums, so, whole, out, oo);
    add(sums, so + whole * LANES, count - whole, out, oo + whole);
    Arrays.fill(sums, so + whole * LANES, so + count * LANES, 0);
  }

  /** y[g][i][lane] = factor Σ_p x[g][p][i][lane], in the order of p. */
  public static void groups(float[] x, int xo, int groups, int inner, int per, float factor, float[] y, int yo) {
    Arrays.fill(y, yo, yo + groups * inner * LANES, 0);
    if (inner == 1) {
      rows(x, xo, groups, per, y, yo);
    } else {
      for (int g = 0; g < groups; g++) {
        columns(x, xo + g * per * inner * LANES, per, inner, y, yo + g * inner * LANES);
      }
    }
    if (factor != 1) {
      for (int i = yo; i < yo + groups * inner * LANES; i++) {
        y[i] *= factor;
      }
    }
  }

  /**
   * sums[c][lane] += Σ_p dy[c * per + p][lane]: of {@link #GROUP} positions at a time, and of those sums with what each addition rounded
   * away carried along (Kahan 1965). The error does not grow with the number of positions.
   *
   * <p>The order of operands matters to the compiler, not to the sum: written as lost = (more - sum) - added, its vectors become objects.
   */
  public static void rows(float[] dy, int dyo, int channels, int per, float[] sums, int so) {
    for (int c = 0; c < channels; c++) {
      for (int v = 0; v < LANES; v += Lanes.LENGTH) {
        FloatVector sum = FloatVector.fromArray(Lanes.SPECIES, sums, so + c * LANES + v);
        FloatVector lost = FloatVector.zero(Lanes.SPECIES);
        int from = dyo + c * per * LANES + v;
        int end = from + per * LANES;
        for (int group = from; group < end; group += GROUP * LANES) {
          FloatVector part = FloatVector.zero(Lanes.SPECIES);
          int stop = Math.min(end, group + GROUP * LANES);
          for (int i = group; i < stop; i += LANES) {
            part = FloatVector.fromArray(Lanes.SPECIES, dy, i).add(part);
          }
          FloatVector added = part.add(lost);
          FloatVector more = added.add(sum);
          lost = sum.sub(more).add(added);
          sum = more;
        }
        sum.intoArray(sums, so + c * LANES + v);
      }
    }
  }

  /** sums[i][lane] += Σ_p x[p][i][lane], summed as {@link #rows} does. */
  private static void columns(float[] x, int xo, int per, int inner, float[] sums, int so) {
    int step = inner * LANES;
    for (int i = 0; i < step; i += Lanes.LENGTH) {
      FloatVector sum = FloatVector.fromArray(Lanes.SPECIES, sums, so + i);
      FloatVector lost = FloatVector.zero(Lanes.SPECIES);
      for (int p = 0; p < per; p += GROUP) {
        FloatVector part = FloatVector.zero(Lanes.SPECIES);
        int stop = Math.min(per, p + GROUP);
        for (int q = p; q < stop; q++) {
          part = FloatVector.fromArray(Lanes.SPECIES, x, xo + q * step + i).add(part);
        }
        FloatVector added = part.add(lost);
        FloatVector more = added.add(sum);
        lost = sum.sub(more).add(added);
        sum = more;
      }
      sum.intoArray(sums, so + i);
    }
  }
}
