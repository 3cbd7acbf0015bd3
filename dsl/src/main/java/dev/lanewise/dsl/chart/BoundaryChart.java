package dev.lanewise.dsl.chart;

import dev.lanewise.dsl.exhibit.Boundary;
import dev.lanewise.dsl.exhibit.Figure.Point;
import dev.lanewise.dsl.exhibit.Palette;
import dev.lanewise.dsl.exhibit.Picture;
import java.util.List;

/** The plane as a network sees it: regions in the colours of the classes, paler where it is less sure, and the examples as dots. */
public final class BoundaryChart implements Chart {
  private static final int SIDE = 480;
  private static final int LEFT = 56;
  private static final int TOP = 44;
  private static final int BOTTOM = 36;
  private static final int RIGHT = 110;

  private final Boundary boundary;

  public BoundaryChart(Boundary boundary) {
    this.boundary = boundary;
  }

  @Override
  public int width() {
    return LEFT + SIDE + RIGHT;
  }

  @Override
  public int height() {
    return TOP + SIDE + BOTTOM;
  }

  @Override
  public void draw(Canvas canvas) {
    canvas.text(LEFT, 26, boundary.title(), 16, Canvas.Anchor.START, Palette.INK);
    int n = boundary.size();
    canvas.picture(LEFT, TOP, (double) SIDE / n, boundary.picture(n, n, false));
    for (double tick : new Axis(boundary.left(), boundary.right(), false).ticks()) {
      canvas.text(x(tick), TOP + SIDE + 18, Axis.text(tick), 12, Canvas.Anchor.MIDDLE, Palette.INK);
    }
    for (double tick : new Axis(boundary.bottom(), boundary.top(), false).ticks()) {
      canvas.text(LEFT - 8, y(tick) + 4, Axis.text(tick), 12, Canvas.Anchor.END, Palette.INK);
    }
    double right = LEFT + SIDE;
    double bottom = TOP + SIDE;
    Point corner = new Point(LEFT, TOP);
    canvas.line(List.of(corner, new Point(right, TOP), new Point(right, bottom), new Point(LEFT, bottom), corner), 1, Palette.INK);
    boundary.marks().forEach(m -> canvas.dot(x(m.x()), y(m.y()), 3.4, Picture.between(Palette.colour(m.label()), 0, 0.15)));
    for (int c = 0; c < boundary.names().size(); c++) {
      canvas.rectangle(right + 14, TOP + 20 * c, 12, 12, Palette.colour(c));
      canvas.text(right + 32, TOP + 20 * c + 11, boundary.names().get(c), 13, Canvas.Anchor.START, Palette.INK);
    }
  }

  private double x(double value) {
    return LEFT + boundary.across(value) * SIDE;
  }

  private double y(double value) {
    return TOP + boundary.down(value) * SIDE;
  }
}
