package dev.lanewise.dsl.inspect;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.Concern;
import dev.lanewise.runtime.data.DataSplit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One column of a table, and no other, tells the answer by itself: sorted by it, the examples of each class stand together, or it has few values each of which has one
 * class; or it goes up and down with the number to predict, correlated by more than 0.999.
 */
public final class TellingColumn {
  private static final double CORRELATED = 0.999;

  private TellingColumn() {}

  public static Optional<Doubt> of(CheckedData data, DataSplit split) {
    return data.rebuilds() ? Optional.empty() : Rows.of(split).flatMap(TellingColumn::doubt);
  }

  private static Optional<Doubt> doubt(Rows rows) {
    List<Integer> telling = IntStream.range(0, rows.columns()).filter(c -> tells(rows, c)).boxed().toList();
    return telling.size() != 1 ? Optional.empty() : Optional.of(new Doubt(
        Concern.LEAK, Code.L141,
        String.format(Locale.ROOT, "the column `%s` alone tells what is to be learned of all %,d examples that were looked at", rows.names().get(telling.getFirst()), rows.values().length),
        Concern.LEAK.orAllow("leave the column out with `drop`, if it is not known before the answer is")));
  }

  private static boolean tells(Rows rows, int column) {
    return rows.data().target().isClass() ? parts(rows.values(), column, rows.data().classes()) : Math.abs(correlation(rows.values(), column)) > CORRELATED;
  }

  /** Whether each value has one class, and there are so few runs of a class that this is no chance. */
  private static boolean parts(float[][] rows, int column, int classes) {
    int label = rows[0].length - 1;
    long[] sorted = Stream.of(rows).mapToLong(r -> ordered(r[column]) << Integer.SIZE | (int) r[label]).sorted().toArray();
    int runs = 1, values = 1;
    for (int i = 1; i < sorted.length; i++) {
      boolean same = sorted[i] >> Integer.SIZE == sorted[i - 1] >> Integer.SIZE;
      boolean changes = (int) sorted[i] != (int) sorted[i - 1];
      if (same && changes) {
        return false;
      }
      values += same ? 0 : 1;
      runs += changes ? 1 : 0;
    }
    return classes > 1 && values > 1 && (runs <= classes || values * 10 <= rows.length);
  }

  /** A whole number that grows with the value. */
  private static long ordered(float value) {
    int bits = Float.floatToIntBits(value + 0f);
    return bits >= 0 ? bits : bits ^ Integer.MAX_VALUE;
  }

  private static double correlation(float[][] rows, int column) {
    int target = rows[0].length - 1;
    double a = 0, b = 0, aa = 0, bb = 0, ab = 0;
    for (float[] r : rows) {
      a += r[column];
      b += r[target];
      aa += (double) r[column] * r[column];
      bb += (double) r[target] * r[target];
      ab += (double) r[column] * r[target];
    }
    int n = rows.length;
    double spread = Math.sqrt((aa - a * a / n) * (bb - b * b / n));
    return spread > 0 ? (ab - a * b / n) / spread : 0;
  }
}
