package dev.lanewise.runtime.data;

import dev.lanewise.runtime.kernel.Lanes;
import dev.lanewise.runtime.tensor.Shape;

/** Examples with a label each, held in memory. Implementations are immutable and may be read by many threads. */
public interface Dataset {
  int size();

  /** The shape of one example. */
  Shape shape();

  /** How many classes the labels 0, 1, 2 … tell apart. */
  int classes();

  int label(int index);

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

  /** What an original 0 is read as: the background of an image. */
  float zero();

  /** The same examples, each original value v read as (v - mean) / std. */
  Dataset normalized(float mean, float std);
}
