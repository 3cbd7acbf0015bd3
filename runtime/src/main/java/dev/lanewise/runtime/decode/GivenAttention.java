package dev.lanewise.runtime.decode;

import dev.lanewise.runtime.operation.Attend;
import java.util.Arrays;

/** Attention of one place to another text, whose keys and values are all there. */
final class GivenAttention {
  private final Attend attend;
  private final float[] keys;
  private final float[] values;
  private final float[] mask;
  private final float[] shares;

  /** @param mask 0 where the other text has no token; null if it has one everywhere */
  GivenAttention(Attend attend, float[] keys, float[] values, float[] mask) {
    this.attend = attend;
    this.keys = keys;
    this.values = values;
    this.mask = mask;
    this.shares = new float[attend.others()];
  }

  /** Of all heads. @param place counted from 0 */
  void run(int place, float[] q, float[] to) {
    Arrays.fill(to, 0);
    for (int h = 0; h < attend.heads(); h++) {
      float sum = shares(h, attend.seen(place), q);
      int size = attend.valueSize();
      for (int j = 0; j < attend.seen(place) && sum > 0; j++) {
        int from = j * attend.v().width() + attend.v().from() + h * size;
        float share = shares[j] / sum;
        for (int c = 0; c < size; c++) {
          to[h * size + c] += share * values[from + c];
        }
      }
    }
  }

  /** How much a head takes of each place of the other text, before it is divided by the sum of all, which it tells. */
  private float shares(int h, int seen, float[] q) {
    int size = attend.size();
    float scale = (float) (1 / Math.sqrt(size)), most = Float.NEGATIVE_INFINITY;
    for (int j = 0; j < seen; j++) {
      float dot = 0;
      for (int c = 0; c < size; c++) {
        dot += q[attend.q().from() + h * size + c] * keys[j * attend.k().width() + attend.k().from() + h * size + c];
      }
      shares[j] = isThere(j) ? scale * dot : Float.NEGATIVE_INFINITY;
      most = Math.max(most, shares[j]);
    }
    float sum = 0;
    for (int j = 0; j < seen; j++) {
      shares[j] = isThere(j) ? (float) Math.exp(shares[j] - most) : 0;
      sum += shares[j];
    }
    return sum;
  }

  private boolean isThere(int j) {
    return mask == null || mask[j] != 0;
  }
}
