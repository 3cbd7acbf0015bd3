package dev.lanewise.runtime.score;

import dev.lanewise.runtime.data.BoxGrid;
import dev.lanewise.runtime.execute.BatchRunner;
import dev.lanewise.runtime.execute.Scores;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How well a network finds what is in pictures: the mean average precision at an overlap of one half, as the development kit of Pascal VOC 2010
 * computes it (Everingham et al. 2010). COCO's AP50 differs in two details: it adds up over 101 recalls, and a box whose best is taken there may have
 * its second best.
 *
 * <p>In each picture the network's boxes, the surest first, are compared with the right boxes of their class. A box has found the one that it
 * overlaps most, if that is by an IoU of at least 0.5, and nobody has found it before; otherwise it is a false alarm. Of a class, all boxes
 * of all pictures, the surest first, then give precisions p and recalls r: of the first n boxes the share that have found something, and the share of
 * what there is that they have found. The average precision is Σ (rₙ - rₙ₋₁) · max p of the n-th and all later ones: the area under the curve, all
 * points interpolated. The mean is over the classes that occur.
 *
 * <pre>{@code new Detections(grid).add(Found.of(…), Found.right(…)) }</pre>
 */
public final class Detections {
  private final BoxGrid grid;
  /** Of each class but nothing. */
  private final Boxes[] said;
  private final int[] there;

  /** How sure a class's boxes are, in the order of the pictures, and whether they have found something: there are as many as cells in all pictures. */
  private static final class Boxes {
    private static final int FIRST = 64;

    private double[] scores = new double[FIRST];
    private boolean[] right = new boolean[FIRST];
    private int count;

    void add(double score, boolean isRight) {
      if (count == scores.length) {
        scores = Arrays.copyOf(scores, Math.multiplyExact(2, count));
        right = Arrays.copyOf(right, scores.length);
      }
      scores[count] = score;
      right[count++] = isRight;
    }

    /** Whether they have found something, the surest first; of equally sure ones the earlier. */
    boolean[] sorted() {
      int[] order = IntStream.range(0, count).boxed().sorted(Comparator.comparingDouble(i -> -scores[i])).mapToInt(i -> i).toArray();
      boolean[] sorted = new boolean[count];
      for (int n = 0; n < count; n++) {
        sorted[n] = right[order[n]];
      }
      return sorted;
    }
  }

  public Detections(BoxGrid grid) {
    this.grid = grid;
    this.there = new int[grid.nothing()];
    this.said = new Boxes[grid.nothing()];
    Arrays.setAll(said, _ -> new Boxes());
  }

  /** Counts a picture. @param found the surest first */
  public void add(List<Found> found, List<Found> right) {
    right.forEach(r -> there[r.label()]++);
    boolean[] taken = new boolean[right.size()];
    for (Found f : found) {
      int best = -1;
      double most = 0;
      for (int i = 0; i < right.size(); i++) {
        double overlap = right.get(i).label() == f.label() ? f.box().iou(right.get(i).box()) : 0;
        best = overlap > most ? i : best;
        most = Math.max(most, overlap);
      }
      boolean isRight = most >= Found.OVERLAP && !taken[best];
      if (isRight) {
        taken[best] = true;
      }
      said[f.label()].add(f.score(), isRight);
    }
  }

  /** The average precision of a class; NaN if no picture has one. */
  public double averagePrecision(int label) {
    boolean[] found = said[label].sorted();
    double[] precision = new double[found.length];
    int right = 0;
    for (int n = 0; n < precision.length; n++) {
      right += found[n] ? 1 : 0;
      precision[n] = right / (n + 1.0);
    }
    double sum = 0;
    double best = 0;
    for (int n = precision.length - 1; n >= 0; n--) {
      best = Math.max(best, precision[n]);
      sum += found[n] ? best : 0;
    }
    return there[label] == 0 ? Double.NaN : sum / there[label];
  }

  /** The mean over the classes that occur; NaN if none does. */
  public double mean() {
    return IntStream.range(0, there.length).mapToDouble(this::averagePrecision).filter(p -> !Double.isNaN(p)).average().orElse(Double.NaN);
  }

  public BoxGrid grid() {
    return grid;
  }

  /** How many right boxes there are. */
  public int there() {
    return Arrays.stream(there).sum();
  }

  /** The two outputs of a network that tell of boxes, and what they are compared with. */
  record Outputs(BoxGrid grid, Scores classes, Scores boxes) {
    /** Has what they say kept from now on; empty if the network's losses compare no such outputs. @param runner that knows its examples */
    static Optional<Outputs> of(BatchRunner runner) {
      return BoxGrid.of(runner.fields()).flatMap(grid -> output(runner, BoxGrid.CLASS).flatMap(
          classes -> output(runner, BoxGrid.BOX).map(boxes -> new Outputs(grid, classes, boxes)))).filter(Outputs::fit).map(Outputs::kept);
    }

    /** A loss of one's own may compare anything with them. */
    private boolean fit() {
      int scores = classes.judged().outputs();
      return scores % grid.cells() == 0 && scores >= grid.classes() * grid.cells() && boxes.judged().outputs() == BoxGrid.NUMBERS * grid.cells();
    }

    private static Optional<Scores> output(BatchRunner runner, String part) {
      return runner.judged().stream().filter(s -> s.judged().name().equals(part) && s.judged().target() >= 0 && s.target().name().equals(part)).findFirst();
    }

    private Outputs kept() {
      classes.keepOutputs();
      classes.keepLabels();
      boxes.keepTargets();
      return this;
    }

    /** Tells of every picture of the batch, in their order. */
    void tell(int examples, Detections to) {
      int channels = classes.judged().outputs() / grid.cells();
      for (int i = 0; i < examples; i++) {
        int box = i * boxes.judged().outputs();
        to.add(
            Found.of(grid, classes.kept(), channels, i * classes.judged().outputs(), boxes.kept(), box),
            Found.right(grid, classes.labels(), i * grid.cells(), boxes.targets(), box));
      }
    }
  }
}
