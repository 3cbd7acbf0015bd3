package dev.lanewise.runtime.data;

import dev.lanewise.runtime.kernel.Lanes;
import dev.lanewise.runtime.tensor.Shape;

/** Examples with a label each. Implementations are immutable and may be read by many threads. */
public interface Dataset {
  int size();

  /** The shape of one example. */
  Shape shape();

  /**
   * How many classes the labels 0, 1, 2 … tell apart; 0 if each example has a number to predict instead (regression).
   */
  int classes();

  /** The class of an example; 0 where there are none. */
  int label(int index);

  /** What a loss compares the network's output with: the class, or the number to predict. */
  default float target(int index) {
    return label(index);
  }

  /**
   * Writes one example's values into every {@code stride}-th element: {@code out[offset + i * stride]}. With a stride of 16 that is one
   * lane of a block.
   */
  void read(int index, float[] out, int offset, int stride);

  /**
   * Writes the examples {@code order[from] … order[from + count - 1]} into the first lanes of a block, {@code [element][16]}, and
   * leaves the other lanes as they are.
   */
  default void readBlock(int[] order, int from, int count, float[] block, int offset) {
    for (int lane = 0; lane < count; lane++) {
      read(order[from + lane], block, offset + lane, Lanes.BLOCK);
    }
  }

  /** Whether examples may have to be waited for, because they lie in a file. */
  default boolean isOnDisk() {
    return false;
  }

  /** Brings an example from a file into memory; returns something that depends on it. */
  default long touch(int index) {
    return index;
  }

  /** What an original 0 of a channel is read as: the background of an image. */
  float zero(int channel);

  /** The same examples with their original values scaled so, in place of an earlier scale. */
  Dataset normalized(Normalization normalization);
}
