package dev.lanewise.runtime.data;

import dev.lanewise.runtime.tensor.Shape;

/**
 * Examples of a few numbers each, with a class, or without: then they are numbers to predict, see {@link Paired}.
 *
 * <pre>{@code new Points(Shape.of(2), new float[][] {{0, 1}, {1, 1}}, new int[] {1, 0}, 2) }</pre>
 */
public final class Points implements Dataset {
  private final Shape shape;
  private final float[][] values;
  private final Labels labels;
  private final Target target;
  private final Normalization normalization;

  /**
   * @throws IllegalArgumentException if an example has no label or not the shape's size, or a label is not a class
   */
  public Points(Shape shape, float[][] values, int[] labels, int classes) {
    this(shape, values, Labels.of(labels, classes));
  }

  /**
   * Without classes.
   *
   * @throws IllegalArgumentException if an example has not the shape's size
   */
  public Points(Shape shape, float[][] values) {
    this(shape, values, Labels.NONE);
  }

  public Points(Shape shape, float[][] values, Labels labels) {
    this(shape, values, labels, Normalization.none(shape));
    if (labels != Labels.NONE && values.length != labels.values().length) {
      throw new IllegalArgumentException(labels.values().length + " labels for " + values.length + " points");
    }
    for (int i = 0; i < values.length; i++) {
      if (values[i].length != shape.size()) {
        throw new IllegalArgumentException("point " + i + " has " + values[i].length + " values, not " + shape.size());
      }
    }
  }

  private Points(Shape shape, float[][] values, Labels labels, Normalization normalization) {
    this.shape = shape;
    this.values = values;
    this.labels = labels;
    this.target = labels.target(shape);
    this.normalization = normalization;
  }

  @Override
  public int size() {
    return values.length;
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
    return labels.label(index);
  }

  @Override
  public void read(int index, float[] out, int offset, int stride) {
    int plane = shape.size() / shape.channels();
    for (int i = 0; i < values[index].length; i++) {
      out[offset + i * stride] = normalization.of(i / plane, values[index][i]);
    }
  }

  @Override
  public float zero(int channel) {
    return normalization.of(channel, 0);
  }

  @Override
  public Dataset normalized(Normalization other) {
    return new Points(shape, values, labels, other);
  }
}
