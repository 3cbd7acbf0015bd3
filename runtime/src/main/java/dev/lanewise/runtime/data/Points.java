package dev.lanewise.runtime.data;

import dev.lanewise.runtime.tensor.Shape;

/**
 * Examples of a few numbers each, with labels.
 *
 * <pre>{@code new Points(Shape.of(2), new float[][] {{0, 1}, {1, 1}}, new int[] {1, 0}, 2) }</pre>
 */
public final class Points implements Dataset {
  private final Shape shape;
  private final float[][] values;
  private final int[] labels;
  private final int classes;
  private final float mean;
  private final float std;

  /**
   * @throws IllegalArgumentException if an example has no label or not the shape's size, or a label is not a class
   */
  public Points(Shape shape, float[][] values, int[] labels, int classes) {
    this(shape, values, labels, classes, 0, 1);
    if (values.length != labels.length) {
      throw new IllegalArgumentException(labels.length + " labels for " + values.length + " points");
    }
    for (int i = 0; i < labels.length; i++) {
      if (values[i].length != shape.size()) {
        throw new IllegalArgumentException("point " + i + " has " + values[i].length + " values, not " + shape.size());
      }
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException("label " + labels[i] + " of point " + i + ": classes are 0 to " + (classes - 1));
      }
    }
  }

  private Points(Shape shape, float[][] values, int[] labels, int classes, float mean, float std) {
    this.shape = shape;
    this.values = values;
    this.labels = labels;
    this.classes = classes;
    this.mean = mean;
    this.std = std;
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
    return labels[index];
  }

  @Override
  public void read(int index, float[] out, int offset, int stride) {
    for (int i = 0; i < values[index].length; i++) {
      out[offset + i * stride] = (values[index][i] - mean) / std;
    }
  }

  @Override
  public float zero() {
    return (0 - mean) / std;
  }

  @Override
  public Dataset normalized(float newMean, float newStd) {
    return new Points(shape, values, labels, classes, newMean, newStd);
  }
}
