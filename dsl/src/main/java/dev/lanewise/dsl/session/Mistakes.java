package dev.lanewise.dsl.session;

import dev.lanewise.dsl.chart.Gallery;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.train.Predictions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The examples that a network is wrong about, the largest loss first. */
record Mistakes(String net, Dataset data, Predictions predictions, List<Integer> worst) {
  static Mistakes of(String net, Dataset data, Predictions predictions) {
    List<Integer> worst = IntStream.range(0, data.size())
        .filter(i -> predictions.predicted(i) != data.label(i))
        .boxed()
        .sorted(Comparator.<Integer>comparingDouble(i -> -predictions.losses()[i]).thenComparing(i -> i))
        .toList();
    return new Mistakes(net, data, predictions, worst);
  }

  boolean isEmpty() {
    return worst.isEmpty();
  }

  boolean isPictures() {
    return Exhibits.isPicture(data.shape());
  }

  /** In a line. */
  String title() {
    return isEmpty()
        ? String.format(Locale.ROOT, "%s is right about all %,d", net, data.size())
        : String.format(Locale.ROOT, "%s is wrong about %,d of %,d; right class, what it says, how sure", net, worst.size(), data.size());
  }

  /** As pictures, at most so many. */
  Gallery gallery(int count) {
    return Exhibits.examples(title(), data, worst.stream().limit(count).toList(), this::caption);
  }

  private String caption(int example) {
    return data.label(example) + " → " + said(example);
  }

  /** {@code 9, 71 %}. */
  private String said(int example) {
    int predicted = predictions.predicted(example);
    return String.format(Locale.ROOT, "%d, %.0f %%", predicted, 100 * predictions.probabilities(example)[predicted]);
  }

  /** As rows of numbers. */
  Table table(int count) {
    List<List<String>> rows = new ArrayList<>();
    Dataset original = data.normalized(Normalization.none(data.shape()));
    for (int example : worst.stream().limit(count).toList()) {
      rows.add(List.of(
          Integer.toString(example), ExampleTable.numbers(Exhibits.values(original, example)), Integer.toString(data.label(example)), said(example),
          String.format(Locale.ROOT, "%.4f", predictions.losses()[example])));
    }
    return new Table(title(), List.of("item", "values", "class", "says", "loss"), rows);
  }
}
