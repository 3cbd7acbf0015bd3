package dev.lanewise.dsl.view;

import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.view.picture.Exhibits;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.text.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;

/** The named parts of examples: what they are, and what some examples have there. */
public final class PartTable {
  /** The range is that of so many numbers at most, from all over the examples. */
  private static final long LOOKED_AT = 1L << 26;
  /** More numbers of a part nobody reads in a table. */
  private static final int MOST = 8;
  /** Longer texts are cut. */
  private static final int LONGEST = 200;

  private PartTable() {}

  /** What the parts are, with their range in the examples to train on. */
  public static Table of(DataSplit data) {
    Dataset original = data.train().original();
    List<Field> fields = original.fields();
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      float[] range = range(original, i);
      String kinds = field.isWhole() ? String.format(Locale.ROOT, "%,d", field.bound()) : "";
      rows.add(List.of(
          field.name(), field.isWhole() ? "whole numbers" : "numbers", field.shape().toString(), kinds, number(field, range[0]), number(field, range[1]),
          data.world().parts().get(i).learned() ? "to be learned" : ""));
    }
    return new Table("parts of " + data.name(), List.of("part", "kind", "shape", "kinds", "lowest", "highest", ""), rows);
  }

  private static float[] range(Dataset data, int field) {
    int size = data.fields().get(field).shape().size();
    int step = (int) Math.max(1, (long) data.size() * size / LOOKED_AT);
    float[] values = new float[size];
    float[] range = {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
    for (int i = 0; i < data.size(); i += step) {
      data.readField(field, i, values, 0, 1);
      for (float value : values) {
        range[0] = Math.min(range[0], value);
        range[1] = Math.max(range[1], value);
      }
    }
    return range;
  }

  private static String number(Field field, float value) {
    return field.isWhole() ? Integer.toString((int) value) : ExampleTable.number(value);
  }

  /** Some examples, part by part, with words where numbers stand for some. What is drawn beside the table, a picture that is the main part, has no column. */
  public static Table examples(String title, DataSplit split, Dataset data, List<Integer> which) {
    Dataset original = data.original();
    int first = Exhibits.isPicture(data.shape()) ? 1 : 0;
    List<String> header = new ArrayList<>(List.of("item"));
    original.fields().stream().skip(first).forEach(f -> header.add(f.name()));
    List<List<String>> rows = new ArrayList<>();
    for (int example : which) {
      List<String> row = new ArrayList<>(List.of(Integer.toString(example)));
      for (int i = first; i < original.fields().size(); i++) {
        boolean unknown = i == Dataset.TARGET && !data.isAnswered();
        row.add(unknown ? "?" : said(split, original.fields().get(i), Exhibits.part(original, i, example)));
      }
      rows.add(row);
    }
    return new Table(title, header, rows);
  }

  /** The values of a part: words, numbers, or of many the first. */
  static String said(DataSplit split, Field field, float[] values) {
    if (!field.isWhole()) {
      return ExampleTable.numbers(values);
    }
    Optional<Vocabulary> vocabulary = split.world().vocabulary(field.name());
    if (vocabulary.isPresent()) {
      String text = vocabulary.get().told(values);
      return text.codePointCount(0, text.length()) <= LONGEST ? text : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + " …";
    }
    List<String> words = split.world().words(field.name());
    List<String> said = new ArrayList<>();
    for (int i = 0; i < Math.min(MOST, values.length); i++) {
      said.add(word(words, (int) values[i]));
    }
    return String.join(", ", said) + (values.length > MOST ? " …" : "");
  }

  /** What the kinds of a part are called. */
  public static IntFunction<String> words(DataSplit split, String part) {
    List<String> words = split.world().words(part);
    return number -> word(words, number);
  }

  static String word(List<String> words, int number) {
    return number >= 0 && number < words.size() ? words.get(number) : Integer.toString(number);
  }
}
