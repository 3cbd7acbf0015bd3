package dev.lanewise.runtime.data;

import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.layer.Triplet;
import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Each example with two others, one after the other along the channels: one of its class, and one of another, drawn by a key. What is
 * learned of them lies in their differences, so they have no target of their own.
 *
 * <pre>{@code new Triplets(digits, null).drawn(7).read(0, out, 0, 1)   // the first digit, one like it, one unlike it }</pre>
 */
public final class Triplets implements Dataset {
  private static final Target NOTHING = Target.numbers(Shape.of(1));
  /** Draws keep apart by their salt. */
  private static final int CHANGES = 2;

  private final Dataset of;
  private final Augmentation augmentation;
  private final int[][] byClass;
  private final long key;
  private final Shape shape;

  /**
   * @param augmentation of each of the three by itself; null without
   * @throws IllegalArgumentException if the examples have no classes
   */
  public Triplets(Dataset of, Augmentation augmentation) {
    this(of, augmentation, byClass(of), 0);
  }

  private Triplets(Dataset of, Augmentation augmentation, int[][] byClass, long key) {
    this.of = of;
    this.augmentation = augmentation;
    this.byClass = byClass;
    this.key = key;
    List<Integer> dims = new ArrayList<>(of.shape().dims());
    dims.set(0, Triplet.EXAMPLES * dims.getFirst());
    this.shape = new Shape(dims);
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

  /** The same with others drawn: the same key, the same others. */
  public Triplets drawn(long otherKey) {
    return new Triplets(of, augmentation, byClass, otherKey);
  }

  @Override
  public int size() {
    return of.size();
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public Target target() {
    return NOTHING;
  }

  @Override
  public int classes() {
    return 0;
  }

  @Override
  public int label(int index) {
    return of.label(index);
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
  public void read(int index, float[] out, int offset, int stride) {
    int[] order = {index};
    float[] block = new float[shape.size() * Lanes.BLOCK];
    readBlock(order, 0, 1, block, 0);
    for (int i = 0; i < shape.size(); i++) {
      out[offset + i * stride] = block[i * Lanes.BLOCK];
    }
  }

  /** How the three are changed depends on the block's first example and the lane: on nothing that a thread decides. */
  @Override
  public void readBlock(int[] order, int from, int count, float[] block, int offset) {
    int[] chosen = new int[count];
    long first = Draws.mix(key, order[from]);
    for (int place = 0; place < Triplet.EXAMPLES; place++) {
      for (int lane = 0; lane < count; lane++) {
        int anchor = order[from + lane];
        chosen[lane] = place == 0 ? anchor : place == 1 ? positive(anchor) : negative(anchor);
      }
      int at = offset + place * of.shape().size() * Lanes.BLOCK;
      if (augmentation == null) {
        of.readBlock(chosen, 0, count, block, at);
      } else {
        augmentation.readBlock(of, chosen, 0, count, Draws.mix(first, CHANGES + place), 0, block, at);
      }
    }
  }

  @Override
  public boolean isOnDisk() {
    return of.isOnDisk();
  }

  @Override
  public long touch(int index) {
    return of.touch(index) + of.touch(positive(index)) + of.touch(negative(index));
  }

  @Override
  public void readTarget(int index, float[] out, int offset, int stride) {
    out[offset] = 0;
  }

  @Override
  public float zero(int channel) {
    return of.zero(channel % of.shape().channels());
  }

  @Override
  public Dataset normalized(Normalization normalization) {
    return new Triplets(of.normalized(normalization), augmentation, byClass, key);
  }
}
