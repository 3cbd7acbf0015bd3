package dev.lanewise.runtime.data;

import dev.lanewise.runtime.tensor.Shape;
import java.util.List;
import java.util.function.IntBinaryOperator;

/**
 * Examples made on the spot for a network to make something of; nothing is to be learned of them, and what stands for that is 0.
 *
 * @param fields the main part, what would be learned, and further parts, which are whole numbers
 * @param values of the main part
 * @param whole of a field and an example: the number in each place of a further part
 */
public record Unlearned(List<Field> fields, float[][] values, IntBinaryOperator whole) implements Dataset {
  public Unlearned {
    fields = List.copyOf(fields);
  }

  @Override
  public int size() {
    return values.length;
  }

  @Override
  public Shape shape() {
    return fields.getFirst().shape();
  }

  @Override
  public Target target() {
    Field target = fields.get(TARGET);
    return target.isWhole() ? new Target(target.shape(), target.bound()) : Target.numbers(target.shape());
  }

  @Override
  public int label(int index) {
    return 0;
  }

  @Override
  public void readTarget(int index, float[] out, int offset, int stride) {
    fill(fields.get(TARGET).shape(), 0, out, offset, stride);
  }

  @Override
  public void readField(int field, int index, float[] out, int offset, int stride) {
    if (field <= TARGET) {
      Dataset.super.readField(field, index, out, offset, stride);
    } else {
      fill(fields.get(field).shape(), whole.applyAsInt(field, index), out, offset, stride);
    }
  }

  private static void fill(Shape shape, float value, float[] out, int offset, int stride) {
    for (int i = 0; i < shape.size(); i++) {
      out[offset + i * stride] = value;
    }
  }

  @Override
  public void read(int index, float[] out, int offset, int stride) {
    for (int i = 0; i < values[index].length; i++) {
      out[offset + i * stride] = values[index][i];
    }
  }

  @Override
  public float zero(int channel) {
    return 0;
  }

  /** They are as the network takes them. */
  @Override
  public Dataset normalized(Normalization normalization) {
    return this;
  }
}
