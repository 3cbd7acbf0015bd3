package dev.lanewise.runtime.data;

import dev.lanewise.runtime.tensor.Shape;

/** Examples of a few numbers each, with labels. */
public final class Points implements Dataset {
  private final Shape shape;
  private final float[][] values;
  private final int[] labels;
  private final int classes;
  private final float mean;
  private final float std;

  public Points(Shape shape, float[][] values, int[] labels, int classes) {
    this(shape, values, labels, classes, 0, 1);
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
  public Dataset normalized(float newMean, float newStd) {
    return new Points(shape, values, labels, classes, newMean, newStd);
  }
}
