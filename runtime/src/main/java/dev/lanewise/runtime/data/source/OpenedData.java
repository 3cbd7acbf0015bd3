package dev.lanewise.runtime.data.source;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.data.sound.SoundForm;
import dev.lanewise.runtime.data.table.TableSummary;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * A data set in files that have been looked at: its shape and classes are known, so that a network can be checked
 * against them before the examples are loaded.
 */
public interface OpenedData {
  Shape shape();

  /** What is to be learned of an example. */
  Target target();

  /** The named parts of an example, see {@link Dataset#fields}. */
  default List<Field> fields() {
    return Dataset.plain(shape(), target());
  }

  /** How sounds are heard; empty if the examples are none. */
  default Optional<SoundForm> sound() {
    return Optional.empty();
  }

  /** Whether the files have a part to test on. */
  boolean hasTest();

  /** Whether the files have a part to validate on. */
  default boolean hasValidation() {
    return false;
  }

  /** Whether it is known what is right for the examples to test on. */
  default boolean isAnswered() {
    return true;
  }

  /** How many examples there are to train on; empty if that is not known before they are loaded. */
  default OptionalInt examples() {
    return OptionalInt.empty();
  }

  /** By which columns, or words of names, examples are grouped; none where they are not. */
  default List<String> grouped() {
    return List.of();
  }

  /** How the files were read, where that is not plain: {@code channels last in the file}. */
  default List<String> notes() {
    return List.of();
  }

  /**
   * The examples; without a part to test on, unless the files have one.
   *
   * @throws IOException naming file and place
   */
  DataSplit load() throws IOException;

  /** The same. @param doubts is told what may not be as it was meant */
  default DataSplit load(Consumer<String> doubts) throws IOException {
    return load();
  }

  /** What a table was found to be; empty if it is none. */
  default Optional<TableSummary> table() {
    return Optional.empty();
  }

  /** One that was loaded, or mapped, while it was looked at. */
  static OpenedData of(DataSplit split) {
    return new OpenedData() {
      @Override
      public Shape shape() {
        return split.train().shape();
      }

      @Override
      public OptionalInt examples() {
        return OptionalInt.of(split.train().size());
      }

      @Override
      public Target target() {
        return split.train().target();
      }

      @Override
      public List<Field> fields() {
        return split.train().fields();
      }

      @Override
      public boolean hasTest() {
        return split.test() != null;
      }

      @Override
      public DataSplit load() {
        return split;
      }
    };
  }
}
