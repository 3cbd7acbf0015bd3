package dev.lanewise.runtime.data.source;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Encoding;
import dev.lanewise.runtime.data.Labels;
import dev.lanewise.runtime.data.Paired;
import dev.lanewise.runtime.data.Points;
import dev.lanewise.runtime.data.format.CsvRecords;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table of numbers in a CSV file: a record for each example, one column of which is its class, or one or several of
 * which are numbers to predict. The first record is a header if such a column is given by name, or one of the others
 * holds something that is no number.
 *
 * <pre>{@code Csv.read(Path.of("iris.csv"), Optional.empty(), new Csv.Wanted(List.of("species"), true), ',') }</pre>
 */
public final class Csv {
  /** More than anybody tells apart: a column that is no class. */
  private static final int MOST_CLASSES = 1_000;
  /** What a row takes beside its values. */
  private static final int ROW_BYTES = 48;
  private static final long MOST = Runtime.getRuntime().maxMemory() / 2;

  /**
   * Which columns are to be learned.
   *
   * @param columns their names, or their numbers, counted from 1; of classes there is one
   * @param classes whether its values are classes, or numbers to predict
   */
  public record Wanted(List<String> columns, boolean classes) {
    public Wanted {
      columns = List.copyOf(columns);
    }
  }

  private final Path file;
  private final Wanted wanted;
  private final char separator;
  /** Where the columns are that are to be learned, in the order in which they are asked for. */
  private int[] wantedAt;
  private int columns;
  private final List<float[]> rows = new ArrayList<>();
  /** Classes in the order of their first example, until all are known. */
  private final List<String> words = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  /** Of each row: the number of its class, or the numbers to predict. */
  private final List<float[]> targets = new ArrayList<>();

  private Csv(Path file, Wanted wanted, char separator) {
    this.file = file;
    this.wanted = wanted;
    this.separator = separator;
  }

  /**
   * @param test another such file, to test on
   * @throws IOException naming file, line and column
   */
  public static OpenedData read(Path file, Optional<Path> test, Wanted wanted, char separator) throws IOException {
    Csv train = new Csv(file, wanted, separator);
    train.read();
    List<String> classes = train.words.stream().sorted(Csv::compare).toList();
    Dataset testing = null;
    if (test.isPresent()) {
      Csv other = new Csv(test.get(), wanted, separator);
      other.read();
      if (other.columns != train.columns) {
        throw new IOException(test.get() + ": line 1: " + other.columns + " columns, but " + file + " has "
            + train.columns);
      }
      testing = other.dataset(classes);
    }
    return OpenedData.of(new DataSplit("csv", train.dataset(classes), null, testing).classesNamed(classes));
  }

  /**
   * Rows of which nothing is to be learned, matched by name to a network's encoding; what is to be learned may be there or not.
   *
   * @throws IOException naming file, line and column
   */
  public static UnlabelledTable readUnlabelled(Path file, Encoding encoding, TableSettings settings) throws IOException {
    throw new IOException(file + ": tables without what is to be learned cannot be read yet");
  }

  /** Numbers by their size, words by the alphabet. */
  private static int compare(String a, String b) {
    boolean numeric = number(a).isPresent() && number(b).isPresent();
    int order = numeric ? Float.compare(number(a).get(), number(b).get()) : 0;
    return order != 0 ? order : a.compareTo(b);
  }

  private void read() throws IOException {
    try (CsvRecords records = new CsvRecords(file, separator)) {
      CsvRecords.Fields first = records.next();
      if (first == null) {
        throw new IOException(file + ": line 1: the file is empty");
      }
      columns = first.values().size();
      if (columns < 2) {
        throw error(first.line(), 1, "a single column; is '" + separator + "' what separates them?");
      }
      if (!header(first)) {
        add(first);
      }
      for (CsvRecords.Fields f = records.next(); f != null; f = records.next()) {
        add(f);
      }
    }
    if (rows.isEmpty()) {
      throw new IOException(file + ": line 2: there are no examples");
    }
  }

  /** Finds the columns that are to be learned; whether the first record names the columns. */
  private boolean header(CsvRecords.Fields first) throws IOException {
    boolean names = false;
    wantedAt = new int[wanted.columns().size()];
    for (int i = 0; i < wantedAt.length; i++) {
      String column = wanted.columns().get(i);
      names |= !isNumber(column);
      wantedAt[i] = place(column, first);
      for (int before = 0; before < i; before++) {
        if (wantedAt[before] == wantedAt[i]) {
          throw error(first.line(), wantedAt[i] + 1, "the column `" + column + "` is asked for twice");
        }
      }
    }
    if (wantedAt.length >= columns) {
      throw error(first.line(), 1, "every column is to be learned: none is left to learn from");
    }
    for (int c = 0; c < columns && !names; c++) {
      names = !(isWanted(c) && wanted.classes()) && number(first.values().get(c)).isEmpty();
    }
    return names;
  }

  private static boolean isNumber(String column) {
    return column.matches("[0-9]{1,9}");
  }

  private int place(String column, CsvRecords.Fields first) throws IOException {
    boolean number = isNumber(column);
    int at = number ? Integer.parseInt(column) - 1 : first.values().indexOf(column);
    if (at < 0 || at >= columns) {
      throw error(first.line(), 1, "no column `" + column + "`; there "
          + (number ? "are " + columns : "is " + preview(first.values())));
    }
    return at;
  }

  private boolean isWanted(int column) {
    for (int at : wantedAt) {
      if (at == column) {
        return true;
      }
    }
    return false;
  }

  private static String preview(List<String> names) {
    return String.join(", ", names.subList(0, Math.min(20, names.size())));
  }

  private void add(CsvRecords.Fields fields) throws IOException {
    List<String> values = fields.values();
    if (values.size() != columns) {
      throw error(fields.line(), values.size(), values.size() + " columns, expected " + columns);
    }
    if ((rows.size() + 1L) * (ROW_BYTES + 4L * columns) > MOST) {
      throw error(fields.line(), 1, "the table is over the limit of " + (MOST >> 20)
          + " MB: save it as .npy, which is mapped, not read");
    }
    float[] row = new float[columns - wantedAt.length];
    int next = 0;
    for (int c = 0; c < columns; c++) {
      if (!isWanted(c)) {
        row[next++] = number(fields, c);
      }
    }
    float[] target = new float[wantedAt.length];
    for (int i = 0; i < target.length; i++) {
      target[i] = wanted.classes() ? numbered(fields, wantedAt[i]) : number(fields, wantedAt[i]);
    }
    rows.add(row);
    targets.add(target);
  }

  private int numbered(CsvRecords.Fields fields, int labelAt) throws IOException {
    String word = fields.values().get(labelAt);
    if (word.isEmpty()) {
      throw error(fields.line(), labelAt + 1, "the class is missing");
    }
    Integer known = numbers.putIfAbsent(word, words.size());
    if (known == null) {
      words.add(word);
      if (words.size() > MOST_CLASSES) {
        throw error(fields.line(), labelAt + 1, "more than " + MOST_CLASSES
            + " classes; for numbers to predict write target = in place of label =");
      }
    }
    return numbers.get(word);
  }

  private float number(CsvRecords.Fields fields, int column) throws IOException {
    String text = fields.values().get(column);
    return number(text).orElseThrow(
        () -> error(fields.line(), column + 1, text.isEmpty() ? "a number is missing" : "expected a number, found `"
            + shortened(text) + "`"));
  }

  private static String shortened(String text) {
    return text.length() > 40 ? text.substring(0, 40) + "…" : text;
  }

  /** A finite decimal number; Java would take more than that for one. */
  private static Optional<Float> number(String text) {
    boolean decimal = !text.isEmpty();
    for (int i = 0; i < text.length() && decimal; i++) {
      char c = text.charAt(i);
      decimal = c >= '0' && c <= '9' || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
    }
    try {
      return decimal ? Optional.of(Float.parseFloat(text)).filter(f -> Float.isFinite(f)) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** @param classes in their order */
  private Dataset dataset(List<String> classes) throws IOException {
    Shape shape = Shape.of(columns - wantedAt.length);
    if (!wanted.classes()) {
      return new Paired(new Points(shape, rows.toArray(float[][]::new)),
          new Points(Shape.of(wantedAt.length), targets.toArray(float[][]::new)));
    }
    int[] places = words.stream().mapToInt(classes::indexOf).toArray();
    int[] labels = new int[rows.size()];
    for (int i = 0; i < labels.length; i++) {
      int word = (int) targets.get(i)[0];
      labels[i] = places[word];
      if (labels[i] < 0) {
        throw new IOException(file + ": example " + (i + 1) + ": no example to train on is of the class `"
            + words.get(word) + "`");
      }
    }
    return new Points(shape, rows.toArray(float[][]::new), new Labels(labels, classes.size()));
  }

  private IOException error(int line, int column, String message) {
    return new IOException(file + ": line " + line + ", column " + column + ": " + message);
  }
}
