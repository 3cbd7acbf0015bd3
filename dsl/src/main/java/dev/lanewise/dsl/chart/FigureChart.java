package dev.lanewise.dsl.chart;

import dev.lanewise.dsl.exhibit.Figure.Curve;
import dev.lanewise.dsl.exhibit.Figure.Mark;
import dev.lanewise.dsl.exhibit.Figure.Point;
import dev.lanewise.dsl.exhibit.Figure;
import dev.lanewise.dsl.exhibit.Palette;
import dev.lanewise.dsl.language.TextWidth;
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
  /** Of a line of the legend, where it stands below the title. */
  private static final int LEGEND = 20;
  /** Of a letter of the title, and of the legend. */
  private static final double TITLE_LETTER = 8.8;
  private static final double LETTER = 7.2;

  private final Figure figure;
  private final Axis across;
  private final Axis up;
  /** The numbers of the curves in each line of the legend. It stands beside the title, or below it where there is no room. */
  private final List<List<Integer>> legend = new ArrayList<>();
  private final boolean isBeside;
  /** Of what lies between the axes. */
  private final int top;
  private final int height;

  public FigureChart(Figure figure) {
    this.figure = figure;
    this.across = new Axis(
        Math.min(extreme(Point::x, true), figure.marks().stream().mapToDouble(Mark::x).min().orElse(Double.POSITIVE_INFINITY)),
        Math.max(extreme(Point::x, false), figure.marks().stream().mapToDouble(Mark::x).max().orElse(Double.NEGATIVE_INFINITY)), false);
    this.up = new Axis(extreme(Point::y, true), extreme(Point::y, false), figure.isLogarithmic());
    double room = WIDTH - RIGHT - LEFT;
    double all = 0;
    for (int i = 0; i < figure.curves().size() && figure.curves().size() > 1; i++) {
      double entry = entry(i);
      if (legend.isEmpty() || all + entry > room) {
        legend.add(new ArrayList<>());
        all = 0;
      }
      legend.getLast().add(i);
      all += entry;
    }
    this.isBeside = legend.size() <= 1 && TITLE_LETTER * TextWidth.of(figure.title()) + all <= room;
    int below = isBeside ? 0 : LEGEND * legend.size();
    this.top = TOP + below;
    this.height = HEIGHT + below;
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
    return height;
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
    for (int row = 0; row < legend.size(); row++) {
      legend(canvas, legend.get(row), isBeside ? 26 : 26 + LEGEND * (row + 1));
    }
  }

  private void axes(Canvas canvas) {
    int bottom = height - BOTTOM;
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
    canvas.line(List.of(new Point(LEFT, top), new Point(LEFT, bottom), new Point(right, bottom)), 1, Palette.INK);
    canvas.text(right, height - 10, figure.across(), 13, Canvas.Anchor.END, Palette.INK);
  }

  /** Beside its line, on the side that has room. */
  private void mark(Canvas canvas, Mark mark) {
    double x = x(mark.x());
    boolean left = x > (LEFT + WIDTH - RIGHT) / 2.0;
    canvas.line(List.of(new Point(x, top), new Point(x, height - BOTTOM)), 1, Palette.INK);
    canvas.text(left ? x - 5 : x + 5, top + 10, mark.name(), 12, left ? Canvas.Anchor.END : Canvas.Anchor.START, Palette.INK);
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
    return height - BOTTOM - up.share(value) * (height - BOTTOM - top);
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

  /** The width of a curve's name, with its sign and the space before it. */
  private double entry(int curve) {
    return LETTER * TextWidth.of(figure.curves().get(curve).name()) + 36;
  }

  /** At the right, the last one outermost. @param y of the base line */
  private void legend(Canvas canvas, List<Integer> curves, int y) {
    double x = WIDTH - RIGHT;
    for (int i : curves.reversed()) {
      String name = figure.curves().get(i).name();
      canvas.text(x, y, name, 13, Canvas.Anchor.END, Palette.INK);
      double sign = x - LETTER * TextWidth.of(name) - 8;
      if (figure.curves().get(i).isDotted()) {
        canvas.dot(sign - 7, y - 4, 3.2, Palette.colour(i));
      } else {
        canvas.rectangle(sign - 14, y - 6, 14, 4, Palette.colour(i));
      }
      x -= entry(i);
    }
  }
}
