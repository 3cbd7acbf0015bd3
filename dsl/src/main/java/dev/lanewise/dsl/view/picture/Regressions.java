package dev.lanewise.dsl.view.picture;

import dev.lanewise.dsl.exhibit.Figure;
import dev.lanewise.dsl.exhibit.Figure.Curve;
import dev.lanewise.dsl.exhibit.Figure.Point;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.data.Paired;
import dev.lanewise.runtime.data.Points;
import dev.lanewise.runtime.score.Predictions;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The curve that a network draws through examples of one number each, and these: what it predicts from one end of them to the other. Numbers
 * are in the data's own unit, whatever the network is shown of them.
 */
public final class Regressions {
  private static final int STEPS = 200;
  private static final int MOST_POINTS = 200;
  private static final double MARGIN = 0.04;

  private Regressions() {}

  /** @param predict what the network makes of examples, as it sees them */
  public static Figure of(String net, DataSplit split, Function<Dataset, Predictions> predict) {
    Scale scale = Scale.of(split.train());
    double margin = scale.high > scale.low ? MARGIN * (scale.high - scale.low) : 1;
    double[] at = IntStream.rangeClosed(0, STEPS)
        .mapToDouble(i -> scale.low - margin + (scale.high - scale.low + 2 * margin) * i / STEPS).toArray();
    List<Curve> curves = new ArrayList<>(curves(net, at, predict.apply(places(at, scale, split.train().target().shape()))));
    curves.add(points("training", split.train()));
    if (split.test() != null) {
      curves.add(points("test", split.test()));
    }
    return new Figure("what " + net + " predicts for " + split.name(), "input", false, curves);
  }

  private static Dataset places(double[] at, Scale scale, Shape target) {
    float[][] seen = new float[at.length][];
    for (int i = 0; i < at.length; i++) {
      seen[i] = new float[] {scale.seen(at[i])};
    }
    return new Paired(new Points(Shape.of(1), seen), new Points(target, new float[at.length][target.size()]));
  }

  private static List<Curve> curves(String net, double[] at, Predictions made) {
    return IntStream.range(0, made.outputs())
        .mapToObj(o -> new Curve(
            made.outputs() == 1 ? net : "output " + (o + 1),
            IntStream.range(0, at.length).mapToObj(i -> new Point(at[i], made.values()[i * made.outputs() + o])).toList()))
        .toList();
  }

  /** Not every third or so where there are too many: they may take turns. */
  private static Curve points(String name, Dataset part) {
    Dataset original = part.normalized(Normalization.none(part.shape()));
    List<Integer> which = new ArrayList<>(IntStream.range(0, part.size()).boxed().toList());
    Collections.shuffle(which, new Random(1));
    List<Point> points = new ArrayList<>();
    for (int i : which.subList(0, Math.min(MOST_POINTS, which.size()))) {
      for (float y : Exhibits.target(part, i)) {
        points.add(new Point(Exhibits.values(original, i)[0], y));
      }
    }
    return Curve.dotted(name, points);
  }

  /**
   * From the data's own numbers to those that a network sees: a straight line through the ends.
   *
   * @param low least number
   * @param high largest
   * @param seenLow what the network sees of it
   */
  private record Scale(double low, double high, double seenLow, double seenHigh) {
    static Scale of(Dataset part) {
      Dataset original = part.normalized(Normalization.none(part.shape()));
      int least = 0;
      int most = 0;
      for (int i = 1; i < part.size(); i++) {
        double x = Exhibits.values(original, i)[0];
        least = x < Exhibits.values(original, least)[0] ? i : least;
        most = x > Exhibits.values(original, most)[0] ? i : most;
      }
      return new Scale(
          Exhibits.values(original, least)[0], Exhibits.values(original, most)[0], Exhibits.values(part, least)[0], Exhibits.values(part, most)[0]);
    }

    float seen(double x) {
      return (float) (high == low ? x - low + seenLow : seenLow + (x - low) / (high - low) * (seenHigh - seenLow));
    }
  }
}
