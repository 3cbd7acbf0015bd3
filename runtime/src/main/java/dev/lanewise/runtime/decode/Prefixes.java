package dev.lanewise.runtime.decode;

import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Examples that somebody asks about, with nothing to be learned of them.
 *
 * @param inputs the parts that a network takes
 * @param values of each part those of each example
 */
record Prefixes(List<Field> inputs, List<float[][]> values) implements Dataset {
  @Override
  public int size() {
    return values.getFirst().length;
  }

  @Override
  public List<Field> fields() {
    List<Field> fields = new ArrayList<>(inputs);
    fields.add(TARGET, new Field("nothing", target().shape(), 0));
    return fields;
  }

  @Override
  public Shape shape() {
    return inputs.getFirst().shape();
  }

  @Override
  public Target target() {
    return Target.numbers(Shape.of(1));
  }

  @Override
  public int label(int index) {
    return 0;
  }

  @Override
  public void read(int index, float[] out, int offset, int stride) {
    readField(0, index, out, offset, stride);
  }

  @Override
  public void readTarget(int index, float[] out, int offset, int stride) {
    out[offset] = 0;
  }

  @Override
  public void readField(int field, int index, float[] out, int offset, int stride) {
    if (field == TARGET) {
      readTarget(index, out, offset, stride);
      return;
    }
    float[] own = values.get(field == 0 ? 0 : field - 1)[index];
    for (int i = 0; i < own.length; i++) {
      out[offset + i * stride] = own[i];
    }
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
