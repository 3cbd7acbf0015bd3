package dev.lanewise.runtime.data;

/**
 * Each example twice, changed differently: two views, which a network should know as one.
 *
 * <pre>{@code new TwoOfEach(digits, augmentation).drawn(7).read(0, out, 0, 1)   // the first digit, turned a little, and once more, moved }</pre>
 */
public final class TwoOfEach extends Company {
  private static final int VIEWS = 2;

  /** @param augmentation null where both are the example as it is */
  public TwoOfEach(Dataset of, Augmentation augmentation) {
    this(of, augmentation, 0);
  }

  private TwoOfEach(Dataset of, Augmentation augmentation, long key) {
    super(of, VIEWS, augmentation, key);
  }

  @Override
  public TwoOfEach drawn(long otherKey) {
    return new TwoOfEach(of, augmentation, otherKey);
  }

  @Override
  int member(int place, int index) {
    return index;
  }

  @Override
  public Dataset normalized(Normalization normalization) {
    return new TwoOfEach(of.normalized(normalization), augmentation, key);
  }
}
