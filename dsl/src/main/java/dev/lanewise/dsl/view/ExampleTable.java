package dev.lanewise.dsl.view;

import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.view.picture.Exhibits;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Normalization;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Examples that are no pictures, as rows of numbers. */
public final class ExampleTable {
  private static final int MOST = 8;

  private ExampleTable() {}

  public static Table of(String title, DataSplit split, Dataset data, List<Integer> which) {
    List<List<String>> rows = new ArrayList<>();
    Dataset original = data.normalized(Normalization.none(data.shape()));
    for (int example : which) {
      rows.add(List.of(
          Integer.toString(example), numbers(Exhibits.values(original, example)), target(split, data, example)));
    }
    return new Table(title, List.of("item", "values", data.classes() == 0 ? "target" : "class"), rows);
  }

  /** What is to be learned of an example, where that is short enough to stand under its picture. */
  public static String caption(DataSplit split, Dataset data, int example) {
    return data.target().shape().size() > MOST ? "" : target(split, data, example);
  }

  /** What is to be learned of an example, in words: its class, or the numbers to predict. */
  public static String target(DataSplit split, Dataset data, int example) {
    if (!data.isAnswered()) {
      return "?";
    }
    if (data.target().isClass()) {
      return split.className(data.label(example));
    }
    return numbers(Exhibits.target(data, example));
  }

  /** {@code 0.1250}; what four decimals would hide, or drown, in figures: {@code 1.652e-05}. */
  static String number(float value) {
    float size = Math.abs(value);
    boolean plain = size == 0 || size >= 0.001f && size < 1e7f || !Float.isFinite(value);
    return String.format(Locale.ROOT, plain ? "%.4f" : "%.3e", value);
  }

  /** {@code 0.1250, -2.0000}; of many the first. */
  public static String numbers(float[] values) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(MOST, values.length); i++) {
      text.append(i == 0 ? "" : ", ").append(number(values[i]));
    }
    return values.length > MOST ? text + " …" : text.toString();
  }
}
