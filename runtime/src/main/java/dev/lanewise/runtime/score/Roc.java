package dev.lanewise.runtime.score;

import dev.lanewise.runtime.data.Dataset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The receiver operating characteristic of a class: what of its examples is found, and what of the others is taken for it, for every
 * probability from which on an example could be called one of it.
 *
 * <pre>{@code Roc.of(predictions, data.test(), 1).area()   // 0.96 }</pre>
 *
 * @param points from the strictest threshold to the mildest
 */
public record Roc(List<Point> points) {
  public Roc {
    points = List.copyOf(points);
  }

  /**
   * @param threshold the class is named from this probability on
   * @param falseAlarms share of the other examples that are taken for it: 1 - specificity
   * @param found share of its examples that are found: sensitivity
   */
  public record Point(double threshold, double falseAlarms, double found) {}

  /**
   * @param examples of which these are the predictions
   * @param label of the class
   */
  public static Roc of(Predictions predictions, Dataset examples, int label) {
    double[] of = IntStream.range(0, examples.size()).mapToDouble(i -> predictions.probabilities(i)[label]).toArray();
    int[] order = IntStream.range(0, of.length).boxed().sorted(Comparator.comparingDouble(i -> -of[i])).mapToInt(i -> i).toArray();
    int positives = (int) IntStream.of(order).filter(i -> examples.label(i) == label).count();
    int negatives = of.length - positives;
    List<Point> points = new ArrayList<>(List.of(new Point(Double.POSITIVE_INFINITY, 0, 0)));
    int found = 0;
    for (int i = 0; i < order.length; i++) {
      found += examples.label(order[i]) == label ? 1 : 0;
      // Examples of one probability are named together.
      if (i + 1 == order.length || of[order[i + 1]] < of[order[i]]) {
        points.add(new Point(of[order[i]], (double) (i + 1 - found) / negatives, (double) found / positives));
      }
    }
    return new Roc(points);
  }

  /** The area under the curve: see {@link Ranking#auc}. NaN where all examples are of the class, or none. */
  public double area() {
    double area = 0;
    for (int i = 1; i < points.size(); i++) {
      Point before = points.get(i - 1);
      Point here = points.get(i);
      area += (here.falseAlarms - before.falseAlarms) * (here.found + before.found) / 2;
    }
    return area;
  }

  /** At the mildest threshold that leaves so large a share of the others in peace. */
  public Point atSpecificity(double least) {
    return points.stream().filter(p -> 1 - p.falseAlarms >= least).reduce((_, later) -> later).orElseThrow();
  }
}
