package dev.lanewise.dsl.view.picture;

import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Picture;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.score.Predictions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Images before and after an attack, and how they differ: grey stays, black and white are eps darker and lighter. First those that a network was right about before, and is wrong
 * about now.
 *
 * @param said what the network said of them before @param says what it says of them now
 */
public record Attacked(String title, DataSplit split, Dataset before, Dataset after, double eps, Predictions said, Predictions says) {
  /** So many images. */
  private static final int MOST = 6;

  public Gallery gallery() {
    List<Picture> pictures = new ArrayList<>();
    Dataset original = before.normalized(Normalization.none(before.shape()));
    Dataset changed = after.normalized(Normalization.none(after.shape()));
    for (int i : chosen()) {
      float[] was = Exhibits.values(original, i);
      float[] is = Exhibits.values(changed, i);
      float[] difference = new float[was.length];
      for (int k = 0; k < was.length; k++) {
        difference[k] = (float) (0.5 + (is[k] - was[k]) / (2 * eps));
      }
      List<String> captions = List.of(caption(said, i), caption(says, i), "difference");
      pictures.addAll(Exhibits.pictures(before.shape(), List.of(was, is, difference), captions::get));
    }
    return new Gallery(title, pictures, 3);
  }

  private List<Integer> chosen() {
    List<Integer> chosen = new ArrayList<>(IntStream.range(0, before.size()).filter(this::isFooled).limit(MOST).boxed().toList());
    IntStream.range(0, before.size()).filter(i -> !isFooled(i)).limit(MOST - chosen.size()).forEach(chosen::add);
    return chosen;
  }

  private boolean isFooled(int i) {
    return said.predicted(i) == before.label(i) && says.predicted(i) != before.label(i);
  }

  /** {@code 7, 98 %}. */
  private String caption(Predictions predictions, int i) {
    int predicted = predictions.predicted(i);
    return String.format(Locale.ROOT, "%s, %.0f %%", split.className(predicted), 100 * predictions.probabilities(i)[predicted]);
  }
}
