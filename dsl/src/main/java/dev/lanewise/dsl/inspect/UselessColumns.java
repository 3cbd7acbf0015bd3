package dev.lanewise.dsl.inspect;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.Concern;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Columns that are the same in every row, or twice in each. Those that seem so in some rows are looked at in all of them. */
final class UselessColumns implements Look {
  /** More are told by nobody. */
  private static final int TOLD = 3;
  private static final int MOST_COLUMNS = 200;

  /** @param like the column before it with the same values; empty if it has one value */
  private record Suspect(int column, OptionalInt like) {
    boolean isCleared(float[] row, float[] first) {
      return row[column] != (like.isPresent() ? row[like.getAsInt()] : first[column]);
    }
  }

  @Override
  public List<Doubt> of(CheckedData data, DataSplit split) {
    Optional<Rows> some = split.train().shape().size() <= MOST_COLUMNS ? Rows.of(split) : Optional.empty();
    return some.map(rows -> suspects(rows, split.train()).stream().limit(TOLD).map(s -> doubt(s, rows.own(), data.name())).toList()).orElse(List.of());
  }

  private static List<Suspect> suspects(Rows rows, Dataset all) {
    List<Suspect> suspects = new ArrayList<>(IntStream.range(0, rows.columns()).filter(rows::isColumn).boxed().flatMap(c -> suspect(rows, c).stream()).toList());
    float[] row = new float[rows.columns()];
    for (int i = 0; i < all.size() && !suspects.isEmpty() && all.size() > rows.values().length; i++) {
      all.read(i, row, 0, 1);
      suspects.removeIf(s -> s.isCleared(row, rows.values()[0]));
    }
    return suspects;
  }

  private static Optional<Suspect> suspect(Rows rows, int column) {
    return rows.isConstant(column) ? Optional.of(new Suspect(column, OptionalInt.empty()))
        : IntStream.range(0, column).filter(rows::isColumn).filter(before -> rows.areSame(before, column)).mapToObj(before -> new Suspect(column, OptionalInt.of(before))).findFirst();
  }

  private static Doubt doubt(Suspect suspect, List<String> names, String data) {
    String name = names.get(suspect.column);
    Concern concern = suspect.like.isPresent() ? Concern.DUPLICATE : Concern.CONSTANT;
    String message = suspect.like.isPresent()
        ? "`" + name + "` of " + data + " has the same numbers as `" + names.get(suspect.like.getAsInt()) + "`"
        : "`" + name + "` of " + data + " is the same in every line, which says nothing of them";
    return new Doubt(concern, Code.L140, message, concern.orAllow("leave it out with drop = [\"" + name + "\"]"), new Cure.Drop(name));
  }
}
