package dev.lanewise.runtime.data;

/**
 * Examples some of which belong together, as those of one speaker do: who is to be tested on what was never heard must not have learnt from others of
 * the group.
 *
 * @param groups of each example, a number
 */
public record Grouped(Dataset of, int[] groups) implements View {
  @Override
  public int group(int index) {
    return groups[index];
  }

  @Override
  public Normalization measured() {
    return of.measured();
  }

  @Override
  public Dataset normalized(Normalization normalization) {
    return new Grouped(of.normalized(normalization), groups);
  }

  @Override
  public Dataset normalized(int field, Normalization normalization) {
    return new Grouped(of.normalized(field, normalization), groups);
  }
}
