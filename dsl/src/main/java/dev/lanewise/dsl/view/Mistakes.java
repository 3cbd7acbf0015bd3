package dev.lanewise.dsl.view;

import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.view.picture.Exhibits;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.score.Predictions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The examples that a network is wrong about, the largest loss first. */
public record Mistakes(String net, DataSplit data, Predictions predictions, List<Integer> worst) {
  public static Mistakes of(String net, DataSplit data, Predictions predictions) {
    List<Integer> worst = IntStream.range(0, data.test().size())
        .filter(i -> predictions.predicted(i) != data.test().label(i))
        .boxed()
        .sorted(Comparator.<Integer>comparingDouble(i -> -predictions.losses()[i]).thenComparing(i -> i))
        .toList();
    return new Mistakes(net, data, predictions, worst);
  }

  public boolean isEmpty() {
    return worst.isEmpty();
  }

  public boolean isPictures() {
    return Exhibits.isPicture(data.test().shape());
  }

  /** In a line. */
  public String title() {
    return isEmpty()
        ? String.format(Locale.ROOT, "%s is right about all %,d", net, data.test().size())
        : String.format(Locale.ROOT, "%s is wrong about %,d of %,d; right class, what it says, how sure", net, worst.size(), data.test().size());
  }

  /** As pictures, at most so many. */
  public Gallery gallery(int count) {
    return Exhibits.examples(title(), data.test(), worst.stream().limit(count).toList(), this::caption);
  }

  /** The right class, what it says, how sure. */
  public String caption(int example) {
    return right(example) + " → " + said(example);
  }

  public boolean isRight(int example) {
    return predictions.predicted(example) == data.test().label(example);
  }

  /** How probable the class is that it says. */
  public double sureness(int example) {
    return predictions.probabilities(example)[predictions.predicted(example)];
  }

  private String right(int example) {
    return data.className(data.test().label(example));
  }

  /** {@code 9, 71 %}. */
  private String said(int example) {
    int predicted = predictions.predicted(example);
    return String.format(Locale.ROOT, "%s, %.0f %%", data.className(predicted), 100 * predictions.probabilities(example)[predicted]);
  }

  private String values(Dataset original, int example) {
    boolean whole = !data.world().parts().isEmpty() && original.fields().getFirst().isWhole();
    return whole ? PartTable.said(data, original.fields().getFirst(), Exhibits.values(original, example)) : ExampleTable.numbers(Exhibits.values(original, example));
  }

  /** As rows of numbers, or texts. */
  public Table table(int count) {
    List<List<String>> rows = new ArrayList<>();
    Dataset original = data.test().normalized(Normalization.none(data.test().shape()));
    for (int example : worst.stream().limit(count).toList()) {
      rows.add(List.of(
          Integer.toString(example), values(original, example), right(example), said(example),
          String.format(Locale.ROOT, "%.4f", predictions.losses()[example])));
    }
    return new Table(title(), List.of("item", original.fields().getFirst().isWhole() ? original.fields().getFirst().name() : "values", "class", "says", "loss"), rows);
  }
}
