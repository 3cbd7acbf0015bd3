package dev.lanewise.dsl.draw;

import dev.lanewise.dsl.exhibit.Figure.Point;
import java.util.ArrayList;
import java.util.List;

/** Lines with round corners. */
final class Bends {
  /** Pieces of a corner. */
  private static final int PIECES = 4;

  private Bends() {}

  /** @param radius of corners, less where a side is too short @param closed whether the last point is joined to the first */
  static List<Point> round(List<Point> corners, double radius, boolean closed) {
    List<Point> round = new ArrayList<>();
    int n = corners.size();
    for (int i = 0; i < n; i++) {
      if (!closed && (i == 0 || i == n - 1)) {
        round.add(corners.get(i));
      } else {
        corner(round, corners.get((i + n - 1) % n), corners.get(i), corners.get((i + 1) % n), radius);
      }
    }
    return round;
  }

  /** A quadratic Bézier curve from side to side. */
  private static void corner(List<Point> round, Point before, Point corner, Point after, double radius) {
    Point from = towards(corner, before, radius);
    Point to = towards(corner, after, radius);
    for (int k = 0; k <= PIECES; k++) {
      double t = (double) k / PIECES;
      double u = 1 - t;
      round.add(new Point(
          u * u * from.x() + 2 * u * t * corner.x() + t * t * to.x(), u * u * from.y() + 2 * u * t * corner.y() + t * t * to.y()));
    }
  }

  private static Point towards(Point from, Point to, double by) {
    double distance = Math.hypot(to.x() - from.x(), to.y() - from.y());
    double share = distance == 0 ? 0 : Math.min(by, distance / 2) / distance;
    return new Point(from.x() + share * (to.x() - from.x()), from.y() + share * (to.y() - from.y()));
  }
}
