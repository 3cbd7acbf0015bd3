package dev.lanewise.runtime.score;

import dev.lanewise.runtime.data.Box;
import dev.lanewise.runtime.data.BoxGrid;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a network finds in a picture: a class, where, and how sure it is.
 *
 * @param label the class
 * @param score its probability, from 0 to 1
 */
public record Found(int label, double score, Box box) {
  /** Two of one class that lie over each other by so much are the same thing. */
  public static final double OVERLAP = 0.5;

  /**
   * What the outputs for one picture say. Each cell tells of one thing: its likeliest class other than nothing, with that probability (softmax over
   * all classes), as DETR does (Carion et al. 2020). Of two of one class that overlap by more than one half, the less sure one is left out
   * (non-maximum suppression, Felzenszwalb et al. 2010).
   *
   * @param scores {@code [classes][rows][columns]} before softmax, from {@code at} on
   * @param boxes {@code [4][rows][columns]}, from {@code from} on
   * @return the surest first; of equally sure ones the first cell's
   */
  public static List<Found> of(BoxGrid grid, float[] scores, int channels, int at, float[] boxes, int from) {
    List<Found> all = new ArrayList<>();
    for (int cell = 0; cell < grid.cells(); cell++) {
      int best = 0;
      double most = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < channels; c++) {
        double score = scores[at + c * grid.cells() + cell];
        most = Math.max(most, score);
        best = c < grid.nothing() && score > scores[at + best * grid.cells() + cell] ? c : best;
      }
      double sum = 0;
      for (int c = 0; c < channels; c++) {
        sum += StrictMath.exp(scores[at + c * grid.cells() + cell] - most);
      }
      all.add(new Found(best, StrictMath.exp(scores[at + best * grid.cells() + cell] - most) / sum, grid.box(boxes, from, cell)));
    }
    all.sort(Comparator.comparingDouble(f -> -f.score));
    List<Found> kept = new ArrayList<>();
    for (Found next : all) {
      if (kept.stream().noneMatch(k -> k.label == next.label && k.box.iou(next.box) > OVERLAP)) {
        kept.add(next);
      }
    }
    return kept;
  }

  /** What is right for a picture, all of it sure. @param labels of its cells, from {@code at} on */
  public static List<Found> right(BoxGrid grid, float[] labels, int at, float[] boxes, int from) {
    List<Found> all = new ArrayList<>();
    for (int cell = 0; cell < grid.cells(); cell++) {
      if ((int) labels[at + cell] != grid.nothing()) {
        all.add(new Found((int) labels[at + cell], 1, grid.box(boxes, from, cell)));
      }
    }
    return all;
  }
}
