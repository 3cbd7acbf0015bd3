package dev.lanewise.runtime.data;

/**
 * Examples of which some belong together, such as two texts about one picture: what sets examples apart keeps them on one side, for who has seen one of
 * them knows something of the others.
 *
 * @param groups of each example, which group it is of
 */
public record Related(Dataset of, int[] groups) implements View {
  @Override
  public int source(int index) {
    return groups[index];
  }

  /** Those of one kind stay together. */
  @Override
  public int group(int index) {
    return source(index);
  }

  @Override
  public Normalization measured() {
    return of.measured();
  }

  @Override
  public Dataset normalized(Normalization normalization) {
    return new Related(of.normalized(normalization), groups);
  }

  @Override
  public Dataset normalized(int field, Normalization normalization) {
    return new Related(of.normalized(field, normalization), groups);
  }
}
