package dev.lanewise.dsl.draw;

import dev.lanewise.dsl.chart.Canvas;
import dev.lanewise.dsl.chart.Chart;
import dev.lanewise.dsl.draw.Columns.Column;
import dev.lanewise.dsl.exhibit.Figure.Point;
import dev.lanewise.dsl.exhibit.Palette;
import dev.lanewise.dsl.language.Phrases;
import dev.lanewise.dsl.meaning.CheckedNet;
import java.util.ArrayList;
import java.util.List;

/**
 * A network as boxes and arrows, from top to bottom, a deep one in several columns. Blocks are boxes of their own, or frames around their layers.
 *
 * <pre>{@code ChartFile.write(new NetChart(net, 0, Phrases.ENGLISH), Path.of("net.svg"), Phrases.ENGLISH); }</pre>
 */
public final class NetChart implements Chart {
  private static final int MARGIN = 20;
  private static final int TITLE = 44;
  private static final int TITLE_SIZE = 15;
  private static final double BEND = 5;
  private static final int LINE = 0x5a6068;
  private static final int EDGE = 0x6b7a90;
  private static final int SIDE = 0xb4bdcc;
  private static final int INSIDE = 0xf7f8fb;

  /** A rectangle, by its upper left. */
  record Area(double x, double y, double width, double height) {}

  private final Rows rows;
  private final List<Column> columns;
  private final double[] left;
  private final double[] top;
  /** Of each row, and the column that it stands in. */
  private final double[] y;
  private final int[] column;

  /**
   * @param depth so many blocks inside each other are open
   * @param phrases in which its words are said: longer words need more room
   */
  public NetChart(CheckedNet net, int depth, Phrases phrases) {
    this.rows = new Rows(Drawing.of(net, depth), phrases);
    this.columns = Columns.of(rows);
    this.left = new double[columns.size()];
    this.top = new double[columns.size()];
    this.y = new double[rows.lanes.rows];
    this.column = new int[y.length];
    double x = (width() - all()) / 2;
    for (int c = 0; c < columns.size(); c++) {
      Column here = columns.get(c);
      left[c] = x;
      top[c] = TITLE + (c == 0 ? 0 : columns.get(c - 1).foot());
      double at = top[c];
      for (int r = here.from(); r <= here.to(); r++) {
        y[r] = at + rows.above(r);
        column[r] = c;
        at = y[r] + rows.rowHeight(r) + rows.below(r);
      }
      x += here.width() + here.gutter();
    }
  }

  @Override
  public int width() {
    return (int) Math.ceil(Math.max(all(), rows.width(rows.drawing.title(), TITLE_SIZE)) + 2 * MARGIN);
  }

  private double all() {
    return columns.stream().mapToDouble(c -> c.width() + c.gutter()).sum();
  }

  @Override
  public int height() {
    double most = 0;
    for (int c = 0; c < columns.size(); c++) {
      most = Math.max(most, bottom(c) + columns.get(c).foot());
    }
    return (int) Math.ceil(most + MARGIN);
  }

  @Override
  public void draw(Canvas canvas) {
    canvas.text(MARGIN, 26, rows.drawing.title(), TITLE_SIZE, Canvas.Anchor.START, Palette.INK);
    for (int f = 0; f < rows.drawing.frames().size(); f++) {
      frame(canvas, f);
    }
    for (int a = 0; a < rows.port.length; a++) {
      arrow(canvas, a);
    }
    for (int f = 0; f < rows.drawing.frames().size(); f++) {
      header(canvas, f);
    }
    for (int b = 0; b < rows.nested.length; b++) {
      box(canvas, b);
    }
  }

  private double bottom(int c) {
    return top[c] + columns.get(c).height();
  }

  /** Where an arrow goes down a column. */
  private double x(int arrow, int c) {
    Column here = columns.get(c);
    return left[c] + (rows.lanes.skips(arrow) ? here.beside() : here.at()).get(rows.lanes.by[arrow]);
  }

  private double middle(int box) {
    return left[columnOf(box)] + columns.get(columnOf(box)).at().get(rows.lanes.lane[box]);
  }

  private int columnOf(int box) {
    return column[rows.lanes.row[box]];
  }

  private double topOf(int box) {
    int row = rows.lanes.row[box];
    return y[row] + (rows.rowHeight(row) - rows.height(box)) / 2.0;
  }

  private double foot(int row) {
    return y[row] + rows.rowHeight(row);
  }

  /** The left and right end of a frame's part in a column. */
  private double[] sides(int f, int c) {
    Drawing.Frame frame = rows.drawing.frames().get(f);
    double[] sides = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    for (int b = frame.first(); b <= frame.last(); b++) {
      if (columnOf(b) == c) {
        include(sides, middle(b), rows.room(b) / 2 - Rows.CLOSING * rows.nested[b]);
      }
      for (int a : rows.lanes.leaving(b)) {
        int to = rows.drawing.arrows().get(a).to();
        if (to <= frame.last() && columnOf(b) <= c && columnOf(to) >= c) {
          include(sides, x(a, c), 0);
        }
      }
    }
    for (int a : rows.skippingInto(f)) {
      if (columnOf(rows.drawing.arrows().get(a).to()) >= c) {
        include(sides, x(a, c), 0);
      }
    }
    // An outer frame is wider than those in it.
    double padding = Rows.CLOSING * rows.inner[f] - 2.0;
    return new double[] {sides[0] - padding, sides[1] + padding};
  }

  private static void include(double[] sides, double middle, double half) {
    sides[0] = Math.min(sides[0], middle - half);
    sides[1] = Math.max(sides[1], middle + half);
  }

  private void frame(Canvas canvas, int f) {
    for (int c = column[rows.first(f)]; c <= column[rows.last(f)]; c++) {
      double[] sides = sides(f, c);
      double from = c == column[rows.first(f)] ? y[rows.first(f)] - rows.headerAt(f) : top[c];
      double to = c == column[rows.last(f)] ? foot(rows.last(f)) + rows.closingAt(f) : bottom(c);
      outlined(canvas, sides[0], from, sides[1] - sides[0], to - from, INSIDE, SIDE);
    }
  }

  private void header(Canvas canvas, int f) {
    int row = rows.first(f);
    double[] sides = sides(f, column[row]);
    double from = y[row] - rows.headerAt(f);
    outlined(canvas, sides[0], from, sides[1] - sides[0], Rows.HEADER - 3, 0xe4e9f2, SIDE);
    canvas.text((sides[0] + sides[1]) / 2, from + 14, rows.drawing.frames().get(f).title(), Rows.TITLE_SIZE, Canvas.Anchor.MIDDLE, Palette.INK);
  }

  private void box(Canvas canvas, int b) {
    Drawing.Box box = rows.drawing.boxes().get(b);
    Area area = area(b);
    int fill = switch (box.kind()) {
      case END -> 0xeeeeee;
      case LAYER -> 0xfbfbf6;
      case TRAINED -> 0xdce9fb;
      case BLOCK, SEVERAL -> 0xe3f1e1;
    };
    if (box.kind() == Drawing.Kind.SEVERAL) {
      outlined(canvas, area.x() + Rows.BEHIND, area.y() + Rows.BEHIND, area.width(), area.height(), fill, EDGE);
    }
    outlined(canvas, area.x(), area.y(), area.width(), area.height(), fill, EDGE);
    boolean two = !box.detail().isEmpty();
    canvas.text(middle(b), area.y() + (two ? 17 : 16.5), box.title(), Rows.TITLE_SIZE, Canvas.Anchor.MIDDLE, Palette.INK);
    if (two) {
      canvas.text(middle(b), area.y() + 32, box.detail(), Rows.DETAIL_SIZE, Canvas.Anchor.MIDDLE, LINE);
    }
    if (!rows.shape[b].isEmpty()) {
      Area shape = shape(b);
      canvas.text(shape.x(), shape.y() + shape.height(), rows.shape[b], Rows.DETAIL_SIZE, Canvas.Anchor.START, LINE);
    }
  }

  /** Where a box stands. */
  Area area(int box) {
    return new Area(middle(box) - rows.width(box) / 2, topOf(box), rows.width(box), rows.height(box));
  }

  /** Where the shape is written that leaves a box. */
  Area shape(int box) {
    int row = rows.lanes.row[box];
    double width = rows.width(rows.shape[box], Rows.DETAIL_SIZE);
    return new Area(middle(box) + 5, foot(row) + rows.shapeAt(row) - Rows.DETAIL_SIZE + 2, width, Rows.DETAIL_SIZE - 2.0);
  }

  Drawing drawing() {
    return rows.drawing;
  }

  private static void outlined(Canvas canvas, double x, double y, double width, double height, int fill, int edge) {
    List<Point> around = Bends.round(
        List.of(new Point(x, y), new Point(x + width, y), new Point(x + width, y + height), new Point(x, y + height)), BEND, true);
    canvas.area(around, fill);
    List<Point> closed = new ArrayList<>(around);
    closed.add(around.getFirst());
    canvas.line(closed, 1, edge);
  }

  private void arrow(Canvas canvas, int a) {
    Drawing.Arrow arrow = rows.drawing.arrows().get(a);
    List<Point> through = through(a);
    canvas.line(Bends.round(through, BEND, false), 1.2, LINE);
    Point tip = through.getLast();
    canvas.area(List.of(tip, new Point(tip.x() - 3.5, tip.y() - 8), new Point(tip.x() + 3.5, tip.y() - 8)), LINE);
    if (rows.lanes.by[a] != rows.lanes.lane[arrow.from()] && rows.lanes.leaving(arrow.from()).size() > 1) {
      canvas.dot(middle(arrow.from()), foot(rows.lanes.row[arrow.from()]) + rows.forkAt(arrow.from()), 3, LINE);
    }
  }

  /** The corners of an arrow. */
  List<Point> through(int a) {
    Drawing.Arrow arrow = rows.drawing.arrows().get(a);
    int lane = rows.lanes.by[a];
    int row = rows.lanes.row[arrow.from()];
    int end = rows.lanes.row[arrow.to()];
    List<Point> through = new ArrayList<>(List.of(new Point(middle(arrow.from()), topOf(arrow.from()) + rows.height(arrow.from()))));
    if (lane != rows.lanes.lane[arrow.from()]) {
      sideways(through, foot(row) + rows.forkAt(arrow.from()), x(a, column[row]));
    }
    for (int c = column[row]; c < column[end]; c++) {
      passOn(through, c, a);
    }
    double x = middle(arrow.to()) + rows.port[a];
    if (lane != rows.lanes.lane[arrow.to()]) {
      sideways(through, y[end] - rows.mergeAt(a), x);
    }
    through.add(new Point(x, topOf(arrow.to())));
    return through;
  }

  private static void sideways(List<Point> through, double y, double x) {
    through.add(new Point(through.getLast().x(), y));
    through.add(new Point(x, y));
  }

  /** From the foot of a column up to the head of the next. */
  private void passOn(List<Point> through, int c, int arrow) {
    Column here = columns.get(c);
    int fromRight = here.leaving().size() - here.leaving().indexOf(rows.lanes.by[arrow]);
    double between = left[c] + here.width() + here.gutter() / 2 + (fromRight - 0.5 - here.leaving().size() / 2.0) * Rows.TRACK;
    sideways(through, bottom(c) + fromRight * Rows.TRACK, between);
    sideways(through, top[c + 1] - (here.leaving().size() + 1 - fromRight) * Rows.TRACK, x(arrow, c + 1));
  }
}
