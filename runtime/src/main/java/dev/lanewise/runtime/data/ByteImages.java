package dev.lanewise.runtime.data;

import dev.lanewise.runtime.kernel.Lanes;
import dev.lanewise.runtime.tensor.Shape;

/** Images of unsigned bytes with labels; a value is read as (byte / 255 - mean) / std. */
public final class ByteImages implements Dataset {
  private static final int TILE = 64;
  private static final int CACHE_LINE = 64;

  private final Shape shape;
  private final byte[] pixels;
  private final byte[] labels;
  private final int classes;
  private final float[] values = new float[256];
  /** Written, never read: else the compiler would leave out the loads. */
  private int touched;

  public ByteImages(Shape shape, byte[] pixels, byte[] labels, int classes, float mean, float std) {
    if ((long) labels.length * shape.size() != pixels.length) {
      throw new IllegalArgumentException(labels.length + " labels for " + pixels.length / shape.size() + " images");
    }
    this.shape = shape;
    this.pixels = pixels;
    this.labels = labels;
    this.classes = classes;
    for (int i = 0; i < 256; i++) {
      values[i] = (i / 255f - mean) / std;
    }
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public int label(int index) {
    return labels[index] & 255;
  }

  @Override
  public void read(int index, float[] out, int offset, int stride) {
    int size = shape.size();
    int from = index * size;
    for (int i = 0; i < size; i++) {
      out[offset + i * stride] = values[pixels[from + i] & 255];
    }
  }

  /**
   * First a byte of every cache line, so that the processor fetches them all at once: images drawn at random lie far apart, and
   * waiting for one after the other took a fifth of the training. Then a few elements of all examples at a time, which the
   * first-level cache holds.
   */
  @Override
  public void readBlock(int[] order, int from, int count, float[] block, int offset) {
    int size = shape.size();
    int sum = 0;
    for (int lane = 0; lane < count; lane++) {
      int image = order[from + lane] * size;
      for (int i = 0; i < size; i += CACHE_LINE) {
        sum += pixels[image + i];
      }
    }
    touched = sum;
    for (int begin = 0; begin < size; begin += TILE) {
      int end = Math.min(size, begin + TILE);
      for (int lane = 0; lane < count; lane++) {
        spread(order[from + lane] * size, begin, end, block, offset + lane);
      }
    }
  }

  private void spread(int image, int begin, int end, float[] block, int offset) {
    for (int i = begin; i < end; i++) {
      block[offset + i * Lanes.BLOCK] = values[pixels[image + i] & 255];
    }
  }

  @Override
  public float zero() {
    return values[0];
  }

  @Override
  public Dataset normalized(float mean, float std) {
    return new ByteImages(shape, pixels, labels, classes, mean, std);
  }
}
