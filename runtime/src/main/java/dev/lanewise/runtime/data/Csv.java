package dev.lanewise.runtime.data;

import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table of numbers in a CSV file: a record for each example, one column of which is its label. The first record is a
 * header if the label's column is given by name, or one of the others holds something that is no number.
 *
 * <pre>{@code Csv.read(Path.of("iris.csv"), Optional.empty(), new Csv.Column("species", true), ',') }</pre>
 */
public final class Csv {
  /** More than anybody tells apart: a column that is no class. */
  private static final int MOST_CLASSES = 1_000;
  /** What a row takes beside its values. */
  private static final int ROW_BYTES = 48;
  private static final long MOST = Runtime.getRuntime().maxMemory() / 2;

  /**
   * Which column is to be learned.
   *
   * @param name of the column, or its number, counted from 1
   * @param classes whether its values are classes, or numbers to predict
   */
  public record Column(String name, boolean classes) {}

  private final Path file;
  private final Column label;
  private final char separator;
  private int labelAt;
  private int columns;
  private final List<float[]> rows = new ArrayList<>();
  /** Classes in the order of their first example, until all are known. */
  private final List<String> words = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private float[] labels = new float[64];

  private Csv(Path file, Column label, char separator) {
    this.file = file;
    this.label = label;
    this.separator = separator;
  }

  /**
   * @param test another such file, to test on
   * @throws IOException naming file, line and column
   */
  public static OpenedData read(Path file, Optional<Path> test, Column label, char separator) throws IOException {
    Csv train = new Csv(file, label, separator);
    train.read();
    List<String> classes = train.words.stream().sorted(Csv::compare).toList();
    Dataset testing = null;
    if (test.isPresent()) {
      Csv other = new Csv(test.get(), label, separator);
      other.read();
      if (other.columns != train.columns) {
        throw new IOException(test.get() + ": line 1: " + other.columns + " columns, but " + file + " has "
            + train.columns);
      }
      testing = other.dataset(classes);
    }
    return OpenedData.of(new DataSplit("csv", train.dataset(classes), null, testing).classesNamed(classes));
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

  /** Finds the label's column; whether the first record names the columns. */
  private boolean header(CsvRecords.Fields first) throws IOException {
    int named = first.values().indexOf(label.name());
    boolean number = label.name().matches("[0-9]{1,9}");
    if (number) {
      labelAt = Integer.parseInt(label.name()) - 1;
    }
    if (named >= 0 && !number) {
      labelAt = named;
      return true;
    }
    if (!number || labelAt < 0 || labelAt >= columns) {
      throw error(first.line(), 1, "no column `" + label.name() + "`; there "
          + (number ? "are " + columns : "is " + preview(first.values())));
    }
    for (int c = 0; c < columns; c++) {
      if (c != labelAt && number(first.values().get(c)).isEmpty()) {
        return true;
      }
    }
    return !label.classes() && number(first.values().get(labelAt)).isEmpty();
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
    float[] row = new float[columns - 1];
    for (int c = 0; c < columns; c++) {
      if (c != labelAt) {
        row[c < labelAt ? c : c - 1] = wanted(fields, c);
      }
    }
    if (rows.size() == labels.length) {
      labels = Arrays.copyOf(labels, 2 * labels.length);
    }
    labels[rows.size()] = label.classes() ? numbered(fields) : wanted(fields, labelAt);
    rows.add(row);
  }

  private int numbered(CsvRecords.Fields fields) throws IOException {
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

  private float wanted(CsvRecords.Fields fields, int column) throws IOException {
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
    float[] values = Arrays.copyOf(labels, rows.size());
    if (label.classes()) {
      int[] places = words.stream().mapToInt(classes::indexOf).toArray();
      for (int i = 0; i < values.length; i++) {
        String word = words.get((int) values[i]);
        values[i] = places[(int) values[i]];
        if (values[i] < 0) {
          throw new IOException(file + ": example " + (i + 1) + ": no example to train on is of the class `" + word
              + "`");
        }
      }
    }
    return new Points(Shape.of(columns - 1), rows.toArray(float[][]::new),
        new Labels(values, label.classes() ? classes.size() : 0));
  }

  private IOException error(int line, int column, String message) {
    return new IOException(file + ": line " + line + ", column " + column + ": " + message);
  }
}
