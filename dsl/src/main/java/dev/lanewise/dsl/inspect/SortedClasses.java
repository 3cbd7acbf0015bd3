package dev.lanewise.dsl.inspect;

import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedData.Origin;
import dev.lanewise.runtime.data.Dataset;
import java.io.IOException;

/** Lines of a table that stand class by class: one after the other, batches of them have a single class. */
public final class SortedClasses {
  private static final int LEAST = 20;
  private static final int RUNS = 2;

  private SortedClasses() {}

  /** Whether they stand so, or nearly so. */
  public static boolean in(CheckedData data) {
    if (!(data.origin() instanceof Origin.Files(String _, var files) && files.table().isPresent()) || !data.target().isClass()) {
      return false;
    }
    try {
      Dataset train = files.load().train();
      int runs = 1;
      for (int i = 1; i < train.size(); i++) {
        runs += train.label(i) == train.label(i - 1) ? 0 : 1;
      }
      return train.size() >= LEAST && train.classes() > 1 && train.size() >= LEAST * train.classes() / RUNS && runs <= RUNS * train.classes();
    } catch (IOException e) {
      return false;
    }
  }
}
