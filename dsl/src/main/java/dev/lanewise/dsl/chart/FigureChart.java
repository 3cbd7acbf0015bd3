package dev.lanewise.dsl.chart;

import dev.lanewise.dsl.exhibit.Figure.Curve;
import dev.lanewise.dsl.exhibit.Figure.Mark;
import dev.lanewise.dsl.exhibit.Figure.Point;
import dev.lanewise.dsl.exhibit.Figure;
import dev.lanewise.dsl.exhibit.Palette;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Curves between axes, with a legend where there are several. */
public final class FigureChart implements Chart {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 420;
  private static final int LEFT = 64;
  private static final int RIGHT = 20;
  private static final int TOP = 44;
  private static final int BOTTOM = 48;
  private static final int FEW = 40;

  private final Figure figure;
  private final Axis across;
  private final Axis up;

  public FigureChart(Figure figure) {
    this.figure = figure;
    this.across = new Axis(
        Math.min(extreme(Point::x, true), figure.marks().stream().mapToDouble(Mark::x).min().orElse(Double.POSITIVE_INFINITY)),
        Math.max(extreme(Point::x, false), figure.marks().stream().mapToDouble(Mark::x).max().orElse(Double.NEGATIVE_INFINITY)), false);
    this.up = new Axis(extreme(Point::y, true), extreme(Point::y, false), figure.isLogarithmic());
  }

  private double extreme(ToDoubleFunction<Point> of, boolean least) {
    var values = figure.curves().stream().map(Curve::points).flatMap(List::stream).filter(FigureChart::isFinite).mapToDouble(of);
    return (least ? values.min() : values.max()).orElse(0);
  }

  private static boolean isFinite(Point p) {
    return Double.isFinite(p.x()) && Double.isFinite(p.y());
  }

  @Override
  public int width() {
    return WIDTH;
  }

  @Override
  public int height() {
    return HEIGHT;
  }

  @Override
  public void draw(Canvas canvas) {
    canvas.text(LEFT, 26, figure.title(), 16, Canvas.Anchor.START, Palette.INK);
    axes(canvas);
    figure.marks().forEach(m -> mark(canvas, m));
    // Lines lie above points.
    for (boolean dotted : new boolean[] {true, false}) {
      for (int i = 0; i < figure.curves().size(); i++) {
        if (figure.curves().get(i).isDotted() == dotted) {
          curve(canvas, figure.curves().get(i), Palette.colour(i));
        }
      }
    }
    if (figure.curves().size() > 1) {
      legend(canvas);
    }
  }

  private void axes(Canvas canvas) {
    int bottom = HEIGHT - BOTTOM;
    int right = WIDTH - RIGHT;
    for (double tick : up.ticks()) {
      double y = y(tick);
      canvas.line(List.of(new Point(LEFT, y), new Point(right, y)), 1, Palette.FAINT);
      canvas.text(LEFT - 8, y + 4, Axis.text(tick), 12, Canvas.Anchor.END, Palette.INK);
    }
    for (double tick : acrossTicks()) {
      double x = x(tick);
      canvas.line(List.of(new Point(x, bottom), new Point(x, bottom + 5)), 1, Palette.INK);
      canvas.text(x, bottom + 19, Axis.text(tick), 12, Canvas.Anchor.MIDDLE, Palette.INK);
    }
    canvas.line(List.of(new Point(LEFT, TOP), new Point(LEFT, bottom), new Point(right, bottom)), 1, Palette.INK);
    canvas.text(right, HEIGHT - 10, figure.across(), 13, Canvas.Anchor.END, Palette.INK);
  }

  /** Beside its line, on the side that has room. */
  private void mark(Canvas canvas, Mark mark) {
    double x = x(mark.x());
    boolean left = x > (LEFT + WIDTH - RIGHT) / 2.0;
    canvas.line(List.of(new Point(x, TOP), new Point(x, HEIGHT - BOTTOM)), 1, Palette.INK);
    canvas.text(left ? x - 5 : x + 5, TOP + 10, mark.name(), 12, left ? Canvas.Anchor.END : Canvas.Anchor.START, Palette.INK);
  }

  /** Between whole things, such as epochs, there is nothing. */
  private List<Double> acrossTicks() {
    boolean whole = figure.curves().stream().flatMap(c -> c.points().stream()).allMatch(p -> p.x() == Math.rint(p.x()));
    return across.ticks().stream().filter(t -> !whole || Math.abs(t - Math.rint(t)) < 1e-9).toList();
  }

  private double x(double value) {
    return LEFT + across.share(value) * (WIDTH - RIGHT - LEFT);
  }

  private double y(double value) {
    return HEIGHT - BOTTOM - up.share(value) * (HEIGHT - BOTTOM - TOP);
  }

  private void curve(Canvas canvas, Curve curve, int colour) {
    if (!curve.isDotted()) {
      line(canvas, curve, colour);
    }
    if (curve.isDotted() || curve.points().size() <= FEW) {
      curve.points().stream().filter(FigureChart::isFinite).forEach(p -> canvas.dot(x(p.x()), y(p.y()), 3.2, colour));
    }
  }

  /** In pieces, between its gaps. */
  private void line(Canvas canvas, Curve curve, int colour) {
    List<Point> piece = new ArrayList<>();
    for (Point p : curve.points()) {
      if (isFinite(p)) {
        piece.add(new Point(x(p.x()), y(p.y())));
      } else {
        canvas.line(List.copyOf(piece), 2, colour);
        piece.clear();
      }
    }
    canvas.line(List.copyOf(piece), 2, colour);
  }

  /** Above, at the right, the last one outermost. A letter is taken to be 7 pixels wide. */
  private void legend(Canvas canvas) {
    double x = WIDTH - RIGHT;
    for (int i = figure.curves().size() - 1; i >= 0; i--) {
      String name = figure.curves().get(i).name();
      canvas.text(x, 26, name, 13, Canvas.Anchor.END, Palette.INK);
      x -= 7.2 * name.length() + 8;
      if (figure.curves().get(i).isDotted()) {
        canvas.dot(x - 7, 22, 3.2, Palette.colour(i));
      } else {
        canvas.rectangle(x - 14, 20, 14, 4, Palette.colour(i));
      }
      x -= 28;
    }
  }
}
