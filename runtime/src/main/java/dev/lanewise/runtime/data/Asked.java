package dev.lanewise.runtime.data;

/**
 * A single example that somebody asks about: the first of some others, with values of one's own for one of its parts.
 *
 * @param field the place of that part among the {@link Dataset#fields}
 */
public record Asked(Dataset of, int field, float[] values) implements View {
  @Override
  public int size() {
    return 1;
  }

  @Override
  public void readField(int part, int index, float[] out, int offset, int stride) {
    if (part != field) {
      of.readField(part, index, out, offset, stride);
      return;
    }
    for (int i = 0; i < values.length; i++) {
      out[offset + i * stride] = values[i];
    }
  }

  @Override
  public void readTarget(int index, float[] out, int offset, int stride) {
    if (field == TARGET) {
      readField(TARGET, index, out, offset, stride);
    } else {
      of.readTarget(index, out, offset, stride);
    }
  }

  @Override
  public Dataset normalized(Normalization normalization) {
    return new Asked(of.normalized(normalization), field, values);
  }
}
