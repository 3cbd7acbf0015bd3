package dev.lanewise.runtime.data;

import dev.lanewise.runtime.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Some examples of a data set, by index, each as often as its index is there. A subset of a subset refers to the
 * whole, so that reading takes one step.
 */
record Subset(Dataset of, int[] indices) implements Dataset {
  Subset {
    if (of instanceof Subset(Dataset whole, int[] outer)) {
      of = whole;
      indices = IntStream.of(indices).map(i -> outer[i]).toArray();
    }
  }

  @Override
  public int size() {
    return indices.length;
  }

  @Override
  public Shape shape() {
    return of.shape();
  }

  @Override
  public Target target() {
    return of.target();
  }

  @Override
  public List<Field> fields() {
    return of.fields();
  }

  @Override
  public void readField(int field, int index, float[] out, int offset, int stride) {
    of.readField(field, indices[index], out, offset, stride);
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
  public void readTarget(int index, float[] out, int offset, int stride) {
    of.readTarget(indices[index], out, offset, stride);
  }

  @Override
  public void readBlock(int[] order, int from, int count, float[] block, int offset) {
    int[] inner = new int[count];
    for (int lane = 0; lane < count; lane++) {
      inner[lane] = indices[order[from + lane]];
    }
    of.readBlock(inner, 0, count, block, offset);
  }

  @Override
  public int overlap() {
    return of.overlap();
  }

  @Override
  public int source(int index) {
    return of.source(indices[index]);
  }

  @Override
  public int group(int index) {
    return of.group(indices[index]);
  }

  @Override
  public boolean isAnswered() {
    return of.isAnswered();
  }

  @Override
  public Optional<Grouping> grouping() {
    return of.grouping();
  }

  @Override
  public boolean isOnDisk() {
    return of.isOnDisk();
  }

  @Override
  public long touch(int index) {
    return of.touch(indices[index]);
  }

  @Override
  public float zero(int channel) {
    return of.zero(channel);
  }

  @Override
  public Dataset as(Encoding encoding) {
    return new Subset(of.as(encoding), indices);
  }

  @Override
  public Dataset normalized(Normalization normalization) {
    return new Subset(of.normalized(normalization), indices);
  }

  @Override
  public Dataset normalized(int field, Normalization normalization) {
    return new Subset(of.normalized(field, normalization), indices);
  }
}
