package dev.lanewise.runtime.data.corpus;

import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/**
 * Stretches of one long text: an example is so many tokens, and what is to be learned of it the same one token further.
 *
 * @param length tokens of an example
 * @param stride from one example's first token to the next one's
 */
record Windows(TokenRow row, int kinds, int length, int stride) implements Dataset {
  static List<Field> fields(int length, int kinds) {
    return List.of(new Field("text", Shape.of(length), kinds), new Field("next", Shape.of(length), kinds));
  }

  @Override
  public int size() {
    return (int) ((row.size() - 1 - length) / stride + 1);
  }

  @Override
  public List<Field> fields() {
    return fields(length, kinds);
  }

  @Override
  public Shape shape() {
    return Shape.of(length);
  }

  @Override
  public Target target() {
    return Target.classes(Shape.of(length), kinds);
  }

  @Override
  public int label(int index) {
    return 0;
  }

  @Override
  public void read(int index, float[] out, int offset, int step) {
    row.read((long) index * stride, length, out, offset, step);
  }

  @Override
  public void readTarget(int index, float[] out, int offset, int step) {
    row.read((long) index * stride + 1, length, out, offset, step);
  }

  /** Two of them that are so far apart, or further, share no token that is to be learned. */
  @Override
  public int overlap() {
    return (length - 1) / stride;
  }

  @Override
  public boolean isOnDisk() {
    return row.isOnDisk();
  }

  @Override
  public long touch(int index) {
    float[] first = new float[1];
    row.read((long) index * stride, 1, first, 0, 1);
    row.read((long) index * stride + length, 1, first, 0, 1);
    return (long) first[0];
  }

  @Override
  public float zero(int channel) {
    return 0;
  }

  @Override
  public Dataset normalized(Normalization normalization) {
    return this;
  }
}
