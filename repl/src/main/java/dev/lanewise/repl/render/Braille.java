package dev.lanewise.repl.render;

import dev.lanewise.dsl.session.Figure;
import dev.lanewise.dsl.session.Figure.Curve;
import dev.lanewise.dsl.session.Figure.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Curves drawn with the dots of braille letters: two dots wide and four high in each place of the terminal. */
final class Braille {
  private static final int HEIGHT = 14;
  private static final int LABEL = 9;
  private static final int NARROWEST = 20;
  private static final int WIDEST = 100;

  /** The bit of each dot in a braille letter, by row and column. */
  private static final int[][] DOTS = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};

  private final Figure figure;
  private final int width;
  private final double left;
  private final double right;
  private final double bottom;
  private final double top;
  private final int[][] cells;
  /** The curve that a place shows: the last that goes through it. */
  private final int[][] owner;

  private Braille(Figure figure, int columns) {
    this.figure = figure;
    this.width = Math.max(NARROWEST, Math.min(WIDEST, columns) - LABEL - 3);
    this.left = extreme(Point::x, true);
    this.right = extreme(Point::x, false);
    double low = extreme(Point::y, true);
    double high = extreme(Point::y, false);
    // A constant lies in the middle.
    this.bottom = low == high ? low - 1 : low;
    this.top = low == high ? high + 1 : high;
    this.cells = new int[HEIGHT][width];
    this.owner = new int[HEIGHT][width];
  }

  static List<String> lines(Figure figure, int columns, Style style) {
    Braille braille = new Braille(figure, columns);
    for (int i = 0; i < figure.curves().size(); i++) {
      braille.draw(figure.curves().get(i).points(), i);
    }
    return braille.text(style);
  }

  private double extreme(ToDoubleFunction<Point> of, boolean least) {
    var values = figure.curves().stream().map(Curve::points).flatMap(List::stream)
        .filter(Braille::isFinite).mapToDouble(of);
    return (least ? values.min() : values.max()).orElse(0);
  }

  private static boolean isFinite(Point p) {
    return Double.isFinite(p.x()) && Double.isFinite(p.y());
  }

  private void draw(List<Point> points, int curve) {
    for (int i = 0; i < points.size(); i++) {
      Point to = points.get(i);
      Point from = i == 0 ? to : points.get(i - 1);
      if (isFinite(from) && isFinite(to)) {
        line(column(from), row(from), column(to), row(to), curve);
      }
    }
  }

  private int column(Point p) {
    return right == left ? 0 : (int) Math.round((p.x() - left) / (right - left) * (2 * width - 1));
  }

  private int row(Point p) {
    return (int) Math.round((top - p.y()) / (top - bottom) * (4 * HEIGHT - 1));
  }

  private void line(int x0, int y0, int x1, int y1, int curve) {
    int steps = Math.max(1, Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0)));
    for (int i = 0; i <= steps; i++) {
      int x = x0 + (x1 - x0) * i / steps;
      int y = y0 + (y1 - y0) * i / steps;
      cells[y / 4][x / 2] |= DOTS[y % 4][x % 2];
      owner[y / 4][x / 2] = curve;
    }
  }

  private List<String> text(Style style) {
    List<String> lines = new ArrayList<>();
    lines.add(style.strong(figure.title()) + legend(style));
    for (int r = 0; r < HEIGHT; r++) {
      String label = r == 0 ? number(top) : r == HEIGHT - 1 ? number(bottom) : r == HEIGHT / 2 ? number((top + bottom) / 2) : "";
      StringBuilder line = new StringBuilder(" ".repeat(LABEL - label.length())).append(label).append(" ┤");
      for (int c = 0; c < width; c++) {
        String letter = cells[r][c] == 0 ? " " : Character.toString(0x2800 + cells[r][c]);
        line.append(figure.curves().size() > 1 && cells[r][c] != 0 ? style.series(owner[r][c], letter) : letter);
      }
      lines.add(line.toString().stripTrailing());
    }
    String from = number(left);
    String to = figure.across() + " " + number(right);
    lines.add(" ".repeat(LABEL + 2) + from + " ".repeat(Math.max(1, width - from.length() - to.length())) + to);
    return lines;
  }

  private String legend(Style style) {
    StringBuilder legend = new StringBuilder();
    for (int i = 0; i < figure.curves().size() && figure.curves().size() > 1; i++) {
      legend.append("  ").append(style.series(i, figure.curves().get(i).name()));
    }
    return legend.toString();
  }

  private static String number(double value) {
    double size = Math.abs(value);
    return size != 0 && (size >= 1e5 || size < 1e-3)
        ? String.format(Locale.ROOT, "%.2e", value)
        : String.format(Locale.ROOT, size >= 100 ? "%.1f" : "%.4g", value);
  }
}
