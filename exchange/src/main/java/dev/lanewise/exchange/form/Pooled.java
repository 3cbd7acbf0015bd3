package dev.lanewise.exchange.form;

import dev.lanewise.runtime.tensor.Blend;
import dev.lanewise.runtime.tensor.Windows;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;

/** Windows of pooling where others have one size and one stride for all of them. */
public final class Pooled {
  private Pooled() {}

  /** Windows that are alike, a stride apart, if these are. */
  public static Optional<Windows.Sliding> sliding(Windows windows) {
    if (windows instanceof Windows.Sliding sliding) {
      return Optional.of(sliding);
    }
    int size = windows.to(0) - windows.from(0), stride = windows.out() > 1 ? windows.from(1) - windows.from(0) : size;
    for (int i = 0; i < windows.out(); i++) {
      if (windows.from(i) != i * stride || windows.to(i) != i * stride + size) {
        return Optional.empty();
      }
    }
    return Optional.of(new Windows.Sliding(windows.in(), size, stride, 0));
  }

  /** Where windows of different sizes find their values, one window after the other, each as long as the longest: a shorter one has its last value again, which is no larger for that. */
  public static long[] places(Windows windows) {
    int size = windows.size();
    return LongStream.range(0, (long) windows.out() * size).map(i -> {
      int window = (int) i / size;
      return Math.min(windows.from(window) + i % size, windows.to(window) - 1);
    }).toArray();
  }

  /** How many windows that cover all values and differ in size a matrix takes the means of; empty if it is no such matrix. @param matrix a row for each window */
  public static Optional<Integer> means(int out, int in, float[] matrix) {
    if (out < 1 || out >= in || in % out == 0 || !Arrays.equals(flat(Resampling.matrix(Blend.mean(Windows.bins(in, out)))), matrix)) {
      return Optional.empty();
    }
    return Optional.of(out);
  }

  private static float[] flat(float[][] rows) {
    float[] flat = new float[rows.length * rows[0].length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = rows[i / rows[0].length][i % rows[0].length];
    }
    return flat;
  }

  /** The windows over values that lie so. */
  public static Windows.Sliding apart(Windows windows) {
    return new Windows.Sliding(windows.out() * windows.size(), windows.size(), windows.size(), 0);
  }
}
