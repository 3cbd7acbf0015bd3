package dev.lanewise.dsl.draw;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Rows in columns, so that a deep network fits a page. What passes from the foot of a column to the head of the next goes up between them, the arrow that
 * is farthest left outermost: so none crosses another.
 */
final class Columns {
  /** A sheet of A4 at 96 pixels an inch, without its margins. */
  private static final double PAGE = 1_050;
  /** Its long side by its short one. */
  private static final double SHEET = Math.sqrt(2);
  private static final int BESIDE = 16;

  /**
   * @param at the middle of each lane, from the left of the column
   * @param beside where arrows go in a lane that have it for themselves: near to the lane before
   * @param leaving the lanes whose arrows go on in the next column
   */
  record Column(int from, int to, double width, double height, Map<Integer, Double> at, Map<Integer, Double> beside, List<Integer> leaving) {
    /** Room at the side where arrows go to the next column. */
    double gutter() {
      return leaving.isEmpty() ? 0 : leaving.size() * Rows.TRACK + 2.0 * BESIDE;
    }

    /** Room below. */
    double foot() {
      return leaving.isEmpty() ? 0 : (leaving.size() + 1.0) * Rows.TRACK;
    }
  }

  private final Rows rows;
  private final double[] height;
  /** Lanes in which arrows go through the gap below a row. */
  private final List<NavigableSet<Integer>> passing = new ArrayList<>();
  /** Frames that go on below a row. */
  private final int[] open;
  private final double[] room;

  private Columns(Rows rows) {
    this.rows = rows;
    this.height = new double[rows.lanes.rows];
    for (int r = 0; r < height.length; r++) {
      height[r] = rows.above(r) + rows.rowHeight(r) + rows.below(r);
      passing.add(new TreeSet<>());
    }
    for (int a = 0; a < rows.port.length; a++) {
      Drawing.Arrow arrow = rows.drawing.arrows().get(a);
      for (int r = rows.lanes.row[arrow.from()]; r < rows.lanes.row[arrow.to()]; r++) {
        passing.get(r).add(rows.lanes.by[a]);
      }
    }
    this.open = new int[height.length];
    for (int f = 0; f < rows.drawing.frames().size(); f++) {
      for (int r = rows.first(f); r < rows.last(f); r++) {
        open[r]++;
      }
    }
    this.room = new double[rows.nested.length];
    for (int b = 0; b < room.length; b++) {
      room[b] = rows.room(b);
    }
  }

  /** As few columns as fit a page; if none do, as many as come nearest to it. */
  static List<Column> of(Rows rows) {
    Columns columns = new Columns(rows);
    List<Column> best = columns.cut(1);
    for (int count = 2; pages(best) > 1 && count <= rows.lanes.rows; count++) {
      List<Column> cut = columns.cut(count);
      if (width(cut) / PAGE > pages(best)) {
        return best;
      }
      best = pages(cut) < pages(best) ? cut : best;
    }
    return best;
  }

  private static double width(List<Column> columns) {
    return columns.stream().mapToDouble(c -> c.width() + c.gutter()).sum();
  }

  /** How far the longer side goes beyond that of a page, upright or lying. */
  private static double pages(List<Column> columns) {
    double height = columns.stream().mapToDouble(c -> c.height() + 2 * c.foot()).max().orElse(0) / PAGE;
    double width = width(columns) / PAGE;
    return Math.min(Math.max(height, width * SHEET), Math.max(height * SHEET, width));
  }

  /** Into so many columns of about one height, where few arrows pass and no frame is cut, if that can be had. */
  private List<Column> cut(int count) {
    List<Column> columns = new ArrayList<>();
    double rest = sum(0, height.length);
    int from = 0;
    for (int left = count; left > 1 && from < height.length - 1; left--) {
      double wanted = rest / left;
      int best = from;
      double least = Double.POSITIVE_INFINITY;
      double so = 0;
      for (int r = from; r < height.length - 1; r++) {
        so += height[r];
        double cost = Math.abs(so - wanted) + 30 * passing.get(r).size() + 200 * open[r];
        if (cost < least) {
          least = cost;
          best = r;
        }
        if (so > 1.3 * wanted) {
          break;
        }
      }
      columns.add(column(from, best));
      rest -= sum(from, best + 1);
      from = best + 1;
    }
    columns.add(column(from, height.length - 1));
    return columns;
  }

  private double sum(int from, int to) {
    double sum = 0;
    for (int r = from; r < to; r++) {
      sum += height[r];
    }
    return sum;
  }

  private Column column(int from, int to) {
    TreeMap<Integer, Double> widths = new TreeMap<>();
    Map<Integer, Double> beside = new TreeMap<>();
    for (int b = 0; b < room.length; b++) {
      int row = rows.lanes.row[b];
      if (row >= from && row <= to) {
        widths.merge(rows.lanes.lane[b], room[b], Math::max);
      }
    }
    for (int a = 0; a < rows.port.length; a++) {
      Drawing.Arrow arrow = rows.drawing.arrows().get(a);
      if (rows.lanes.row[arrow.from()] <= to && rows.lanes.row[arrow.to()] >= from) {
        double around = Rows.CLOSING * rows.nested[arrow.to()];
        widths.merge(rows.lanes.by[a], 2 * around, Math::max);
        beside.merge(rows.lanes.by[a], around, Math::max);
      }
    }
    Map<Integer, Double> at = new TreeMap<>();
    double x = 0;
    for (Map.Entry<Integer, Double> lane : widths.entrySet()) {
      at.put(lane.getKey(), x + lane.getValue() / 2);
      double end = lane.getKey() < 0 ? lane.getValue() - beside.getOrDefault(lane.getKey(), 0.0) : beside.getOrDefault(lane.getKey(), 0.0);
      beside.put(lane.getKey(), x + end);
      x += lane.getValue() + BESIDE;
    }
    List<Integer> leaving = to == height.length - 1 ? List.of() : List.copyOf(passing.get(to));
    return new Column(from, to, x - BESIDE, sum(from, to + 1), at, beside, leaving);
  }
}
