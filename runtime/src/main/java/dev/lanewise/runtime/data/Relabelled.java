package dev.lanewise.runtime.data;

/**
 * Examples whose classes, one each or at each place, have other numbers: those of a network's outputs.
 *
 * @param numbers of each class, what it is called here
 * @param target the classes that are known here
 */
record Relabelled(Dataset of, int[] numbers, Target target) implements View {
  @Override
  public int label(int index) {
    return numbers[of.label(index)];
  }

  @Override
  public void readTarget(int index, float[] out, int offset, int stride) {
    of.readTarget(index, out, offset, stride);
    for (int i = 0; i < of.target().shape().size(); i++) {
      out[offset + i * stride] = numbers[(int) out[offset + i * stride]];
    }
  }

  @Override
  public Normalization measured() {
    return of.measured();
  }

  @Override
  public Dataset as(Encoding encoding) {
    return new Relabelled(of.as(encoding), numbers, target);
  }

  @Override
  public Dataset normalized(Normalization normalization) {
    return new Relabelled(of.normalized(normalization), numbers, target);
  }

  @Override
  public Dataset normalized(int field, Normalization normalization) {
    return new Relabelled(of.normalized(field, normalization), numbers, target);
  }
}
