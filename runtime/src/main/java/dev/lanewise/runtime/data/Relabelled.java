package dev.lanewise.runtime.data;

import dev.lanewise.runtime.tensor.Shape;

/**
 * Examples whose classes have other numbers: those of a network's outputs.
 *
 * @param numbers of each class, what it is called here
 * @param count of classes that are known here
 */
record Relabelled(Dataset of, int[] numbers, int count) implements Dataset {
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
    return Target.classes(count);
  }

  /** Asked for every example. */
  @Override
  public int classes() {
    return count;
  }

  @Override
  public int label(int index) {
    return numbers[of.label(index)];
  }

  @Override
  public void read(int index, float[] out, int offset, int stride) {
    of.read(index, out, offset, stride);
  }

  @Override
  public void readBlock(int[] order, int from, int lanes, float[] block, int offset) {
    of.readBlock(order, from, lanes, block, offset);
  }

  @Override
  public int source(int index) {
    return of.source(index);
  }

  @Override
  public boolean isAnswered() {
    return of.isAnswered();
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
  public Normalization measured() {
    return of.measured();
  }

  @Override
  public Dataset as(Encoding encoding) {
    return new Relabelled(of.as(encoding), numbers, count);
  }

  @Override
  public Dataset normalized(Normalization normalization) {
    return new Relabelled(of.normalized(normalization), numbers, count);
  }
}
