package dev.lanewise.runtime.data;

import dev.lanewise.runtime.tensor.Shape;

/**
 * Examples of which nobody knows what is to be learned of them: a network can be asked about them, and that is all.
 *
 * @param target what is learned of others of their kind
 */
public record Unanswered(Dataset of, Target target) implements Dataset {
  @Override
  public boolean isAnswered() {
    return false;
  }

  @Override
  public int size() {
    return of.size();
  }

  @Override
  public Shape shape() {
    return of.shape();
  }

  @Override
  public int label(int index) {
    return 0;
  }

  @Override
  public void readTarget(int index, float[] out, int offset, int stride) {
    for (int i = 0; i < target.shape().size(); i++) {
      out[offset + i * stride] = 0;
    }
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
  public Dataset as(Encoding encoding) {
    return new Unanswered(of.as(encoding), target);
  }

  @Override
  public Dataset normalized(Normalization normalization) {
    return new Unanswered(of.normalized(normalization), target);
  }
}
