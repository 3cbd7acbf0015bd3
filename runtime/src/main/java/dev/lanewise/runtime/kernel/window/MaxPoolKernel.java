package dev.lanewise.runtime.kernel.window;

import dev.lanewise.runtime.kernel.lane.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Max pooling over {@code [C][H][W][16]}: y = max of the window, argmax = ky * columns + kx of the first of equals,
 * where columns is the width of the widest window.
 */
public final class MaxPoolKernel {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int LANES = Lanes.BLOCK;

  private MaxPoolKernel() {}

  public static void forward(PoolShape p, float[] x, int xo, float[] y, int yo, float[] argmax, int ao) {
    edges(p, PoolShape.Inner.NONE, x, xo, y, yo, argmax, ao);
  }

  /** All windows but those of a rectangle. */
  static void edges(PoolShape p, PoolShape.Inner but, float[] x, int xo, float[] y, int yo, float[] argmax, int ao) {
    int out = 0;
    for (int c = 0; c < p.channels(); c++) {
      int plane = xo + c * p.height() * p.width() * LANES;
      for (int oy = 0; oy < p.outHeight(); oy++) {
        boolean passes = oy >= but.top() && oy < but.top() + but.rows();
        for (int ox = 0; ox < p.outWidth(); ox++, out += LANES) {
          if (passes && ox == but.left()) {
            ox += but.columns() - 1;
            out += (but.columns() - 1) * LANES;
            continue;
          }
          for (int v = 0; v < LANES; v += Lanes.LENGTH) {
            window(p, x, plane + v, oy, ox, y, yo + out + v, argmax, ao + out + v);
          }
        }
      }
    }
  }

  private static void window(
      PoolShape p, float[] x, int plane, int oy, int ox, float[] y, int yo, float[] argmax, int ao) {
    int top = p.rows().from(oy);
    int left = p.columns().from(ox);
    FloatVector best = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
    FloatVector where = FloatVector.zero(S);
    int bottom = Math.min(p.rows().to(oy), p.height()) - top;
    int right = Math.min(p.columns().to(ox), p.width()) - left;
    for (int ky = Math.max(0, -top); ky < bottom; ky++) {
      for (int kx = Math.max(0, -left); kx < right; kx++) {
        FloatVector value = FloatVector.fromArray(S, x, plane + ((top + ky) * p.width() + left + kx) * LANES);
        VectorMask<Float> loses = value.compare(VectorOperators.GT, best).not();
        best = value.blend(best, loses);
        where = FloatVector.broadcast(S, (float) (ky * p.size() + kx)).blend(where, loses);
      }
    }
    best.intoArray(y, yo);
    where.intoArray(argmax, ao);
  }

  /** dx = 0 but for the elements that won, which get dy; where windows overlap, the sum. */
  public static void gradient(PoolShape p, float[] dy, int dyo, float[] argmax, int ao, float[] dx, int dxo) {
    boolean tiled = p.isTiled();
    if (!tiled) {
      java.util.Arrays.fill(dx, dxo, dxo + p.channels() * p.height() * p.width() * LANES, 0);
    }
    int out = 0;
    for (int c = 0; c < p.channels(); c++) {
      int plane = dxo + c * p.height() * p.width() * LANES;
      for (int oy = 0; oy < p.outHeight(); oy++) {
        for (int ox = 0; ox < p.outWidth(); ox++, out += LANES) {
          for (int v = 0; v < LANES; v += Lanes.LENGTH) {
            if (tiled) {
              int corner = plane + v + (oy * p.rows().size() * p.width() + ox * p.size()) * LANES;
              place(p, dy, dyo + out + v, argmax, ao + out + v, dx, corner);
            } else {
              scatter(p, dy, dyo + out + v, argmax, ao + out + v, oy, ox, dx, plane + v);
            }
          }
        }
      }
    }
  }

  /** Windows that tile the image: every element is written once, so nothing need be cleared or read. */
  private static void place(PoolShape p, float[] dy, int dyo, float[] argmax, int ao, float[] dx, int corner) {
    FloatVector d = FloatVector.fromArray(S, dy, dyo);
    FloatVector where = FloatVector.fromArray(S, argmax, ao);
    FloatVector zero = FloatVector.zero(S);
    for (int ky = 0, position = 0; ky < p.rows().size(); ky++) {
      for (int kx = 0; kx < p.size(); kx++, position++) {
        zero.blend(d, where.compare(VectorOperators.EQ, (float) position))
            .intoArray(dx, corner + (ky * p.width() + kx) * LANES);
      }
    }
  }

  private static void scatter(
      PoolShape p, float[] dy, int dyo, float[] argmax, int ao, int oy, int ox, float[] dx, int plane) {
    int top = p.rows().from(oy);
    int left = p.columns().from(ox);
    FloatVector d = FloatVector.fromArray(S, dy, dyo);
    FloatVector where = FloatVector.fromArray(S, argmax, ao);
    int bottom = Math.min(p.rows().to(oy), p.height()) - top;
    int right = Math.min(p.columns().to(ox), p.width()) - left;
    for (int ky = Math.max(0, -top); ky < bottom; ky++) {
      for (int kx = Math.max(0, -left); kx < right; kx++) {
        int at = plane + ((top + ky) * p.width() + left + kx) * LANES;
        FloatVector old = FloatVector.fromArray(S, dx, at);
        VectorMask<Float> won = where.compare(VectorOperators.EQ, (float) (ky * p.size() + kx));
        old.blend(old.add(d), won).intoArray(dx, at);
      }
    }
  }
}
