package dev.lanewise.dsl.view;

import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Picture;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.view.picture.ClassMaps;
import dev.lanewise.dsl.view.picture.Exhibits;
import dev.lanewise.dsl.view.picture.Seen;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.score.Predictions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Examples and what a network makes of them: images beside their targets and the network's, others as numbers.
 *
 * @param which their numbers in the data
 */
public record Answered(String title, DataSplit split, Seen seen, List<Integer> which, Predictions made) {
  private Dataset examples() {
    return seen.examples();
  }

  private boolean isImages() {
    return Exhibits.isMask(examples());
  }

  private boolean isPlaces() {
    return examples().target().isPlaces();
  }

  public boolean isPictures() {
    return Exhibits.isPicture(examples().shape()) && (isImages() || examples().target().shape().size() == 1);
  }

  public Gallery gallery() {
    List<Picture> pictures = new ArrayList<>();
    for (int i = 0; i < which.size(); i++) {
      pictures.add(Exhibits.picture(examples().shape(), seen.shown()[i], isImages() ? which.get(i) + " input" : right(i) + " → " + said(i)));
      if (isImages()) {
        pictures.add(Exhibits.target(examples(), Exhibits.target(examples(), i), "target"));
        pictures.add(Exhibits.target(examples(), isPlaces() ? made.places(i, examples().target().shape().size()) : output(i), "output"));
      }
    }
    Gallery gallery = new Gallery(title, pictures, isImages() ? 3 : 1);
    return isPlaces() ? ClassMaps.explained(gallery, split.classNames()) : gallery;
  }

  public Table table() {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < which.size(); i++) {
      rows.add(List.of(Integer.toString(which.get(i)), ExampleTable.numbers(seen.shown()[i]), right(i), said(i)));
    }
    return new Table(title, List.of("item", "values", examples().target().isClass() ? "class" : "target", "says"), rows);
  }

  private String right(int i) {
    return ExampleTable.target(split, examples(), i);
  }

  /** {@code 9, 71 %}, or the numbers. */
  private String said(int i) {
    if (!examples().target().isClass()) {
      return ExampleTable.numbers(output(i));
    }
    int predicted = made.predicted(i);
    return String.format(Locale.ROOT, "%s, %.0f %%", split.className(predicted), 100 * made.probabilities(i)[predicted]);
  }

  /** Scores become probabilities, as the loss sees them. */
  private float[] output(int i) {
    float[] output = new float[made.outputs()];
    for (int k = 0; k < output.length; k++) {
      int at = i * made.outputs() + k;
      output[k] = made.threshold() == 0 ? (float) made.sure(at) : made.values()[at];
    }
    return output;
  }
}
