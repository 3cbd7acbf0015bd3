package dev.lanewise.runtime.data;

import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Each example with others, one after the other along the channels, each of them changed by itself: what a loss that compares embeddings is shown. What is
 * learned of them lies in their differences, so they have no target of their own. Others, and changes, are drawn by a key.
 */
public abstract sealed class Company implements Dataset permits Triplets, TwoOfEach {
  private static final Target NOTHING = Target.numbers(Shape.of(1));
  /** Draws keep apart by their salt. */
  private static final int CHANGES = 2;

  final Dataset of;
  final Augmentation augmentation;
  final long key;
  private final int count;
  private final Shape shape;

  /** @param augmentation of each by itself; null without */
  Company(Dataset of, int count, Augmentation augmentation, long key) {
    this.of = of;
    this.count = count;
    this.augmentation = augmentation;
    this.key = key;
    List<Integer> dims = new ArrayList<>(of.shape().dims());
    dims.set(0, count * dims.getFirst());
    this.shape = new Shape(dims);
  }

  /** The same, drawn by another key: the same key, the same others. */
  public abstract Company drawn(long otherKey);

  /** Which example stands at a place; at the first it is the example itself. */
  abstract int member(int place, int index);

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

  @Override
  public void read(int index, float[] out, int offset, int stride) {
    int[] order = {index};
    float[] block = new float[shape.size() * Lanes.BLOCK];
    readBlock(order, 0, 1, block, 0);
    for (int i = 0; i < shape.size(); i++) {
      out[offset + i * stride] = block[i * Lanes.BLOCK];
    }
  }

  /** How they are changed depends on the block's first example and the lane: on nothing that a thread decides. */
  @Override
  public void readBlock(int[] order, int from, int lanes, float[] block, int offset) {
    int[] chosen = new int[lanes];
    long first = Draws.mix(key, order[from]);
    for (int place = 0; place < count; place++) {
      for (int lane = 0; lane < lanes; lane++) {
        chosen[lane] = member(place, order[from + lane]);
      }
      int at = offset + place * of.shape().size() * Lanes.BLOCK;
      if (augmentation == null) {
        of.readBlock(chosen, 0, lanes, block, at);
      } else {
        augmentation.readBlock(of, chosen, 0, lanes, Draws.mix(first, CHANGES + place), 0, block, at);
      }
    }
  }

  @Override
  public boolean isOnDisk() {
    return of.isOnDisk();
  }

  @Override
  public long touch(int index) {
    long touched = 0;
    for (int place = 0; place < count; place++) {
      touched += of.touch(member(place, index));
    }
    return touched;
  }

  @Override
  public void readTarget(int index, float[] out, int offset, int stride) {
    out[offset] = 0;
  }

  @Override
  public float zero(int channel) {
    return of.zero(channel % of.shape().channels());
  }
}
