package dev.lanewise.dsl.inspect;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.Concern;
import dev.lanewise.runtime.data.DataSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Columns that are the same in every row, or twice in each. Of words that become a feature for each, two may well go together. */
final class UselessColumns implements Look {
  /** More are told by nobody. */
  private static final int TOLD = 3;
  private static final int MOST_COLUMNS = 200;

  @Override
  public List<Doubt> of(CheckedData data, DataSplit split) {
    Optional<Rows> rows = Rows.of(split).filter(r -> r.columns() <= MOST_COLUMNS);
    List<Doubt> found = new ArrayList<>();
    rows.ifPresent(r -> IntStream.range(0, r.columns()).forEach(c -> look(r, c, data.name()).ifPresent(found::add)));
    return found.stream().limit(TOLD).toList();
  }

  private static Optional<Doubt> look(Rows rows, int column, String data) {
    String name = rows.names().get(column);
    if (rows.isConstant(column)) {
      return Optional.of(new Doubt(
          Concern.CONSTANT, Code.L140, "`" + name + "` of " + data + " is the same in every line, which says nothing of them", Concern.CONSTANT.orAllow(drop(name))));
    }
    return IntStream.range(0, column).filter(before -> rows.areSame(before, column)).mapToObj(before -> new Doubt(
        Concern.DUPLICATE, Code.L140, "`" + name + "` of " + data + " has the same numbers as `" + rows.names().get(before) + "`", Concern.DUPLICATE.orAllow(drop(name)))).findFirst();
  }

  private static String drop(String name) {
    return "leave it out with drop = [\"" + name + "\"]";
  }
}
