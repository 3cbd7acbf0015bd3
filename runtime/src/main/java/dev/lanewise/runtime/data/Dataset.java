package dev.lanewise.runtime.data;

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

  /** What an original 0 is read as: the background of an image. */
  float zero();

  /** The same examples, each original value v read as (v - mean) / std. */
  Dataset normalized(float mean, float std);
}
