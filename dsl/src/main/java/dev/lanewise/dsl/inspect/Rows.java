package dev.lanewise.dsl.inspect;

import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.World;
import java.util.List;
import java.util.Optional;

/**
 * Some rows of a table, from all over it.
 *
 * @param names of the features
 * @param values of each row the features, and what is to be learned last
 */
record Rows(Dataset data, List<String> names, float[][] values) {
  private static final int MOST = 5_000;
  /** Of fewer nothing can be said. */
  private static final int LEAST = 30;

  /** Empty of what is no table, has few rows, or several things to learn. */
  static Optional<Rows> of(DataSplit split) {
    Dataset some = split.train().spread(MOST);
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
    return Optional.of(new Rows(some, encoding.names(), rows));
  }

  /** How many features there are. */
  int columns() {
    return names.size();
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
