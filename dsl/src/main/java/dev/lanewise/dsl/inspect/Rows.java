package dev.lanewise.dsl.inspect;

import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Encoding;
import dev.lanewise.runtime.data.World;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Some rows of a table, from all over it.
 *
 * @param names of the features
 * @param own of each feature the column that it is by itself; empty of a word of several
 * @param values of each row the features, and what is to be learned last
 */
record Rows(Dataset data, List<String> names, List<String> own, float[][] values) {
  private static final int MOST = 2_000;
  /** Of all rows together. */
  private static final int MOST_VALUES = 200_000;
  /** Of fewer nothing can be said. */
  private static final int LEAST = 30;

  /** Empty of what is no table, has few rows, or several things to learn. */
  static Optional<Rows> of(DataSplit split) {
    Dataset some = split.train().spread(Math.clamp(MOST_VALUES / split.train().shape().size(), LEAST, MOST));
    if (!(split.world().input() instanceof World.Input.Table(var encoding, var _)) || some.size() < LEAST || some.shape().size() < 2
        || some.target().shape().size() != 1 || encoding.features() != some.shape().size()) {
      return Optional.empty();
    }
    int inputs = some.shape().size();
    float[][] rows = new float[some.size()][inputs + 1];
    for (int i = 0; i < rows.length; i++) {
      some.read(i, rows[i], 0, 1);
      some.readTarget(i, rows[i], inputs, 1);
    }
    return Optional.of(new Rows(some, encoding.names(), own(encoding), rows));
  }

  private static List<String> own(Encoding encoding) {
    return encoding.columns().stream().flatMap(c -> Collections.nCopies(c.features(), c.features() == 1 ? c.name() : "").stream()).toList();
  }

  /** How many features there are. */
  int columns() {
    return names.size();
  }

  boolean isColumn(int feature) {
    return !own.get(feature).isEmpty();
  }

  boolean isConstant(int column) {
    for (float[] row : values) {
      if (row[column] != values[0][column]) {
        return false;
      }
    }
    return true;
  }

  boolean areSame(int one, int other) {
    for (float[] row : values) {
      if (row[one] != row[other]) {
        return false;
      }
    }
    return true;
  }
}
