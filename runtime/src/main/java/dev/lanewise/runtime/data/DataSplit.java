package dev.lanewise.runtime.data;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/**
 * What a {@code data} statement names: the examples to train on, to validate on (null without {@code split.val}), and to test on.
 *
 * <pre>{@code DataSplit digits = Mnist.load(dir).limit(1000).validation(100, 1).normalizeAuto(); }</pre>
 *
 * @param name as the script calls it
 * @param augmentation of the training examples; null without
 */
public record DataSplit(String name, Dataset train, Dataset validation, Dataset test, Augmentation augmentation) {
  /** With training examples as they are. */
  public DataSplit(String name, Dataset train, Dataset validation, Dataset test) {
    this(name, train, validation, test, null);
  }

  /** With training examples that are changed a little, each time anew. */
  public DataSplit augmented(Augmentation change) {
    return new DataSplit(name, train, validation, test, change);
  }


  public DataSplit named(String newName) {
    return new DataSplit(newName, train, validation, test, augmentation);
  }

  /**
   * The first {@code count} examples of each part.
   *
   * @throws IllegalArgumentException if count is below 1
   */
  public DataSplit limit(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("limit must be at least 1, not " + count);
    }
    return new DataSplit(name, first(train, count), validation == null ? null : first(validation, count), first(test, count));
  }

  private static Dataset first(Dataset data, int count) {
    return count >= data.size() ? data : new Subset(data, IntStream.range(0, count).toArray());
  }

  /**
   * Sets {@code count} training examples, chosen at random by the seed, apart for validation.
   *
   * @throws IllegalArgumentException if that leaves nothing to train on
   */
  public DataSplit validation(int count, long seed) {
    if (count < 1 || count >= train.size()) {
      throw new IllegalArgumentException(
          "split.val must leave something to train on: from 1 to " + (train.size() - 1) + ", not " + count);
    }
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    int[] order = IntStream.range(0, train.size()).toArray();
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    int[] chosen = IntStream.of(order).limit(count).sorted().toArray();
    int[] rest = IntStream.of(order).skip(count).sorted().toArray();
    return new DataSplit(name, new Subset(train, rest), new Subset(train, chosen), test);
  }

  /**
   * Every original value v becomes (v - mean) / std, in place of an earlier normalisation.
   *
   * @throws IllegalArgumentException if mean is not a number or std not above 0
   */
  public DataSplit normalize(float mean, float std) {
    if (!Float.isFinite(mean)) {
      throw new IllegalArgumentException("normalize needs a number as mean, not " + mean);
    }
    if (!(std > 0) || std == Float.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("normalize needs a standard deviation above 0, not " + std);
    }
    return new DataSplit(
        name,
        train.normalized(mean, std),
        validation == null ? null : validation.normalized(mean, std),
        test.normalized(mean, std));
  }

  /** Normalises by the mean and standard deviation of the training examples' original values. */
  public DataSplit normalizeAuto() {
    Dataset original = train.normalized(0, 1);
    float[] example = new float[train.shape().size()];
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < train.size(); i++) {
      original.read(i, example, 0, 1);
      for (float v : example) {
        sum += v;
        squares += (double) v * v;
      }
    }
    double count = (double) train.size() * example.length;
    double mean = sum / count;
    double std = Math.sqrt(Math.max(0, squares / count - mean * mean));
    return normalize((float) mean, std > 0 ? (float) std : 1f);
  }
}
