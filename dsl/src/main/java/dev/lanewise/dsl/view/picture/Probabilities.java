package dev.lanewise.dsl.view.picture;

import dev.lanewise.dsl.exhibit.Figure;
import dev.lanewise.dsl.exhibit.Figure.Curve;
import dev.lanewise.dsl.exhibit.Figure.Point;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.score.Calibration;
import dev.lanewise.runtime.score.Roc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a network's probabilities are worth, drawn in a square from 0 to 1. */
public final class Probabilities {
  /** Of a curve: more cannot be told apart. */
  private static final int MOST_POINTS = 400;

  private Probabilities() {}

  /** A reliability diagram: how often a network is right where it is so sure. Whoever is as sure as they are right lies on the diagonal. */
  public static Figure of(String net, DataSplit data, Calibration calibration) {
    List<Point> points = calibration.bins().stream().filter(b -> b.count() > 0).map(b -> new Point(b.sure(), b.right())).toList();
    return new Figure(
        "how often " + net + " is right on " + data.name(), "how sure it is", false,
        List.of(new Curve(net, points), new Curve("as sure as right", diagonal())));
  }

  /** Sensitivity above the share of false alarms; whoever guesses lies on the diagonal. @param curves of the classes, by their numbers */
  public static Figure of(String net, DataSplit data, Map<Integer, Roc> curves) {
    List<Curve> all = new ArrayList<>();
    curves.forEach((label, curve) -> all.add(new Curve(data.className(label), few(curve.points().stream().map(p -> new Point(p.falseAlarms(), p.found())).toList()))));
    all.add(new Curve("a guess", diagonal()));
    return new Figure("what " + net + " finds in " + data.name(), "false alarms", false, all);
  }

  private static List<Point> diagonal() {
    return List.of(new Point(0, 0), new Point(1, 1));
  }

  /** Corners alone, and of many of these some. */
  private static List<Point> few(List<Point> points) {
    List<Point> corners = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      Point here = points.get(i);
      boolean along = i > 0 && i < points.size() - 1
          && (points.get(i - 1).x() == here.x() && here.x() == points.get(i + 1).x() || points.get(i - 1).y() == here.y() && here.y() == points.get(i + 1).y());
      if (!along) {
        corners.add(here);
      }
    }
    int step = Math.ceilDiv(corners.size(), MOST_POINTS);
    List<Point> some = new ArrayList<>();
    for (int i = 0; i < corners.size() - 1; i += step) {
      some.add(corners.get(i));
    }
    some.add(corners.getLast());
    return some;
  }
}
