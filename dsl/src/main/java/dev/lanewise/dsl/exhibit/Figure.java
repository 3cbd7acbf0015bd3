package dev.lanewise.dsl.exhibit;

import java.util.List;

/**
 * Curves to look at: what {@code plot} shows.
 *
 * @param across what is counted from left to right
 * @param marks places across where something happened
 * @param ratios whether equal ratios of y are to look alike, as those of losses: a logarithmic axis, where all is above 0
 */
public record Figure(String title, String across, boolean ratios, List<Curve> curves, List<Mark> marks) implements Exhibit {
  /** From here on, largest by smallest, a logarithmic axis shows more. */
  private static final double WIDE = 10;

  /**
   * One curve; values that are not finite are gaps.
   *
   * @param isDotted whether the points stand by themselves, without a line between them
   */
  public record Curve(String name, List<Point> points, boolean isDotted) {
    public Curve {
      points = List.copyOf(points);
    }

    public Curve(String name, List<Point> points) {
      this(name, points, false);
    }

    /** Points by themselves. */
    public static Curve dotted(String name, List<Point> points) {
      return new Curve(name, points, true);
    }
  }

  public record Point(double x, double y) {}

  /** @param name what happened there */
  public record Mark(double x, String name) {}

  public Figure {
    curves = List.copyOf(curves);
    marks = List.copyOf(marks);
  }

  public Figure(String title, String across, boolean ratios, List<Curve> curves) {
    this(title, across, ratios, curves, List.of());
  }

  public Figure with(List<Mark> others) {
    return new Figure(title, across, ratios, curves, others);
  }

  /** Whether y is best shown on a logarithmic axis. */
  public boolean isLogarithmic() {
    double[] ys = curves.stream().flatMap(c -> c.points().stream()).mapToDouble(Point::y).filter(Double::isFinite).sorted().toArray();
    return ratios && ys.length > 0 && ys[0] > 0 && ys[ys.length - 1] / ys[0] >= WIDE;
  }
}
