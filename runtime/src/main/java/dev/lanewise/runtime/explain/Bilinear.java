package dev.lanewise.runtime.explain;

/** Maps of another size: what lies between the middles of four pixels is interpolated (PyTorch's {@code align_corners = false}). */
final class Bilinear {
  private Bilinear() {}

  static double[] resized(double[] map, int height, int width, int newHeight, int newWidth) {
    double[] resized = new double[newHeight * newWidth];
    for (int y = 0; y < newHeight; y++) {
      double down = at(y, height, newHeight);
      int top = (int) down;
      int bottom = Math.min(height - 1, top + 1);
      for (int i = 0; i < newWidth; i++) {
        double across = at(i, width, newWidth);
        int left = (int) across;
        int right = Math.min(width - 1, left + 1);
        double above = between(map[top * width + left], map[top * width + right], across - left);
        double below = between(map[bottom * width + left], map[bottom * width + right], across - left);
        resized[y * newWidth + i] = between(above, below, down - top);
      }
    }
    return resized;
  }

  /** Where the middle of a new pixel lies, in old ones from the middle of the first. */
  private static double at(int i, int size, int newSize) {
    return Math.clamp((i + 0.5) * size / newSize - 0.5, 0, size - 1);
  }

  private static double between(double a, double b, double share) {
    return a + (b - a) * share;
  }
}
