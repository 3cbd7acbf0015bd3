package dev.lanewise.repl.text;

import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.language.Printable;
import dev.lanewise.dsl.language.TextWidth;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table as lines of text: two spaces between columns, numbers to the right, words to the left. In a window that is too narrow one space
 * must do; columns that still do not fit follow below, behind the first column again.
 */
public final class Columns {
  private final Table table;
  private final Style style;
  private final int[] widths;
  private final boolean[] numeric;

  private Columns(Table table, Style style) {
    this.table = inLines(table);
    this.style = style;
    this.widths = widths(this.table);
    this.numeric = numeric();
  }

  public static List<String> lines(Table table, Window window, Style style) {
    Columns columns = new Columns(table, style);
    List<String> lines = new ArrayList<>();
    if (!table.title().isEmpty()) {
      lines.add(style.strong(columns.table.title()));
    }
    int room = window.isTerminal() ? window.columns() - 1 : Integer.MAX_VALUE;
    int gap = columns.width(columns.all(), 2) <= room ? 2 : 1;
    columns.groups(room, gap).forEach(g -> columns.group(g, gap, lines));
    return lines;
  }

  /** A cell is one line, and as wide as it is shown. */
  private static Table inLines(Table table) {
    return new Table(
        Printable.line(table.title()),
        table.header().stream().map(Printable::line).toList(),
        table.rows().stream().map(r -> r.stream().map(Printable::line).toList()).toList(),
        table.tones());
  }

  private List<Integer> all() {
    return IntStream.range(0, widths.length).boxed().toList();
  }

  private int width(List<Integer> group, int gap) {
    return group.stream().mapToInt(i -> widths[i] + gap).sum();
  }

  /** Which columns stand beside each other. */
  private List<List<Integer>> groups(int room, int gap) {
    List<List<Integer>> groups = new ArrayList<>();
    List<Integer> group = new ArrayList<>();
    for (int i : all()) {
      if (group.size() > 1 && width(group, gap) + widths[i] + gap > room) {
        groups.add(group);
        group = new ArrayList<>(List.of(0));
      }
      group.add(i);
    }
    groups.add(group);
    return groups;
  }

  private void group(List<Integer> group, int gap, List<String> lines) {
    if (!table.header().isEmpty()) {
      lines.add(style.faint(line(table.header(), -1, group, gap)));
    }
    for (int r = 0; r < table.rows().size(); r++) {
      lines.add(line(table.rows().get(r), r, group, gap));
    }
  }

  private static int[] widths(Table table) {
    List<List<String>> all = new ArrayList<>(table.rows());
    all.add(table.header());
    int columns = all.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    for (List<String> row : all) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], TextWidth.of(row.get(i)));
      }
    }
    return widths;
  }

  /** A column is numeric if no cell holds a word; percentages and shapes count as numbers. */
  private boolean[] numeric() {
    boolean[] found = new boolean[widths.length];
    for (int i = 0; i < found.length; i++) {
      int column = i;
      found[i] = table.rows().stream()
          .filter(row -> row.size() > column)
          .allMatch(row -> row.get(column).matches("[-+]?[0-9][0-9,.x]*([eE][-+]?[0-9]+)?( %)?|-|NaN|-?Infinity|"));
    }
    return found;
  }

  /** @param row -1 for the header */
  private String line(List<String> cells, int row, List<Integer> group, int gap) {
    StringBuilder line = new StringBuilder();
    for (int i : group) {
      if (i < cells.size()) {
        String blanks = " ".repeat(widths[i] - TextWidth.of(cells.get(i)));
        line.append(" ".repeat(gap));
        String cell = row < 0 || cells.get(i).isEmpty() ? cells.get(i) : toned(cells.get(i), table.tone(row, i));
        line.append(numeric[i] ? blanks + cell : cell + blanks);
      }
    }
    return line.toString().stripTrailing();
  }

  private String toned(String cell, Table.Tone tone) {
    return switch (tone) {
      case PLAIN -> cell;
      case GOOD -> style.good(cell);
      case SLIGHT -> style.faint(cell);
      case BAD -> style.bad(cell);
    };
  }
}
