package dev.lanewise.runtime.data.table;

import dev.lanewise.runtime.data.Labels;
import dev.lanewise.runtime.data.TableExamples.Learned;
import dev.lanewise.runtime.data.TableRows;
import dev.lanewise.runtime.data.format.TableFields;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The columns that are to be learned, while they are read. */
final class Learning {
  /** More than anybody tells apart: a column that is no class. */
  private static final int MOST_CLASSES = 1_000;

  private final TableHeader header;
  private final int[] at;
  private final boolean classes;
  private final TableSettings settings;
  private final boolean fixed;
  private final WordNumbers words = new WordNumbers();
  private int[] labels = new int[1 << 10];
  private int rows;
  private final TableRows numbers;
  private final float[] row;
  private final double[] sums;
  private final double[] lows;
  private final double[] highs;

  /** @param known classes of another table; empty if there is none. @param bytes whether letters are bytes of UTF-8 */
  Learning(TableHeader header, Wanted wanted, TableSettings settings, List<String> known, boolean bytes) throws IOException {
    this.header = header;
    this.classes = wanted.classes();
    this.settings = settings;
    this.fixed = !known.isEmpty();
    this.at = places(header, wanted);
    known.forEach(word -> words.add(word, bytes));
    numbers = new TableRows(at.length);
    row = new float[at.length];
    sums = new double[at.length];
    lows = new double[at.length];
    highs = new double[at.length];
    Arrays.fill(lows, Double.POSITIVE_INFINITY);
    Arrays.fill(highs, Double.NEGATIVE_INFINITY);
  }

  private static int[] places(TableHeader header, Wanted wanted) throws IOException {
    int[] at = new int[wanted.columns().size()];
    for (int i = 0; i < at.length; i++) {
      String column = wanted.columns().get(i);
      at[i] = header.place(column);
      for (int before = 0; before < i; before++) {
        if (at[before] == at[i]) {
          throw header.place().error(at[i], "the column `" + column + "` is asked for twice");
        }
      }
    }
    return at;
  }

  boolean has(int column) {
    return IntStream.of(at).anyMatch(a -> a == column);
  }

  List<String> names() {
    return IntStream.of(at).mapToObj(header.names()::get).toList();
  }

  /** A class may be called as one likes, so that its cell is empty, or is one. */
  boolean isGap(TableFields fields) {
    for (int a : at) {
      boolean gap = classes ? fields.isEmpty(a) : !Float.isFinite(fields.number(a, settings.decimal())) && Gaps.is(fields, a);
      if (gap) {
        return true;
      }
    }
    return false;
  }

  void read(TableFields fields) throws IOException {
    if (classes) {
      if (rows == labels.length) {
        labels = Arrays.copyOf(labels, 2 * rows);
      }
      labels[rows++] = label(fields, at[0]);
      return;
    }
    for (int i = 0; i < at.length; i++) {
      row[i] = number(fields, at[i]);
      sums[i] += row[i];
      lows[i] = Math.min(lows[i], row[i]);
      highs[i] = Math.max(highs[i], row[i]);
    }
    numbers.add(row);
    rows++;
  }

  private int label(TableFields fields, int column) throws IOException {
    int number = words.find(fields, column);
    if (number >= 0) {
      return number;
    }
    if (fields.isEmpty(column)) {
      throw fields.error(column, "the class is missing; say missing = skip to leave such rows out");
    }
    if (fixed) {
      throw fields.error(column, "no example to train on is of the class `" + NoNumber.shortened(fields.text(column)) + "`");
    }
    if (words.size() == MOST_CLASSES) {
      throw fields.error(column, "more than " + MOST_CLASSES + " classes; for numbers to predict write target = in place of label =");
    }
    return words.add(fields, column);
  }

  private float number(TableFields fields, int column) throws IOException {
    float value = fields.number(column, settings.decimal());
    if (Float.isFinite(value)) {
      return value;
    }
    String text = fields.text(column);
    if (Gaps.is(fields, column)) {
      throw fields.error(column, "the number to predict is missing; say missing = skip to leave such rows out");
    }
    throw fields.error(column, Float.isInfinite(value)
        ? "`" + NoNumber.shortened(text) + "` is too large: numbers go up to 3.4e38"
        : NoNumber.told(text, settings.decimal()).orElse("expected a number to predict, found `" + NoNumber.shortened(text)
            + "`; for classes write label = in place of target ="));
  }

  /** There are no more rows. */
  void end() throws IOException {
    numbers.end();
  }

  Learned learned() {
    if (!classes) {
      return at.length == 0 ? Learned.NOTHING : new Learned(names(), Labels.NONE, numbers);
    }
    List<String> sorted = fixed ? words.words() : words.sorted();
    int[] places = words.words().stream().mapToInt(sorted::indexOf).toArray();
    int[] sortedLabels = new int[rows];
    for (int i = 0; i < rows; i++) {
      sortedLabels[i] = places[labels[i]];
    }
    return new Learned(sorted, new Labels(sortedLabels, sorted.size()), null);
  }

  long bytes() {
    return classes ? 4L * labels.length : 0;
  }

  /** Of one of its columns. */
  TableSummary.Column summary(int column) {
    String name = header.names().get(column);
    if (classes) {
      ClassDoubt doubt = ClassDoubt.of(name, header.written(column), words.words(), rows);
      return new TableSummary.Column(name, TableSummary.Role.CLASS, Double.NaN, Double.NaN, Double.NaN, words.size(), 0, doubt.warning(), doubt.remedy());
    }
    int i = IntStream.of(at).boxed().toList().indexOf(column);
    return new TableSummary.Column(name, TableSummary.Role.TARGET, lows[i], highs[i], sums[i] / rows, 0, 0, "", "");
  }
}
