package dev.lanewise.runtime.data.table;

import dev.lanewise.runtime.data.Encoding;
import dev.lanewise.runtime.data.format.TableFields;
import dev.lanewise.runtime.data.table.TableSettings.Missing.Way;
import java.io.IOException;
import java.util.List;

/** A column to learn from, while it is read: numbers until a word is met, if words are wanted; with what is counted on the way. */
final class TableColumn {
  private static final int MOST_ONE_HOT = 1_000;
  private static final int MOST_WORDS = 100_000;
  /** Of a part: whole numbers that a float tells apart. */
  private static final int MOST_KINDS = 1 << 24;
  /** Fewer rows may be anything. */
  private static final int COUNTING = 10;

  private final int at;
  private final String name;
  /** How a script names it. */
  private final String written;
  private final TableSettings settings;
  /** Of the table that this one has to fit; null if it is the first. */
  private final Encoding.Column fixed;
  private WordNumbers words;
  private boolean late;
  private long numbers;
  private double sum;
  private float low = Float.POSITIVE_INFINITY;
  private float high = Float.NEGATIVE_INFINITY;
  private int gaps;
  private int rows;
  private float first;
  private boolean counts = true;

  private TableColumn(int at, String name, String written, TableSettings settings, Encoding.Column fixed) {
    this.at = at;
    this.name = name;
    this.written = written;
    this.settings = settings;
    this.fixed = fixed;
  }

  /** @param words whether it is known to hold some */
  static TableColumn of(TableHeader header, int at, TableSettings settings, boolean words) {
    TableColumn column = new TableColumn(at, header.names().get(at), header.written(at), settings, null);
    column.words = words ? new WordNumbers() : null;
    return column;
  }

  /** One that has to be as another table has it. @param bytes whether letters are bytes of UTF-8 */
  static TableColumn like(Encoding.Column other, TableHeader header, int at, TableSettings settings, boolean bytes) {
    TableColumn column = new TableColumn(at, header.names().get(at), header.written(at), settings, other);
    if (other.isWords()) {
      column.words = new WordNumbers();
      other.words().forEach(word -> column.words.add(word, bytes));
    }
    return column;
  }

  /** Whether a word was met after numbers: then the table is to be read again. */
  boolean isLate() {
    return late;
  }

  boolean isNumbers() {
    return words == null;
  }

  int at() {
    return at;
  }

  boolean isGap(TableFields fields) {
    return !(isNumbers() && isFinite(fields.number(at, settings.decimal()))) && Gaps.is(fields, at);
  }

  private static boolean isFinite(float value) {
    return value - value == 0;
  }

  /** A number, or that of a word; NaN for a gap. @param record how many there were before, and were left out, too */
  float read(TableFields fields, int record) throws IOException {
    rows++;
    if (words != null) {
      return word(fields);
    }
    float value = fields.number(at, settings.decimal());
    if (!isFinite(value)) {
      return noNumber(fields, value);
    }
    first = numbers == 0 ? value - record : first;
    counts &= value - record == first;
    numbers++;
    sum += value;
    low = Math.min(low, value);
    high = Math.max(high, value);
    return value;
  }

  private float noNumber(TableFields fields, float value) throws IOException {
    if (Gaps.is(fields, at)) {
      return gap(fields);
    }
    String text = fields.text(at);
    if (value == Float.POSITIVE_INFINITY || value == Float.NEGATIVE_INFINITY) {
      throw error(fields, "`" + NoNumber.shortened(text) + "` is too large: numbers go up to 3.4e38");
    }
    String told = NoNumber.told(text, settings.decimal()).orElse("");
    if (!told.isEmpty()) {
      throw error(fields, told);
    }
    if (fixed != null) {
      throw error(fields, "expected a number, found `" + NoNumber.shortened(text) + "`; the column to train on has numbers alone");
    }
    if (settings.words() == TableSettings.Words.REFUSE) {
      throw error(fields, "expected a number, found `" + NoNumber.shortened(text) + "`; say drop = [" + written
          + "] to leave the column out, or words = onehot (one-hot: a feature for each word) or words = index (the word's number)");
    }
    if (numbers > 0) {
      late = true;
      return 0;
    }
    words = new WordNumbers();
    fields.expectNumber(at, false);
    return word(fields);
  }

  private float word(TableFields fields) throws IOException {
    int number = words.find(fields, at);
    if (number >= 0) {
      return number;
    }
    if (Gaps.is(fields, at)) {
      return gap(fields);
    }
    if (fixed != null) {
      String word = "`" + NoNumber.shortened(fields.text(at)) + "` is not among those to train on; ";
      throw error(fields, settings.parts().isEmpty()
          ? "the word " + word + "say drop = [" + written + "] to leave the column out, or add rows with it to the file to train on"
          : word + "add rows with it to the file to train on, or leave it out of this one");
    }
    boolean isPart = !settings.parts().isEmpty();
    int most = isPart ? MOST_KINDS : settings.words() == TableSettings.Words.ONE_HOT ? MOST_ONE_HOT : MOST_WORDS;
    if (words.size() == most) {
      throw error(fields, "more than " + most + " words" + (isPart ? "" : "; say drop = [" + written + "] to leave the column out"));
    }
    return words.add(fields, at);
  }

  private float gap(TableFields fields) throws IOException {
    boolean filled = fixed == null ? settings.missing().way() != Way.REFUSE : !Float.isNaN(fixed.fill());
    if (!filled) {
      throw error(fields, "a value is missing" + (fields.isEmpty(at) ? "" : " (`" + fields.text(at) + "`)")
          + (fixed == null
              ? "; say missing = skip to leave such rows out, missing = mean, or a number for it, such as missing = 0"
              : "; fill it in, or say missing = mean, or a number such as missing = 0, in the csv(…) that is trained on"));
    }
    gaps++;
    return Float.NaN;
  }

  private IOException error(TableFields fields, String message) {
    boolean named = !TableHeader.isNumber(name);
    return fields.error(at, named ? "in `" + name + "`, " + message : message);
  }

  /** As the rows have it: words in the order in which they were met. */
  Encoding.Column own() {
    return fixed != null ? fixed : words == null ? Encoding.Column.number(name) : column(words.words(), Float.NaN);
  }

  /**
   * As a network is to see it: words sorted.
   *
   * @throws IOException if there is nothing in it
   */
  Encoding.Column encoding(TableHeader header) throws IOException {
    if (fixed != null) {
      return fixed;
    }
    if (words == null ? numbers == 0 : words.size() == 0) {
      throw header.place().error(at, "the column `" + name + "` has no value at all; say drop = [" + written + "] to leave it out");
    }
    boolean mean = settings.missing().way() == Way.MEAN;
    if (words == null) {
      return new Encoding.Column(name, Encoding.How.NUMBER, List.of(), mean ? (float) (sum / numbers) : settings.missing().number());
    }
    List<String> sorted = words.sorted();
    boolean zeros = settings.missing().way() == Way.NUMBER && settings.words() == TableSettings.Words.ONE_HOT;
    return column(sorted, mean ? sorted.indexOf(words.frequent()) : zeros ? -1 : settings.missing().number());
  }

  private Encoding.Column column(List<String> all, float fill) {
    boolean oneHot = settings.words() == TableSettings.Words.ONE_HOT;
    return new Encoding.Column(name, oneHot ? Encoding.How.ONE_HOT : Encoding.How.INDEX, all, fill);
  }

  /** @param alone whether it is the only column to learn from: that may count */
  TableSummary.Column summary(boolean alone) {
    String remedy = "leave it out with drop = [" + written + "]";
    String warning = rows < COUNTING || alone ? "" : doubt();
    if (words == null) {
      return new TableSummary.Column(name, TableSummary.Role.NUMBER, low, high, sum / numbers, 0, gaps, warning, remedy);
    }
    TableSummary.Role role = own().how() == Encoding.How.ONE_HOT ? TableSummary.Role.ONE_HOT : TableSummary.Role.INDEX;
    return new TableSummary.Column(name, role, Double.NaN, Double.NaN, Double.NaN, words.size(), gaps, warning, remedy);
  }

  private String doubt() {
    if (words == null) {
      boolean fromStart = first == 0 || first == 1;
      return counts && fromStart && numbers == rows ? "`" + name + "` counts the lines, which says nothing of them" : "";
    }
    return words.size() == rows && settings.parts().isEmpty() ? "`" + name + "` has another word in every line, which says nothing of them" : "";
  }
}
