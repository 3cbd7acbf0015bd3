package dev.lanewise.runtime.data;

import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Examples with something to be learned of each, a {@link Target}. Implementations are immutable and may be read by many threads. */
public interface Dataset {
  /** Among the {@link #fields}: what is to be learned. */
  int TARGET = 1;

  int size();

  /** The named parts of an example: the main one, which {@link #read} reads, what is to be learned, and others. */
  default List<Field> fields() {
    return plain(shape(), target());
  }

  /** The parts of examples that have no others, by the names that are used where nothing names them. */
  static List<Field> plain(Shape shape, Target target) {
    return List.of(new Field(Field.INPUT, shape, 0), new Field(target.isClass() ? "class" : "target", target.shape(), target.classes()));
  }

  /**
   * Writes one part of an example, as {@link #read} does.
   *
   * @param field its place among the {@link #fields}
   */
  default void readField(int field, int index, float[] out, int offset, int stride) {
    switch (field) {
      case 0 -> read(index, out, offset, stride);
      case TARGET -> readTarget(index, out, offset, stride);
      default -> throw new IllegalArgumentException("no part " + field + " among " + fields());
    }
  }

  /** The shape of one example. */
  Shape shape();

  /** What is to be learned of an example. */
  Target target();

  /** How many classes examples have, one each; 0 if there are numbers to predict, or classes at each place. */
  default int classes() {
    return target().isClass() ? target().classes() : 0;
  }

  /** Whether it is known what is to be learned of the examples; otherwise a network can only be asked about them. */
  default boolean isAnswered() {
    return true;
  }

  /** The class of an example; 0 where there are none. */
  int label(int index);

  /** Writes an example's target as {@link #read} does: its class, or the numbers to predict. By itself, that is the example. */
  default void readTarget(int index, float[] out, int offset, int stride) {
    if (target().isClass()) {
      out[offset] = label(index);
    } else {
      read(index, out, offset, stride);
    }
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

  /** Which example of what this was taken from it is: two that are the same one, repeated, have the same number. */
  default int source(int index) {
    return index;
  }

  /**
   * Of examples that follow each other, as those of one long text do, how many behind one share something with it that is to be learned: they are set apart by their place, the last
   * ones to test on. -1 if they have no order, and are drawn.
   */
  default int overlap() {
    return -1;
  }

  /** Those of one group stay together when examples are set apart: they have the same number. By itself, it is the {@link #source}. */
  default int group(int index) {
    return source(index);
  }

  /** By what they are grouped, where that has a name. */
  default Optional<Grouping> grouping() {
    return Optional.empty();
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

  /** So many of the examples, from all over them in their order; all if there are no more. Number k is {@link #spread(int, int)} here. */
  default Dataset spread(int most) {
    int count = Math.min(most, size());
    return count == size() ? this : new Subset(this, IntStream.range(0, count).map(k -> spread(k, most)).toArray());
  }

  /** Which example number k of such a spread is: one of its stretch, drawn, for in examples that come by turns every tenth may be of the same kind. Always the same. */
  default int spread(int k, int most) {
    if (most >= size()) {
      return k;
    }
    int from = (int) ((long) k * size() / most), to = (int) ((k + 1L) * size() / most);
    return from + Draws.below(to - from, size(), k);
  }

  /** The same examples as they were before they were scaled. */
  default Dataset original() {
    Dataset original = normalized(Normalization.none(shape()));
    List<Field> fields = fields();
    for (int i = TARGET + 1; i < fields.size(); i++) {
      original = fields.get(i).isWhole() ? original : original.normalized(i, Normalization.none(fields.get(i).shape()));
    }
    return original;
  }

  /** What brings every channel to mean 0 and standard deviation 1, over the original values of all examples. */
  default Normalization measured() {
    return Normalization.measured(this, 0);
  }

  /** The same of one part of numbers. */
  default Normalization measured(int field) {
    return field == 0 ? measured() : Normalization.measured(this, field);
  }

  /**
   * The rows of a table as another encoding has them, without a scale.
   *
   * @throws IllegalArgumentException naming the column or the word that does not fit, or if the examples are no rows
   */
  default Dataset as(Encoding encoding) {
    throw new IllegalArgumentException("the examples are no rows of a table");
  }

  /** The same examples with their original values scaled so, in place of an earlier scale. */
  Dataset normalized(Normalization normalization);

  /** The same of one part of numbers. @param field its place among the {@link #fields}; what is to be learned has no scale */
  default Dataset normalized(int field, Normalization normalization) {
    if (field != 0) {
      throw new IllegalArgumentException("no part " + field + " with a scale among " + fields());
    }
    return normalized(normalization);
  }
}
