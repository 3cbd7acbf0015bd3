package dev.lanewise.runtime.kernel;

/** The geometry of a pooling: a square window over each plane of an image. */
public record PoolShape(int channels, int height, int width, int size, int stride, int padding) {
  public int outHeight() {
    return (height + 2 * padding - size) / stride + 1;
  }

  public int outWidth() {
    return (width + 2 * padding - size) / stride + 1;
  }
}
