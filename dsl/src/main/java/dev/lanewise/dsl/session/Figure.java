package dev.lanewise.dsl.session;

import java.util.List;

/** Curves to look at: what {@code plot} shows. Both axes say what they count. */
public record Figure(String title, String across, List<Curve> curves) {
  /** One curve; values that are not finite are gaps. */
  public record Curve(String name, List<Point> points) {
    public Curve {
      points = List.copyOf(points);
    }
  }

  public record Point(double x, double y) {}

  public Figure {
    curves = List.copyOf(curves);
  }
}
