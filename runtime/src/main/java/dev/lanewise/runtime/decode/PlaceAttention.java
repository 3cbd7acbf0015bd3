package dev.lanewise.runtime.decode;

import dev.lanewise.runtime.operation.Attend;

/** Causal attention of one place: keys and values of all places so far are kept. */
final class PlaceAttention {
  private final Attend attend;
  /** Head by head, place by place. */
  private final float[] keys;
  private final float[] values;
  private final float[] shares;
  private final int places;

  PlaceAttention(Attend attend, int places) {
    this.attend = attend;
    this.places = places;
    this.keys = new float[attend.heads() * places * attend.size()];
    this.values = new float[attend.heads() * places * attend.valueSize()];
    this.shares = new float[places];
  }

  /** Of all heads. @param place counted from 0: those before it are there */
  void run(int place, float[] q, float[] k, float[] v, float[] to) {
    int size = attend.size(), valueSize = attend.valueSize();
    float scale = (float) (1 / Math.sqrt(size));
    for (int h = 0; h < attend.heads(); h++) {
      int keysAt = h * places * size, valuesAt = h * places * valueSize;
      System.arraycopy(k, attend.k().from() + h * size, keys, keysAt + place * size, size);
      System.arraycopy(v, attend.v().from() + h * valueSize, values, valuesAt + place * valueSize, valueSize);
      float most = Float.NEGATIVE_INFINITY;
      for (int j = 0; j <= place; j++) {
        shares[j] = scale * dot(q, attend.q().from() + h * size, keys, keysAt + j * size, size);
        most = Math.max(most, shares[j]);
      }
      float sum = 0;
      for (int j = 0; j <= place; j++) {
        shares[j] = (float) Math.exp(shares[j] - most);
        sum += shares[j];
      }
      java.util.Arrays.fill(to, h * valueSize, (h + 1) * valueSize, 0);
      for (int j = 0; j <= place; j++) {
        add(shares[j] / sum, values, valuesAt + j * valueSize, to, h * valueSize, valueSize);
      }
    }
  }

  private static float dot(float[] a, int ao, float[] b, int bo, int count) {
    float sum = 0;
    for (int i = 0; i < count; i++) {
      sum += a[ao + i] * b[bo + i];
    }
    return sum;
  }

  private static void add(float factor, float[] x, int xo, float[] to, int at, int count) {
    for (int i = 0; i < count; i++) {
      to[at + i] += factor * x[xo + i];
    }
  }
}
