package dev.lanewise.runtime.data;

/** The smallest and the largest of some numbers of examples, which are looked at from all over the data. */
public record Range(float low, float high) {
  public static final Range NONE = new Range(0, 0);
  /** Networks begin as if numbers were about 1: they learn badly, or not at all, from what is larger than this. */
  public static final float MOST = 100;

  private static final int LOOKED_AT = 1_000;

  public float largest() {
    return Math.max(-low, high);
  }

  /** Of the main part, as it is read. {@link #NONE} of whole numbers below a bound, which have no size. */
  public static Range ofValues(Dataset data) {
    return data.fields().getFirst().isWhole() ? NONE : of(data, 0);
  }

  /** Of the numbers to predict; {@link #NONE} where there are classes. */
  public static Range ofTargets(Dataset data) {
    return data.target().isNumbers() ? of(data, Dataset.TARGET) : NONE;
  }

  /** Of one part. */
  public static Range of(Dataset data, int field) {
    float[] values = new float[data.fields().get(field).shape().size()];
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    int step = Math.max(1, data.size() / LOOKED_AT);
    for (int i = 0; i < data.size(); i += step) {
      data.readField(field, i, values, 0, 1);
      for (float value : values) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    return new Range(low, high);
  }
}
