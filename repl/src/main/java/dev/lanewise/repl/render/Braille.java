package dev.lanewise.repl.render;

import dev.lanewise.dsl.exhibit.Figure;
import dev.lanewise.dsl.exhibit.Figure.Curve;
import dev.lanewise.dsl.exhibit.Figure.Point;
import dev.lanewise.dsl.language.TextWidth;
import dev.lanewise.repl.text.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Curves drawn with dots, between axes. */
final class Braille {
  private static final int HEIGHT = 14;
  private static final int LABEL = 9;
  private static final int NARROWEST = 20;
  private static final int WIDEST = 100;
  /** More fill the field. */
  private static final int MOST_MARKS = 80;
  /** For points by themselves, so that they are not taken for a curve where there are no colours. */
  private static final String SIGNS = "·x+o";

  private final Figure figure;
  private final int width;
  private final int height;
  private final double left;
  private final double right;
  private final boolean logarithmic;
  /** On the axis as it is drawn. */
  private final double bottom;
  private final double top;
  private final Dots dots;

  private Braille(Figure figure, int columns, int height) {
    this.figure = figure;
    this.width = Math.max(NARROWEST, Math.min(WIDEST, columns)) - LABEL - 3;
    this.height = height;
    this.left = extreme(Point::x, true);
    this.right = extreme(Point::x, false);
    this.logarithmic = figure.isLogarithmic();
    double low = onAxis(extreme(Point::y, true));
    double high = onAxis(extreme(Point::y, false));
    // A constant lies in the middle.
    this.bottom = low == high ? low - 1 : low;
    this.top = low == high ? high + 1 : high;
    this.dots = new Dots(width, height);
    for (int i = 0; i < figure.curves().size(); i++) {
      if (!figure.curves().get(i).isDotted()) {
        draw(figure.curves().get(i).points(), i);
      }
    }
    for (int i = 0; i < figure.curves().size(); i++) {
      if (figure.curves().get(i).isDotted()) {
        mark(figure.curves().get(i).points(), i);
      }
    }
  }

  /** With its title, of the usual height. */
  static List<String> lines(Figure figure, int columns, Style style) {
    List<String> lines = new ArrayList<>(title(figure, columns, style));
    lines.addAll(new Braille(figure, columns, HEIGHT).text(style));
    return lines;
  }

  /** Curve and axes alone. @param height of the curve, in lines */
  static List<String> curve(Figure figure, int columns, int height, Style style) {
    return new Braille(figure, columns, height).text(style);
  }

  private double extreme(ToDoubleFunction<Point> of, boolean least) {
    var values = figure.curves().stream().map(Curve::points).flatMap(List::stream)
        .filter(Braille::isFinite).mapToDouble(of);
    return (least ? values.min() : values.max()).orElse(0);
  }

  private double onAxis(double y) {
    return logarithmic ? Math.log(y) : y;
  }

  private String label(double onAxis) {
    return number(logarithmic ? Math.exp(onAxis) : onAxis);
  }

  private static boolean isFinite(Point p) {
    return Double.isFinite(p.x()) && Double.isFinite(p.y());
  }

  private void draw(List<Point> points, int curve) {
    for (int i = 0; i < points.size(); i++) {
      Point to = points.get(i);
      Point from = i == 0 ? to : points.get(i - 1);
      if (isFinite(from) && isFinite(to)) {
        dots.line(column(from), row(from), column(to), row(to), curve);
      }
    }
  }

  private void mark(List<Point> points, int curve) {
    for (Point p : points.subList(0, Math.min(MOST_MARKS, points.size()))) {
      if (isFinite(p)) {
        dots.mark(column(p), row(p), sign(figure, curve), curve);
      }
    }
  }

  /** By how many such there are before it. */
  private static char sign(Figure figure, int curve) {
    long before = figure.curves().subList(0, curve).stream().filter(Curve::isDotted).count();
    return SIGNS.charAt((int) (before % SIGNS.length()));
  }

  private int column(Point p) {
    return right == left ? 0 : (int) Math.round((p.x() - left) / (right - left) * (dots.across() - 1));
  }

  private int row(Point p) {
    return (int) Math.round((top - onAxis(p.y())) / (top - bottom) * (dots.down() - 1));
  }

  private List<String> text(Style style) {
    List<String> lines = new ArrayList<>();
    for (int r = 0; r < height; r++) {
      String label = r == 0 ? label(top) : r == height - 1 ? label(bottom) : r == height / 2 ? label((top + bottom) / 2) : "";
      lines.add((" ".repeat(LABEL - label.length()) + label + " ┤" + dots.row(r, figure.curves().size() > 1, style)).stripTrailing());
    }
    String from = number(left);
    String to = figure.across() + " " + number(right);
    lines.add(" ".repeat(LABEL + 2) + from + " ".repeat(Math.max(1, width - from.length() - TextWidth.of(to))) + to);
    return lines;
  }

  /** The title, and behind it the names of the curves; on a line of their own where they do not fit. */
  private static List<String> title(Figure figure, int columns, Style style) {
    StringBuilder legend = new StringBuilder();
    int length = TextWidth.of(figure.title());
    for (int i = 0; i < figure.curves().size() && figure.curves().size() > 1; i++) {
      Curve curve = figure.curves().get(i);
      String name = curve.isDotted() ? sign(figure, i) + " " + curve.name() : curve.name();
      length += 2 + TextWidth.of(name);
      legend.append(length < columns ? "  " : "\n  ").append(style.series(i, name));
      length = length < columns ? length : 2 + TextWidth.of(name);
    }
    return (style.strong(figure.title()) + legend).lines().toList();
  }

  private static String number(double value) {
    double size = Math.abs(value);
    return size != 0 && (size >= 1e5 || size < 1e-3)
        ? String.format(Locale.ROOT, "%.2e", value)
        : String.format(Locale.ROOT, size >= 100 ? "%.1f" : "%.4g", value);
  }
}
