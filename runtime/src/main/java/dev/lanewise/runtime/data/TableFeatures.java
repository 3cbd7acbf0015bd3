package dev.lanewise.runtime.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How rows that were read with one encoding are written as the features of another: columns found by name, words by the word. */
record TableFeatures(List<Column> columns) {
  /**
   * A column of the other encoding.
   *
   * @param at where the rows have it
   * @param first its first feature
   * @param width how many features it has
   * @param oneHot whether they stand for a word each
   * @param words of each word of the rows, its number in the other encoding; null for numbers, and where they are the same
   * @param fill what stands for a gap
   */
  record Column(int at, int first, int width, boolean oneHot, int[] words, float fill) {
    float of(float read) {
      if (Float.isNaN(read)) {
        return fill;
      }
      return words == null ? read : words[(int) read];
    }
  }

  static TableFeatures of(Encoding own, Encoding other) {
    List<Column> columns = new ArrayList<>();
    int first = 0;
    for (Encoding.Column column : other.columns()) {
      int at = place(own, column.name());
      columns.add(column(own.columns().get(at), column, at, first));
      first += column.features();
    }
    return new TableFeatures(List.copyOf(columns));
  }

  private static int place(Encoding own, String name) {
    for (int i = 0; i < own.columns().size(); i++) {
      if (own.columns().get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("there is no column `" + name + "`");
  }

  private static Column column(Encoding.Column own, Encoding.Column other, int at, int first) {
    if (own.isWords() != other.isWords()) {
      throw new IllegalArgumentException(
          "the column `" + own.name() + "` has " + (own.isWords() ? "words, not numbers" : "numbers, not words"));
    }
    int[] words = own.words().equals(other.words()) ? null : words(own, other);
    float ownFill = words == null || !(own.fill() >= 0 && own.fill() < words.length) ? own.fill() : words[(int) own.fill()];
    float fill = Float.isNaN(other.fill()) ? ownFill : other.fill();
    return new Column(at, first, other.features(), other.how() == Encoding.How.ONE_HOT, words, fill);
  }

  private static int[] words(Encoding.Column own, Encoding.Column other) {
    int[] words = new int[own.words().size()];
    Map<String, Integer> places = new HashMap<>();
    other.words().forEach(word -> places.put(word, places.size()));
    for (int i = 0; i < words.length; i++) {
      words[i] = places.getOrDefault(own.words().get(i), -1);
      if (words[i] < 0) {
        throw new IllegalArgumentException("the column `" + own.name() + "` has the word `" + own.words().get(i) + "`, which is new");
      }
    }
    return words;
  }

  /** Writes a row's features, scaled, into every {@code stride}-th element. */
  void read(TableRows rows, int row, Normalization scale, float[] out, int offset, int stride) {
    for (Column c : columns) {
      float value = c.of(rows.at(row, c.at));
      int to = offset + c.first * stride;
      if (!c.oneHot) {
        out[to] = scale.of(c.first, value);
        continue;
      }
      for (int i = 0; i < c.width; i++) {
        out[to + i * stride] = scale.of(c.first + i, i == value ? 1 : 0);
      }
    }
  }
}
