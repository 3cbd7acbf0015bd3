package dev.lanewise.runtime.kernel.product;

import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.kernel.lane.VectorFunctions;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The values x of a block's examples, {@code [size][16]}, beside those Y of all examples of the batch, of which each row has its own place in
 * memory: products s_j = scale x · Y_j, a chunk of rows at a time, and what is made of them. Rows are read in eights; behind the last there is
 * room for as many.
 */
public final class ContrastKernel {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int LANES = Lanes.BLOCK;
  private static final int EIGHT = 8;
  private static final int FOUR = 4;
  /** Rows whose products are at hand. */
  private static final int CHUNK = 64;
  /** No row is left out. */
  public static final int ALL = -1;
  private static final float LEFT_OUT = -1e30f;
  /** Numbers of working memory. */
  public static final int SCRATCH = (CHUNK + 2) * LANES;

  private ContrastKernel() {}

  /** No sum yet: what {@link #add} goes on with. */
  public static void begin(float[] scratch, int so) {
    int max = so + CHUNK * LANES;
    Arrays.fill(scratch, max, max + LANES, Float.NEGATIVE_INFINITY);
    Arrays.fill(scratch, max + LANES, max + 2 * LANES, 0);
  }

  /**
   * Adds Σ_j e^{s_j}, over so many rows. The largest is taken out of each chunk, and of the sum so far.
   *
   * @param own where it stands for each example which row is its own, that is left out; {@link #ALL} where none is
   */
  public static void add(
      float[] x, int xo, int size, float scale, float[] rows, int ro, int stride, int count, int own, float[] scratch, int so) {
    int max = so + CHUNK * LANES;
    int sum = max + LANES;
    for (int j = 0; j < count; j += CHUNK) {
      int some = Math.min(CHUNK, count - j);
      products(x, xo, size, scale, rows, ro + j * stride, stride, some, scratch, so);
      leaveOut(x, own, j, some, scratch, so);
      for (int v = 0; v < LANES; v += Lanes.LENGTH) {
        larger(scratch, so + v, some, max + v, sum + v);
        exponentials(scratch, so + v, some, max + v);
        added(scratch, so + v, some, sum + v);
      }
    }
  }

  /** y = the logarithm of what was added. */
  public static void logSum(float[] y, int yo, float[] scratch, int so) {
    int max = so + CHUNK * LANES;
    int sum = max + LANES;
    for (int v = 0; v < LANES; v += Lanes.LENGTH) {
      VectorFunctions.log(FloatVector.fromArray(S, scratch, sum + v)).add(FloatVector.fromArray(S, scratch, max + v)).intoArray(y, yo + v);
    }
  }

  /** The product of each example with its own row becomes so small that its exponential is 0. */
  private static void leaveOut(float[] arena, int own, int first, int count, float[] s, int so) {
    for (int lane = 0; own != ALL && lane < LANES; lane++) {
      int place = (int) arena[own + lane] - first;
      if (place >= 0 && place < count) {
        s[so + place * LANES + lane] = LEFT_OUT;
      }
    }
  }

  /** Brings the largest so far up to date, and the sum that was made with the one before. */
  private static void larger(float[] s, int so, int count, int max, int sum) {
    FloatVector before = FloatVector.fromArray(S, s, max);
    FloatVector here = VectorFunctions.max(s, so, count);
    FloatVector now = before.blend(here, here.compare(VectorOperators.GT, before));
    FloatVector.fromArray(S, s, sum).mul(VectorFunctions.exp(before.sub(now))).intoArray(s, sum);
    now.intoArray(s, max);
  }

  private static void exponentials(float[] s, int so, int count, int max) {
    FloatVector largest = FloatVector.fromArray(S, s, max);
    for (int i = 0; i < count; i++) {
      VectorFunctions.exp(FloatVector.fromArray(S, s, so + i * LANES).sub(largest)).intoArray(s, so + i * LANES);
    }
  }

  private static void added(float[] s, int so, int count, int sum) {
    FloatVector.fromArray(S, s, sum).add(VectorFunctions.sum(s, so, count)).intoArray(s, sum);
  }

  /** s_j of a chunk of rows. */
  private static void products(float[] x, int xo, int size, float scale, float[] rows, int ro, int stride, int count, float[] s, int so) {
    for (int j = 0; j < count; j += EIGHT) {
      for (int v = 0; v < LANES; v += Lanes.LENGTH) {
        eight(x, xo + v, size, scale, rows, ro + j * stride, stride, s, so + j * LANES + v);
      }
    }
  }

  private static void eight(float[] x, int xo, int size, float scale, float[] rows, int ro, int stride, float[] s, int so) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = FloatVector.zero(S);
    FloatVector s2 = FloatVector.zero(S);
    FloatVector s3 = FloatVector.zero(S);
    FloatVector s4 = FloatVector.zero(S);
    FloatVector s5 = FloatVector.zero(S);
    FloatVector s6 = FloatVector.zero(S);
    FloatVector s7 = FloatVector.zero(S);
    for (int i = 0; i < size; i++) {
      FloatVector xi = FloatVector.fromArray(S, x, xo + i * LANES);
      s0 = xi.fma(FloatVector.broadcast(S, rows[ro + i]), s0);
      s1 = xi.fma(FloatVector.broadcast(S, rows[ro + stride + i]), s1);
      s2 = xi.fma(FloatVector.broadcast(S, rows[ro + 2 * stride + i]), s2);
      s3 = xi.fma(FloatVector.broadcast(S, rows[ro + 3 * stride + i]), s3);
      s4 = xi.fma(FloatVector.broadcast(S, rows[ro + 4 * stride + i]), s4);
      s5 = xi.fma(FloatVector.broadcast(S, rows[ro + 5 * stride + i]), s5);
      s6 = xi.fma(FloatVector.broadcast(S, rows[ro + 6 * stride + i]), s6);
      s7 = xi.fma(FloatVector.broadcast(S, rows[ro + 7 * stride + i]), s7);
    }
    s0.mul(scale).intoArray(s, so);
    s1.mul(scale).intoArray(s, so + LANES);
    s2.mul(scale).intoArray(s, so + 2 * LANES);
    s3.mul(scale).intoArray(s, so + 3 * LANES);
    s4.mul(scale).intoArray(s, so + 4 * LANES);
    s5.mul(scale).intoArray(s, so + 5 * LANES);
    s6.mul(scale).intoArray(s, so + 6 * LANES);
    s7.mul(scale).intoArray(s, so + 7 * LANES);
  }

  /** loss = (row + column) / 2 - scale a · b. */
  public static void loss(
      float[] a, int ao, float[] b, int bo, int size, float scale, float[] row, int ro, float[] column, int co, float[] loss, int lo) {
    for (int v = 0; v < LANES; v += Lanes.LENGTH) {
      FloatVector own = FloatVector.zero(S);
      for (int i = 0; i < size; i++) {
        own = FloatVector.fromArray(S, a, ao + i * LANES + v).fma(FloatVector.fromArray(S, b, bo + i * LANES + v), own);
      }
      FloatVector half = FloatVector.fromArray(S, row, ro + v).add(FloatVector.fromArray(S, column, co + v)).mul(0.5f);
      half.sub(own.mul(scale)).intoArray(loss, lo + v);
    }
  }

  /** Where a gradient's inputs lie, and its output, in the arena. */
  public record Places(int x, int y, int log, int dLoss, int weight, int dx) {}

  /** Where lies what an example is compared with, among what is of the batch. @param own see {@link #add(float[], int, int, float, float[], int, int, int, int, float[], int)} */
  public record Rows(int values, int logs, int dLosses, int own) {}

  /** dx += Σ_j (d e^{s_j - l} + D_j e^{s_j - L_j}) / 2 Y_j. */
  public static void add(float[] arena, Places at, int size, float scale, float[] batch, Rows rows, int stride, int count, int scratch) {
    for (int j = 0; j < count; j += CHUNK) {
      int some = Math.min(CHUNK, count - j);
      products(arena, at.x, size, scale, batch, rows.values + j * stride, stride, some, arena, scratch);
      leaveOut(arena, rows.own, j, some, arena, scratch);
      for (int v = 0; v < LANES; v += Lanes.LENGTH) {
        shares(arena, scratch + v, some, at.log + v, at.dLoss + v, batch, rows.logs + j * stride, rows.dLosses + j * stride, stride);
        int whole = size / FOUR * FOUR;
        for (int i = 0; i < whole; i += FOUR) {
          columns(arena, scratch + v, some, batch, rows.values + j * stride + i, stride, at.dx + i * LANES + v);
        }
        for (int i = whole; i < size; i++) {
          column(arena, scratch + v, some, batch, rows.values + j * stride + i, stride, at.dx + i * LANES + v);
        }
      }
    }
  }

  /** dx = scale (dx - d y); 0 where the weight is. */
  public static void finish(float[] arena, Places at, int size, float scale) {
    for (int v = 0; v < LANES; v += Lanes.LENGTH) {
      finish(arena, at.y + v, at.dLoss + v, at.weight + v, size, scale, at.dx + v);
    }
  }

  /** s_j becomes (d e^{s_j - l} + D_j e^{s_j - L_j}) / 2. */
  private static void shares(float[] s, int so, int count, int log, int dLoss, float[] batch, int logs, int dLosses, int stride) {
    FloatVector own = FloatVector.fromArray(S, s, log);
    FloatVector d = FloatVector.fromArray(S, s, dLoss);
    for (int j = 0; j < count; j++) {
      FloatVector sj = FloatVector.fromArray(S, s, so + j * LANES);
      FloatVector theirs = VectorFunctions.exp(sj.sub(batch[logs + j * stride])).mul(batch[dLosses + j * stride]);
      VectorFunctions.exp(sj.sub(own)).fma(d, theirs).mul(0.5f).intoArray(s, so + j * LANES);
    }
  }

  /** The same of four i, which read p_j but once. */
  private static void columns(float[] s, int so, int count, float[] rows, int ro, int stride, int dx) {
    FloatVector s0 = FloatVector.fromArray(S, s, dx);
    FloatVector s1 = FloatVector.fromArray(S, s, dx + LANES);
    FloatVector s2 = FloatVector.fromArray(S, s, dx + 2 * LANES);
    FloatVector s3 = FloatVector.fromArray(S, s, dx + 3 * LANES);
    for (int j = 0; j < count; j++) {
      FloatVector p = FloatVector.fromArray(S, s, so + j * LANES);
      int at = ro + j * stride;
      s0 = p.fma(FloatVector.broadcast(S, rows[at]), s0);
      s1 = p.fma(FloatVector.broadcast(S, rows[at + 1]), s1);
      s2 = p.fma(FloatVector.broadcast(S, rows[at + 2]), s2);
      s3 = p.fma(FloatVector.broadcast(S, rows[at + 3]), s3);
    }
    s0.intoArray(s, dx);
    s1.intoArray(s, dx + LANES);
    s2.intoArray(s, dx + 2 * LANES);
    s3.intoArray(s, dx + 3 * LANES);
  }

  /** dx_i += Σ_j p_j Y_ji. */
  private static void column(float[] s, int so, int count, float[] rows, int ro, int stride, int dx) {
    FloatVector sum = FloatVector.fromArray(S, s, dx);
    for (int j = 0; j < count; j++) {
      sum = FloatVector.fromArray(S, s, so + j * LANES).fma(FloatVector.broadcast(S, rows[ro + j * stride]), sum);
    }
    sum.intoArray(s, dx);
  }

  private static void finish(float[] arena, int y, int dLoss, int weight, int size, float scale, int dx) {
    FloatVector d = FloatVector.fromArray(S, arena, dLoss);
    FloatVector w = FloatVector.fromArray(S, arena, weight);
    for (int i = 0; i < size * LANES; i += LANES) {
      FloatVector all = FloatVector.fromArray(S, arena, dx + i).sub(FloatVector.fromArray(S, arena, y + i).mul(d)).mul(scale);
      all.blend(0f, w.compare(VectorOperators.LE, 0f)).intoArray(arena, dx + i);
    }
  }
}
