package dev.lanewise.runtime.kernel.window;

import dev.lanewise.runtime.tensor.Windows;

/** The geometry of a pooling: windows over each plane of an image. */
public record PoolShape(int channels, Windows rows, Windows columns) {

  /** Square windows that slide. */
  public PoolShape(int channels, int height, int width, int size, int stride, int padding) {
    this(channels, new Windows.Sliding(height, size, stride, padding), new Windows.Sliding(width, size, stride, padding));
  }

  public int height() {
    return rows.in();
  }

  public int width() {
    return columns.in();
  }

  public int outHeight() {
    return rows.out();
  }

  public int outWidth() {
    return columns.out();
  }

  /** Whether the windows are squares of one size that slide by one stride, without padding; else there is no size and stride. */
  boolean isSquare() {
    return columns instanceof Windows.Sliding(int width, int size, int stride, int padding)
        && padding == 0
        && rows.equals(new Windows.Sliding(height(), size, stride, 0));
  }

  /** The windows that lie within the image, of those that slide: a rectangle of them. */
  record Inner(int top, int left, int rows, int columns) {
    static final Inner NONE = new Inner(0, 0, 0, 0);

    boolean isEmpty() {
      return rows <= 0 || columns <= 0;
    }
  }

  Inner inner() {
    int top = first(rows), left = first(columns);
    return new Inner(top, left, end(rows) - top, end(columns) - left);
  }

  private static int first(Windows windows) {
    int first = 0;
    while (first < windows.out() && windows.from(first) < 0) {
      first++;
    }
    return first;
  }

  private static int end(Windows windows) {
    int end = windows.out();
    while (end > 0 && windows.to(end - 1) > windows.in()) {
      end--;
    }
    return end;
  }

  int size() {
    return columns.size();
  }

  int stride() {
    return ((Windows.Sliding) columns).stride();
  }

  /** Whether every value lies under one window, and every window is whole. */
  boolean isTiled() {
    return isTiled(rows) && isTiled(columns);
  }

  private static boolean isTiled(Windows windows) {
    return windows instanceof Windows.Sliding(int in, int size, int stride, int padding)
        && size == stride
        && padding == 0
        && in % size == 0;
  }
}
