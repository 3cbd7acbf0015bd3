package dev.lanewise.runtime.data;

import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/**
 * Rows of a table, kept as they were read: numbers, NaN where one is missing, in a column of words the word's number. They are seen through
 * an {@link Encoding}, and may be seen through that of another table.
 *
 * <pre>{@code train.as(encoding)   // a network's own: columns by name, words by the word }</pre>
 */
public final class TableExamples implements Dataset {
  private final TableRows rows;
  /** How the rows were read: a column for each number of a row. */
  private final Encoding own;
  private final Encoding encoding;
  private final TableFeatures features;
  private final Shape shape;
  private final Learned learned;
  private final Normalization normalization;

  /**
   * What is to be learned of the rows.
   *
   * @param names of the classes, in the order of their numbers; or of the columns of numbers to predict
   * @param labels of each row its class; {@link Labels#NONE} where there are numbers to predict, or nothing is known
   * @param numbers to predict, of each row; null where there are classes, or nothing is known
   */
  public record Learned(List<String> names, Labels labels, TableRows numbers) {
    /** Of rows of which nothing is known. */
    public static final Learned NOTHING = new Learned(List.of(), Labels.NONE, null);

    public Learned {
      names = List.copyOf(names);
    }
  }

  /** @param encoding a column for each number of a row, in that order */
  public TableExamples(TableRows rows, Encoding encoding, Learned learned) {
    this(rows, encoding, encoding, learned, null);
    if (rows.width() != encoding.columns().size()) {
      throw new IllegalArgumentException(rows.width() + " numbers a row, but " + encoding.columns().size() + " columns");
    }
  }

  private TableExamples(TableRows rows, Encoding own, Encoding encoding, Learned learned, Normalization normalization) {
    this.rows = rows;
    this.own = own;
    this.encoding = encoding;
    this.features = TableFeatures.of(own, encoding);
    this.shape = Shape.of(encoding.features());
    this.learned = learned;
    this.normalization = normalization == null ? Normalization.none(shape) : normalization;
  }

  public Encoding encoding() {
    return encoding;
  }

  /** What is to be learned is called: the classes in the order of their numbers, or the columns of numbers; empty where nothing is known. */
  public List<String> targets() {
    return learned.names;
  }

  /**
   * The same rows as another encoding has them, without a scale: columns are matched by name, so that their order may differ, and columns
   * that it does not have are passed over; words are matched by the word.
   *
   * @throws IllegalArgumentException naming the column that is not there, or the word that the other encoding does not have
   */
  @Override
  public TableExamples as(Encoding other) {
    return new TableExamples(rows, own, other, learned, null);
  }

  @Override
  public int size() {
    return rows.size();
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public Target target() {
    return learned.numbers == null ? learned.labels.target(shape) : Target.numbers(Shape.of(learned.numbers.width()));
  }

  @Override
  public int label(int index) {
    return learned.labels.label(index);
  }

  @Override
  public void readTarget(int index, float[] out, int offset, int stride) {
    if (learned.numbers == null) {
      Dataset.super.readTarget(index, out, offset, stride);
      return;
    }
    for (int i = 0; i < learned.numbers.width(); i++) {
      out[offset + i * stride] = learned.numbers.at(index, i);
    }
  }

  @Override
  public void read(int index, float[] out, int offset, int stride) {
    features.read(rows, index, normalization, out, offset, stride);
  }

  /** One of its numbers, as it is; of a column of words the word's. */
  float feature(int index, int column) {
    return features.columns().get(column).of(rows.at(index, features.columns().get(column).at()));
  }

  @Override
  public float zero(int channel) {
    return normalization.of(channel, 0);
  }

  @Override
  public Dataset normalized(Normalization other) {
    return new TableExamples(rows, own, encoding, learned, other);
  }
}
