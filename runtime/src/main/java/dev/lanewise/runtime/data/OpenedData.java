package dev.lanewise.runtime.data;

import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;

/**
 * A data set in files that have been looked at: its shape and classes are known, so that a network can be checked
 * against them before the examples are loaded.
 */
public interface OpenedData {
  Shape shape();

  /** 0 if each example has a number to predict. */
  int classes();

  /**
   * The examples; without a part to test on, unless the files have one.
   *
   * @throws IOException naming file and place
   */
  DataSplit load() throws IOException;

  /** One that was loaded, or mapped, while it was looked at. */
  static OpenedData of(DataSplit split) {
    return new OpenedData() {
      @Override
      public Shape shape() {
        return split.train().shape();
      }

      @Override
      public int classes() {
        return split.train().classes();
      }

      @Override
      public DataSplit load() {
        return split;
      }
    };
  }
}
