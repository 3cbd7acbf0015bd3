package dev.lanewise.runtime.data;

import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Examples with a part more: normal numbers, which are others whenever they are drawn anew, and the same for the same key. */
public final class Noised implements View {
  /** Where the numbers come from. */
  @FunctionalInterface
  public interface Source {
    /** Normal numbers by a hash of all that they depend on. */
    Source NORMAL = (key, example, element) -> {
      long own = Draws.mix(key, example);
      return (float) Draws.normal(Draws.uniform(own, 2 * element), Draws.uniform(own, 2 * element + 1));
    };

    float at(long key, int example, int element);
  }

  private final Dataset of;
  private final Field part;
  private final Source source;
  private long key;

  public Noised(Dataset of, String part, Shape shape, Source source) {
    this.of = of;
    this.part = new Field(part, shape, 0);
    this.source = source;
  }

  /** From now on they are those of that key. Not while examples are read. */
  public void draw(long another) {
    key = another;
  }

  @Override
  public Dataset of() {
    return of;
  }

  @Override
  public List<Field> fields() {
    List<Field> fields = new ArrayList<>(of.fields());
    fields.add(part);
    return fields;
  }

  @Override
  public void readField(int field, int index, float[] out, int offset, int stride) {
    if (field < of.fields().size()) {
      of.readField(field, index, out, offset, stride);
      return;
    }
    for (int i = 0; i < part.shape().size(); i++) {
      out[offset + i * stride] = source.at(key, index, i);
    }
  }

  @Override
  public Dataset normalized(Normalization normalization) {
    return new Noised(of.normalized(normalization), part.name(), part.shape(), source);
  }
}
