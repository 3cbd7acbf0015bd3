package dev.lanewise.runtime.data;

import dev.lanewise.runtime.tensor.Shape;

/** Examples that are their own targets: a network learns to rebuild its input, scaled as it sees it. */
record Reconstruction(Dataset of) implements Dataset {
  @Override
  public int size() {
    return of.size();
  }

  @Override
  public Shape shape() {
    return of.shape();
  }

  @Override
  public Target target() {
    return Target.numbers(of.shape());
  }

  /** Asked for every example. */
  @Override
  public int classes() {
    return 0;
  }

  @Override
  public int label(int index) {
    return 0;
  }

  @Override
  public void read(int index, float[] out, int offset, int stride) {
    of.read(index, out, offset, stride);
  }

  @Override
  public void readBlock(int[] order, int from, int count, float[] block, int offset) {
    of.readBlock(order, from, count, block, offset);
  }

  @Override
  public void readTarget(int index, float[] out, int offset, int stride) {
    of.read(index, out, offset, stride);
  }

  @Override
  public boolean isOnDisk() {
    return of.isOnDisk();
  }

  @Override
  public long touch(int index) {
    return of.touch(index);
  }

  @Override
  public float zero(int channel) {
    return of.zero(channel);
  }

  @Override
  public Dataset normalized(Normalization normalization) {
    return new Reconstruction(of.normalized(normalization));
  }
}
