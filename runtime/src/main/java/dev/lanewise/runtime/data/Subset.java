package dev.lanewise.runtime.data;

import dev.lanewise.runtime.tensor.Shape;

/** Some examples of a data set, by index. */
record Subset(Dataset of, int[] indices) implements Dataset {
  @Override
  public int size() {
    return indices.length;
  }

  @Override
  public Shape shape() {
    return of.shape();
  }

  @Override
  public int classes() {
    return of.classes();
  }

  @Override
  public int label(int index) {
    return of.label(indices[index]);
  }

  @Override
  public void read(int index, float[] out, int offset, int stride) {
    of.read(indices[index], out, offset, stride);
  }

  @Override
  public Dataset normalized(float mean, float std) {
    return new Subset(of.normalized(mean, std), indices);
  }
}
