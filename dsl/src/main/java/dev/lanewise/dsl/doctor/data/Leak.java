package dev.lanewise.dsl.doctor.data;

import dev.lanewise.dsl.doctor.Cause;
import dev.lanewise.dsl.doctor.Check;
import dev.lanewise.dsl.doctor.Finding;
import dev.lanewise.dsl.doctor.Patient;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.World;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One column of a table, and no other, tells the answer by itself: sorted by it, the examples of each class stand together, or it has few values each of which has one
 * class; or it goes up and down with the number to predict, correlated by more than 0.999.
 */
public final class Leak implements Check {
  private static final int MOST = 5_000;
  private static final int LEAST = 30;
  private static final double CORRELATED = 0.999;

  @Override
  public boolean isQuick() {
    return false;
  }

  @Override
  public Optional<Finding> look(Patient patient) {
    Dataset some = patient.data().train().spread(MOST);
    if (!(patient.data().world().input() instanceof World.Input.Table(var encoding, var _)) || some.size() < LEAST || some.shape().size() < 2 || some.target().shape().size() != 1) {
      return Optional.empty();
    }
    float[][] rows = rows(some);
    List<Integer> telling = IntStream.range(0, some.shape().size()).filter(c -> tells(some, rows, c)).boxed().toList();
    return telling.size() != 1 || encoding.features() != some.shape().size()
        ? Optional.empty()
        : Optional.of(new Finding(
            Cause.LABEL_LEAKS,
            String.format(Locale.ROOT, "the column `%s` alone tells what is to be learned of all %,d examples that were looked at", encoding.names().get(telling.getFirst()), some.size()),
            patient.dataStatement(), "leave the column out with `drop`, if it is not known before the answer is"));
  }

  /** Inputs, and what is to be learned last. */
  private static float[][] rows(Dataset some) {
    int inputs = some.shape().size();
    float[][] rows = new float[some.size()][inputs + 1];
    for (int i = 0; i < rows.length; i++) {
      some.read(i, rows[i], 0, 1);
      some.readTarget(i, rows[i], inputs, 1);
    }
    return rows;
  }

  private static boolean tells(Dataset some, float[][] rows, int column) {
    return some.target().isClass() ? parts(rows, column, some.classes()) : Math.abs(correlation(rows, column)) > CORRELATED;
  }

  /** Whether each value has one class, and there are so few runs of a class that this is no chance. */
  private static boolean parts(float[][] rows, int column, int classes) {
    List<float[]> sorted = IntStream.range(0, rows.length).mapToObj(i -> rows[i]).sorted(Comparator.comparingDouble(r -> r[column])).toList();
    int label = rows[0].length - 1;
    int runs = 1, values = 1;
    for (int i = 1; i < sorted.size(); i++) {
      boolean same = sorted.get(i)[column] == sorted.get(i - 1)[column];
      boolean changes = sorted.get(i)[label] != sorted.get(i - 1)[label];
      if (same && changes) {
        return false;
      }
      values += same ? 0 : 1;
      runs += changes ? 1 : 0;
    }
    return classes > 1 && values > 1 && (runs <= classes || values * 10 <= rows.length);
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
