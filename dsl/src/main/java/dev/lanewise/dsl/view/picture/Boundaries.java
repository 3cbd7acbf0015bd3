package dev.lanewise.dsl.view.picture;

import dev.lanewise.dsl.exhibit.Boundary;
import dev.lanewise.dsl.exhibit.Boundary.Mark;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Points;
import dev.lanewise.runtime.score.Predictions;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Asks a network about every place in the plane around some points. Both axes are as the network sees them, normalised or not. */
public final class Boundaries {
  /** Places across and down. */
  private static final int SIZE = 240;
  private static final int MOST_MARKS = 400;
  private static final double MARGIN = 0.08;

  private Boundaries() {}

  /** @param predict what the network makes of examples */
  public static Boundary of(String net, DataSplit split, Function<Dataset, Predictions> predict) {
    Dataset data = split.train();
    List<Mark> all = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      float[] point = Exhibits.values(data, i);
      all.add(new Mark(point[0], point[1], data.label(i)));
    }
    double left = all.stream().mapToDouble(Mark::x).min().orElse(0);
    double right = all.stream().mapToDouble(Mark::x).max().orElse(1);
    double bottom = all.stream().mapToDouble(Mark::y).min().orElse(0);
    double top = all.stream().mapToDouble(Mark::y).max().orElse(1);
    double across = Math.max(1e-6, right - left) * MARGIN;
    double down = Math.max(1e-6, top - bottom) * MARGIN;
    return ask(net, new double[] {left - across, right + across, bottom - down, top + down}, all, names(split), predict);
  }

  private static Boundary ask(String net, double[] sides, List<Mark> all, List<String> names, Function<Dataset, Predictions> predict) {
    float[][] places = new float[SIZE * SIZE][];
    for (int i = 0; i < places.length; i++) {
      double x = sides[0] + (sides[1] - sides[0]) * (i % SIZE + 0.5) / SIZE;
      double y = sides[3] - (sides[3] - sides[2]) * (i / SIZE + 0.5) / SIZE;
      places[i] = new float[] {(float) x, (float) y};
    }
    Predictions made = predict.apply(new Points(Shape.of(2), places, new int[places.length], names.size()));
    int[] taken = new int[places.length];
    double[] certainty = new double[places.length];
    for (int i = 0; i < places.length; i++) {
      taken[i] = made.predicted(i);
      certainty[i] = made.probabilities(i)[taken[i]];
    }
    // Not every third or so: the classes may take turns.
    List<Mark> marks = new ArrayList<>(all);
    Collections.shuffle(marks, new Random(1));
    marks = marks.subList(0, Math.min(MOST_MARKS, marks.size()));
    return new Boundary("what " + net + " makes of the plane", sides[0], sides[1], sides[2], sides[3], SIZE, taken, certainty, marks, names);
  }

  private static List<String> names(DataSplit split) {
    return IntStream.range(0, split.train().classes())
        .mapToObj(c -> split.world().hasNames() ? split.className(c) : "class " + c)
        .toList();
  }
}
