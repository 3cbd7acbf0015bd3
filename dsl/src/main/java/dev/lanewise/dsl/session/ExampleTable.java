package dev.lanewise.dsl.session;

import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Normalization;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Examples that are no pictures, as rows of numbers. */
final class ExampleTable {
  private static final int MOST = 8;

  private ExampleTable() {}

  static Table of(String title, Dataset data, List<Integer> which) {
    List<List<String>> rows = new ArrayList<>();
    Dataset original = data.normalized(Normalization.none(data.shape()));
    for (int example : which) {
      rows.add(List.of(
          Integer.toString(example), numbers(Exhibits.values(original, example)), Integer.toString(data.label(example))));
    }
    return new Table(title, List.of("item", "values", "class"), rows);
  }

  /** {@code 0.1250, -2.0000}; of many the first. */
  static String numbers(float[] values) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(MOST, values.length); i++) {
      text.append(i == 0 ? "" : ", ").append(String.format(Locale.ROOT, "%.4f", values[i]));
    }
    return values.length > MOST ? text + " …" : text.toString();
  }
}
