package dev.lanewise.runtime.data;

import dev.lanewise.runtime.random.Draws;
import java.util.stream.IntStream;

/**
 * Each example with two others, one after the other along the channels: one of its class, and one of another, drawn by a key.
 *
 * <pre>{@code new Triplets(digits, null).drawn(7).read(0, out, 0, 1)   // the first digit, one like it, one unlike it }</pre>
 */
public final class Triplets extends Company {
  private static final int EXAMPLES = 3;

  private final int[][] byClass;

  /**
   * @param augmentation of each of the three by itself; null without
   * @throws IllegalArgumentException if the examples have no classes
   */
  public Triplets(Dataset of, Augmentation augmentation) {
    this(of, augmentation, byClass(of), 0);
  }

  private Triplets(Dataset of, Augmentation augmentation, int[][] byClass, long key) {
    super(of, EXAMPLES, augmentation, key);
    this.byClass = byClass;
  }

  private static int[][] byClass(Dataset of) {
    if (of.classes() == 0) {
      throw new IllegalArgumentException("triplets need classes");
    }
    int[][] byClass = new int[of.classes()][];
    for (int c = 0; c < byClass.length; c++) {
      int label = c;
      byClass[c] = IntStream.range(0, of.size()).filter(i -> of.label(i) == label).toArray();
    }
    return byClass;
  }

  @Override
  public Triplets drawn(long otherKey) {
    return new Triplets(of, augmentation, byClass, otherKey);
  }

  @Override
  int member(int place, int index) {
    return place == 0 ? index : place == 1 ? positive(index) : negative(index);
  }

  /** Another example of the class; the same where there is no other. */
  int positive(int index) {
    int[] own = byClass[of.label(index)];
    if (own.length == 1) {
      return index;
    }
    int drawn = own[Draws.below(own.length - 1, Draws.mix(key, index), 0)];
    return drawn == index ? own[own.length - 1] : drawn;
  }

  /** An example of another class; the same where there is none. */
  int negative(int index) {
    int own = of.label(index);
    int others = of.size() - byClass[own].length;
    int place = others == 0 ? 0 : Draws.below(others, Draws.mix(key, index), 1);
    for (int c = 0; c < byClass.length && others > 0; c++) {
      if (c != own) {
        if (place < byClass[c].length) {
          return byClass[c][place];
        }
        place -= byClass[c].length;
      }
    }
    return index;
  }

  @Override
  public Dataset normalized(Normalization normalization) {
    return new Triplets(of.normalized(normalization), augmentation, byClass, key);
  }
}
