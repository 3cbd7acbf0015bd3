package dev.lanewise.runtime.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Functions of single elements, over {@code count} floats. Plain loops where the compiler vectorises them by itself.
 * An output may lie
 * where an input lies.
 */
public final class Elementwise {
  private static final int LANES = Lanes.BLOCK;

  private Elementwise() {}

  /** y = max(0, x). */
  public static void relu(float[] x, int xo, float[] y, int yo, int count) {
    for (int i = 0; i < count; i++) {
      y[yo + i] = Math.max(0f, x[xo + i]);
    }
  }

  /** dx = dy where y > 0, else 0. */
  public static void reluGradient(float[] y, int yo, float[] dy, int dyo, float[] dx, int dxo, int count) {
    int i = 0;
    FloatVector zero = FloatVector.zero(Lanes.SPECIES);
    for (; i + Lanes.LENGTH <= count; i += Lanes.LENGTH) {
      VectorMask<Float> active = FloatVector.fromArray(Lanes.SPECIES, y, yo + i).compare(VectorOperators.GT, 0f);
      zero.blend(FloatVector.fromArray(Lanes.SPECIES, dy, dyo + i), active).intoArray(dx, dxo + i);
    }
    for (; i < count; i++) {
      dx[dxo + i] = y[yo + i] > 0 ? dy[dyo + i] : 0f;
    }
  }

  /** y = 1 / (1 + e^-x). */
  public static void sigmoid(float[] x, int xo, float[] y, int yo, int count) {
    int i = 0;
    for (; i + Lanes.LENGTH <= count; i += Lanes.LENGTH) {
      Exponential.sigmoid(FloatVector.fromArray(Lanes.SPECIES, x, xo + i)).intoArray(y, yo + i);
    }
    if (i < count) {
      VectorMask<Float> mask = Lanes.SPECIES.indexInRange(i, count);
      Exponential.sigmoid(FloatVector.fromArray(Lanes.SPECIES, x, xo + i, mask)).intoArray(y, yo + i, mask);
    }
  }

  /** dx = dy y (1 - y). */
  public static void sigmoidGradient(float[] y, int yo, float[] dy, int dyo, float[] dx, int dxo, int count) {
    for (int i = 0; i < count; i++) {
      dx[dxo + i] = dy[dyo + i] * y[yo + i] * (1 - y[yo + i]);
    }
  }

  /** y = tanh x. */
  public static void tanh(float[] x, int xo, float[] y, int yo, int count) {
    int i = 0;
    for (; i + Lanes.LENGTH <= count; i += Lanes.LENGTH) {
      Exponential.tanh(FloatVector.fromArray(Lanes.SPECIES, x, xo + i)).intoArray(y, yo + i);
    }
    if (i < count) {
      VectorMask<Float> mask = Lanes.SPECIES.indexInRange(i, count);
      Exponential.tanh(FloatVector.fromArray(Lanes.SPECIES, x, xo + i, mask)).intoArray(y, yo + i, mask);
    }
  }

  /** dx = dy (1 - y²). */
  public static void tanhGradient(float[] y, int yo, float[] dy, int dyo, float[] dx, int dxo, int count) {
    for (int i = 0; i < count; i++) {
      dx[dxo + i] = dy[dyo + i] * (1 - y[yo + i] * y[yo + i]);
    }
  }

  /** c = a + b. */
  public static void add(float[] a, int ao, float[] b, int bo, float[] c, int co, int count) {
    for (int i = 0; i < count; i++) {
      c[co + i] = a[ao + i] + b[bo + i];
    }
  }

  /** c = a b. */
  public static void multiply(float[] a, int ao, float[] b, int bo, float[] c, int co, int count) {
    for (int i = 0; i < count; i++) {
      c[co + i] = a[ao + i] * b[bo + i];
    }
  }

  /** y[c][p][lane] = x[c][p][lane] scale[c][lane]. */
  public static void multiplyChannels(float[] x, int xo, int channels, int per, float[] scale, int so,
      float[] out, int oo) {
    for (int c = 0; c < channels; c++) {
      for (int lane = 0; lane < Lanes.BLOCK; lane += Lanes.LENGTH) {
        FloatVector s = FloatVector.fromArray(Lanes.SPECIES, scale, so + c * Lanes.BLOCK + lane);
        for (int p = 0, i = c * per * Lanes.BLOCK + lane; p < per; p++, i += Lanes.BLOCK) {
          FloatVector.fromArray(Lanes.SPECIES, x, xo + i).mul(s).intoArray(out, oo + i);
        }
      }
    }
  }

  /** y[row][lane] = bias[row]. */
  public static void broadcastRows(float[] bias, int bo, int rows, float[] y, int yo) {
    for (int i = 0; i < rows; i++) {
      Arrays.fill(y, yo + i * LANES, yo + (i + 1) * LANES, bias[bo + i]);
    }
  }

  /** y[i][lane] = 1 where i is the lane's label, else 0; with a single row the label itself. */
  public static void oneHot(float[] label, int lo, int rows, float[] y, int yo) {
    for (int i = 0; i < rows * LANES; i++) {
      float t = label[lo + i % LANES];
      y[yo + i] = rows == 1 ? t : t == i / LANES ? 1 : 0;
    }
  }
}
