package dev.lanewise.repl.render;

import dev.lanewise.dsl.session.Table;
import java.util.ArrayList;
import java.util.List;

/** A table as lines of text: two spaces between columns, numbers to the right, words to the left. */
public final class Columns {
  private Columns() {}

  public static List<String> lines(Table table, Style style) {
    int[] widths = widths(table);
    boolean[] numeric = numeric(table);
    List<String> lines = new ArrayList<>();
    if (!table.title().isEmpty()) {
      lines.add(style.strong(table.title()));
    }
    if (!table.header().isEmpty()) {
      lines.add(style.faint(line(table.header(), widths, numeric)));
    }
    table.rows().forEach(row -> lines.add(line(row, widths, numeric)));
    return lines;
  }

  private static int[] widths(Table table) {
    List<List<String>> all = new ArrayList<>(table.rows());
    all.add(table.header());
    int columns = all.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    for (List<String> row : all) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], length(row.get(i)));
      }
    }
    return widths;
  }

  /** A column is numeric if no cell holds a word; percentages and shapes count as numbers. */
  private static boolean[] numeric(Table table) {
    boolean[] numeric = new boolean[widths(table).length];
    for (int i = 0; i < numeric.length; i++) {
      int column = i;
      numeric[i] = table.rows().stream()
          .filter(row -> row.size() > column)
          .allMatch(row -> row.get(column).matches("[-+]?[0-9][0-9,.x]*([eE][-+]?[0-9]+)?( %)?|-|NaN|-?Infinity|"));
    }
    return numeric;
  }

  private static String line(List<String> cells, int[] widths, boolean[] numeric) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String blanks = " ".repeat(widths[i] - length(cells.get(i)));
      line.append("  ");
      line.append(numeric[i] ? blanks + cells.get(i) : cells.get(i) + blanks);
    }
    return line.toString().stripTrailing();
  }

  private static int length(String text) {
    return Wrapping.columns(text);
  }
}
