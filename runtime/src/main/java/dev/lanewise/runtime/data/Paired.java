package dev.lanewise.runtime.data;

/**
 * Examples whose targets are those of another data set at the same index: the numbers to predict, as they are, or the class at each place.
 * Where both are the same one, a network learns to rebuild its input, scaled as it sees it.
 *
 * <pre>{@code
 * new Paired(scenes, masks)       // a network learns to mark what a mask marks
 * new Paired(pictures, pictures)  // an autoencoder
 * }</pre>
 *
 * @param target numbers, or classes at each place
 */
public record Paired(Dataset of, Dataset targets, Target target) implements View {
  /**
   * @throws IllegalArgumentException if there are not as many targets as examples
   */
  public Paired {
    if (of.size() != targets.size()) {
      throw new IllegalArgumentException(targets.size() + " targets for " + of.size() + " examples");
    }
  }

  public Paired(Dataset of, Dataset targets) {
    this(of, targets, Target.numbers(targets.shape()));
  }

  @Override
  public int label(int index) {
    return 0;
  }

  @Override
  public void readTarget(int index, float[] out, int offset, int stride) {
    targets.read(index, out, offset, stride);
  }

  @Override
  public boolean isOnDisk() {
    return of.isOnDisk() || targets.isOnDisk();
  }

  @Override
  public long touch(int index) {
    return of.touch(index) + targets.touch(index);
  }

  @Override
  public Dataset as(Encoding encoding) {
    Dataset rows = of.as(encoding);
    return new Paired(rows, targets == of ? rows : targets, target);
  }

  @Override
  public Dataset normalized(Normalization normalization) {
    Dataset scaled = of.normalized(normalization);
    return new Paired(scaled, targets == of ? scaled : targets, target);
  }

  @Override
  public Dataset normalized(int field, Normalization normalization) {
    Dataset scaled = of.normalized(field, normalization);
    return new Paired(scaled, targets == of ? scaled : targets, target);
  }
}
