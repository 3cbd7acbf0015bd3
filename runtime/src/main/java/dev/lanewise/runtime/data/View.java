package dev.lanewise.runtime.data;

import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The examples of another data set, one by one the same, of which something else is said. */
interface View extends Dataset {
  /** Where they are. */
  Dataset of();

  @Override
  default int size() {
    return of().size();
  }

  @Override
  default Shape shape() {
    return of().shape();
  }

  @Override
  default Target target() {
    return of().target();
  }

  @Override
  default int label(int index) {
    return of().label(index);
  }

  @Override
  default void readTarget(int index, float[] out, int offset, int stride) {
    of().readTarget(index, out, offset, stride);
  }

  @Override
  default List<Field> fields() {
    List<Field> fields = new ArrayList<>(of().fields());
    Field learned = fields.get(TARGET);
    fields.set(TARGET, new Field(learned.name(), target().shape(), target().classes(), learned.padded() && target().isPlaces()));
    return fields;
  }

  @Override
  default void readField(int field, int index, float[] out, int offset, int stride) {
    if (field <= TARGET) {
      Dataset.super.readField(field, index, out, offset, stride);
    } else {
      of().readField(field, index, out, offset, stride);
    }
  }

  @Override
  default boolean isAnswered() {
    return of().isAnswered();
  }

  @Override
  default int overlap() {
    return of().overlap();
  }

  @Override
  default int source(int index) {
    return of().source(index);
  }

  @Override
  default int group(int index) {
    return of().group(index);
  }

  @Override
  default void read(int index, float[] out, int offset, int stride) {
    of().read(index, out, offset, stride);
  }

  @Override
  default void readBlock(int[] order, int from, int count, float[] block, int offset) {
    of().readBlock(order, from, count, block, offset);
  }

  @Override
  default Optional<Grouping> grouping() {
    return of().grouping();
  }

  @Override
  default boolean isOnDisk() {
    return of().isOnDisk();
  }

  @Override
  default long touch(int index) {
    return of().touch(index);
  }

  @Override
  default float zero(int channel) {
    return of().zero(channel);
  }
}
