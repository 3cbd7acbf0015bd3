package dev.lanewise.runtime.data;

/**
 * Examples whose classes have other numbers: those of a network's outputs.
 *
 * @param numbers of each class, what it is called here
 * @param count of classes that are known here
 */
record Relabelled(Dataset of, int[] numbers, int count) implements View {
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

  @Override
  public Dataset normalized(int field, Normalization normalization) {
    return new Relabelled(of.normalized(field, normalization), numbers, count);
  }
}
