package dev.lanewise.runtime.data.sound;

/** Which part of a sound is taken that is too long. One that is too short gets silence: behind it, or, where its middle is taken, on both sides. */
public enum Cut {
  /** The beginning. */
  BEGIN,
  MIDDLE,
  /** Where there is most power. */
  LOUDEST;

  /** Exactly so many samples. */
  float[] of(float[] samples, int count) {
    float[] cut = new float[count];
    int over = samples.length - count;
    if (over <= 0) {
      System.arraycopy(samples, 0, cut, this == MIDDLE ? -over / 2 : 0, samples.length);
      return cut;
    }
    System.arraycopy(samples, this == BEGIN ? 0 : this == MIDDLE ? over / 2 : loudest(samples, count), cut, 0, count);
    return cut;
  }

  /** Where the part begins whose sum of squares is the largest, the first one of several. */
  private static int loudest(float[] samples, int count) {
    double[] sums = new double[samples.length + 1];
    for (int i = 0; i < samples.length; i++) {
      sums[i + 1] = sums[i] + (double) samples[i] * samples[i];
    }
    int best = 0;
    for (int i = 1; i + count <= samples.length; i++) {
      best = sums[i + count] - sums[i] > sums[best + count] - sums[best] ? i : best;
    }
    return best;
  }
}
