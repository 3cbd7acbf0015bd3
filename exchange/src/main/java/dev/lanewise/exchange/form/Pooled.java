package dev.lanewise.exchange.form;

import dev.lanewise.runtime.tensor.Windows;
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

  /** The windows over values that lie so. */
  public static Windows.Sliding apart(Windows windows) {
    return new Windows.Sliding(windows.out() * windows.size(), windows.size(), windows.size(), 0);
  }
}
