package dev.lanewise.runtime.data;

import dev.lanewise.runtime.kernel.lane.ByteLanes;
import dev.lanewise.runtime.tensor.Shape;

/** Images of unsigned bytes with labels; a byte's original value is byte / 255. */
public final class ByteImages implements Dataset {
  private static final int TILE = 64;
  /** So many squares of bytes add up to an int. */
  private static final int SUMMED = 1 << 15;

  private final Shape shape;
  private final byte[] pixels;
  private final byte[] labels;
  private final int classes;
  private final Target target;
  /** Of each channel: what a byte is read as. */
  private final float[][] values;

  /** With the same scale for every channel. */
  public ByteImages(Shape shape, byte[] pixels, byte[] labels, int classes, float mean, float std) {
    this(shape, pixels, labels, classes, Normalization.of(shape, mean, std));
  }

  /**
   * @throws IllegalArgumentException if there are not as many labels as images
   */
  public ByteImages(Shape shape, byte[] pixels, byte[] labels, int classes, Normalization normalization) {
    if ((long) labels.length * shape.size() != pixels.length) {
      throw new IllegalArgumentException(labels.length + " labels for " + pixels.length / shape.size() + " images");
    }
    this.shape = shape;
    this.pixels = pixels;
    this.labels = labels;
    this.classes = classes;
    this.target = classes == 0 ? Target.numbers(shape) : Target.classes(classes);
    ByteLanes.prepare();
    this.values = new float[shape.channels()][];
    for (int c = 0; c < values.length; c++) {
      values[c] = c > 0 && normalization.isUniform() ? values[0] : table(normalization, c);
    }
  }

  private static float[] table(Normalization normalization, int channel) {
    float[] table = new float[256];
    for (int i = 0; i < 256; i++) {
      table[i] = normalization.of(channel, i / 255f);
    }
    return table;
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
  public Target target() {
    return target;
  }

  @Override
  public int label(int index) {
    return labels[index] & 255;
  }

  @Override
  public void read(int index, float[] out, int offset, int stride) {
    read(pixels, index * shape.size(), out, offset, stride);
  }

  /** An image of whichever bytes, as these are read. */
  void read(byte[] pixels, int first, float[] out, int offset, int stride) {
    int plane = shape.size() / values.length;
    int from = first;
    int to = offset;
    for (float[] table : values) {
      for (int i = 0; i < plane; i++) {
        out[to + i * stride] = table[pixels[from + i] & 255];
      }
      from += plane;
      to += plane * stride;
    }
  }

  /** A few elements of all examples at a time, which the first-level cache holds. */
  @Override
  public void readBlock(int[] order, int from, int count, float[] block, int offset) {
    int plane = shape.size() / values.length;
    for (int channel = 0; channel < values.length; channel++) {
      int first = channel * plane;
      for (int begin = first; begin < first + plane; begin += TILE) {
        ByteLanes.read(
            values[channel], pixels, shape.size(), order, from, count, begin, Math.min(first + plane, begin + TILE), block, offset);
      }
    }
  }

  @Override
  public Normalization measured() {
    Sums sums = new Sums(shape);
    sums.add(pixels);
    return sums.normalization();
  }

  /** Of images one after the other, by sums of whole numbers, which are exact. */
  static final class Sums {
    private final Shape shape;
    private final double[] sums;
    private final double[] squares;
    private long images;

    Sums(Shape shape) {
      this.shape = shape;
      this.sums = new double[shape.channels()];
      this.squares = new double[shape.channels()];
    }

    /** Images, as many as these are. */
    void add(byte[] pixels) {
      int plane = shape.size() / sums.length;
      for (int from = 0; from < pixels.length; from += plane) {
        int channel = from / plane % sums.length;
        for (int begin = from; begin < from + plane; begin += SUMMED) {
          add(channel, pixels, begin, Math.min(from + plane, begin + SUMMED));
        }
      }
      images += pixels.length / shape.size();
    }

    private void add(int channel, byte[] pixels, int begin, int end) {
      int sum = 0;
      int square = 0;
      for (int i = begin; i < end; i++) {
        int value = pixels[i] & 255;
        sum += value;
        square += value * value;
      }
      sums[channel] += sum / 255.0;
      squares[channel] += square / (255.0 * 255.0);
    }

    Normalization normalization() {
      return Normalization.of(sums, squares, (double) images * (shape.size() / sums.length));
    }
  }

  @Override
  public float zero(int channel) {
    return values[channel][0];
  }

  @Override
  public Dataset normalized(Normalization normalization) {
    return new ByteImages(shape, pixels, labels, classes, normalization);
  }
}
