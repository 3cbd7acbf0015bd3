package dev.lanewise.repl.text;

import dev.lanewise.dsl.language.TextWidth;
import java.util.List;

/**
 * Some lines at the end of what a terminal shows, drawn over again and again. The cursor rests at the end of the last. A window that has
 * become narrower has wrapped them: they then take more rows than there are lines.
 */
public final class LiveLines {
  private static final String START = "\r";
  private static final String REST_OF_LINE = "\u001b[K";
  private static final String DOWN = "\u001b[B";

  private final Output out;
  private List<Integer> lengths = List.of();
  private int drawnFor;

  public LiveLines(Output out) {
    this.out = out;
  }

  /** @param lines each shorter than the window is wide, apart from colours */
  public void draw(List<String> lines, Window window) {
    if (window.columns() != drawnFor || lines.size() < lengths.size()) {
      erase(window);
    }
    out.order(START + up(lengths.size() - 1));
    for (int i = 0; i < lines.size(); i++) {
      out.print((i == 0 ? "" : "\n") + lines.get(i));
      out.order(REST_OF_LINE);
    }
    out.flush();
    lengths = lines.stream().map(LiveLines::length).toList();
    drawnFor = window.columns();
  }

  public boolean isDrawn() {
    return !lengths.isEmpty();
  }

  /**
   * Line by line: some terminals take the order to erase the rest of a whole screen as one to keep it for scrolling back, and each picture
   * of a training would pile up there.
   */
  public void erase(Window window) {
    if (!isDrawn()) {
      return;
    }
    int columns = window.columns();
    int rows = lengths.stream().mapToInt(l -> Math.max(1, (l + columns - 1) / columns)).sum();
    // What has been pushed out above cannot be reached.
    rows = window.isTerminal() ? Math.min(rows, window.rows()) : rows;
    out.order(START + up(rows - 1) + REST_OF_LINE + (DOWN + REST_OF_LINE).repeat(rows - 1) + up(rows - 1));
    out.flush();
    lengths = List.of();
  }

  private static String up(int rows) {
    return rows > 0 ? "\u001b[" + rows + "A" : "";
  }

  /** Columns that a line takes: colours take none. */
  public static int length(String line) {
    return TextWidth.of(Style.without(line));
  }
}
