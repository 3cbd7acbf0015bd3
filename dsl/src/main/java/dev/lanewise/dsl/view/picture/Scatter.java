package dev.lanewise.dsl.view.picture;

import dev.lanewise.dsl.exhibit.Figure;
import dev.lanewise.dsl.exhibit.Figure.Curve;
import dev.lanewise.dsl.exhibit.Figure.Point;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.explain.PrincipalComponents;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Examples where a layer puts them, in the two directions in which they differ most; a colour for each class. */
public final class Scatter {
  private Scatter() {}

  /** @param points what the layer makes of each */
  public static Figure of(String title, DataSplit split, Dataset examples, double[][] points) {
    PrincipalComponents found = PrincipalComponents.of(points, 2);
    boolean classes = examples.isAnswered() && examples.classes() > 0;
    List<Curve> curves = classes
        ? IntStream.range(0, examples.classes()).mapToObj(c -> dots(split.className(c), found, IntStream.range(0, points.length).filter(i -> examples.label(i) == c))).filter(c -> !c.points().isEmpty()).toList()
        : List.of(dots("examples", found, IntStream.range(0, points.length)));
    return new Figure(title, "first direction, " + share(found.shares()[0]) + " of the variance; upwards the second, " + share(found.shares()[1]), false, curves);
  }

  private static Curve dots(String name, PrincipalComponents found, IntStream which) {
    return Curve.dotted(name, which.mapToObj(i -> new Point(found.places()[i][0], found.places()[i][1])).toList());
  }

  private static String share(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }
}
