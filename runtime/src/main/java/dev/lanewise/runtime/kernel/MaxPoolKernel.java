package dev.lanewise.runtime.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Max pooling over {@code [C][H][W][16]}: y = max of the window, argmax = ky * size + kx of the first of equals.
 */
public final class MaxPoolKernel {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int LANES = Lanes.BLOCK;

  private MaxPoolKernel() {}

  public static void forward(PoolShape p, float[] x, int xo, float[] y, int yo, float[] argmax, int ao) {
    int out = 0;
    for (int c = 0; c < p.channels(); c++) {
      int plane = xo + c * p.height() * p.width() * LANES;
      for (int oy = 0; oy < p.outHeight(); oy++) {
        for (int ox = 0; ox < p.outWidth(); ox++, out += LANES) {
          for (int v = 0; v < LANES; v += Lanes.LENGTH) {
            window(p, x, plane + v, oy * p.stride() - p.padding(), ox * p.stride() - p.padding(), y, yo + out + v,
                argmax, ao + out + v);
          }
        }
      }
    }
  }

  private static void window(
      PoolShape p, float[] x, int plane, int top, int left, float[] y, int yo, float[] argmax, int ao) {
    FloatVector best = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
    FloatVector where = FloatVector.zero(S);
    for (int ky = Math.max(0, -top); ky < Math.min(p.size(), p.height() - top); ky++) {
      for (int kx = Math.max(0, -left); kx < Math.min(p.size(), p.width() - left); kx++) {
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
    boolean tiled =
        p.stride() == p.size() && p.padding() == 0 && p.height() % p.size() == 0 && p.width() % p.size() == 0;
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
              int corner = plane + v + (oy * p.width() + ox) * p.size() * LANES;
              place(p, dy, dyo + out + v, argmax, ao + out + v, dx, corner);
            } else {
              scatter(p, dy, dyo + out + v, argmax, ao + out + v, oy * p.stride() - p.padding(),
                  ox * p.stride() - p.padding(), dx, plane + v);
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
    for (int ky = 0, position = 0; ky < p.size(); ky++) {
      for (int kx = 0; kx < p.size(); kx++, position++) {
        zero.blend(d, where.compare(VectorOperators.EQ, (float) position))
            .intoArray(dx, corner + (ky * p.width() + kx) * LANES);
      }
    }
  }

  private static void scatter(
      PoolShape p, float[] dy, int dyo, float[] argmax, int ao, int top, int left, float[] dx, int plane) {
    FloatVector d = FloatVector.fromArray(S, dy, dyo);
    FloatVector where = FloatVector.fromArray(S, argmax, ao);
    for (int ky = Math.max(0, -top); ky < Math.min(p.size(), p.height() - top); ky++) {
      for (int kx = Math.max(0, -left); kx < Math.min(p.size(), p.width() - left); kx++) {
        int at = plane + ((top + ky) * p.width() + left + kx) * LANES;
        FloatVector old = FloatVector.fromArray(S, dx, at);
        VectorMask<Float> won = where.compare(VectorOperators.EQ, (float) (ky * p.size() + kx));
        old.blend(old.add(d), won).intoArray(dx, at);
      }
    }
  }
}
