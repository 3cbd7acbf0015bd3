package dev.lanewise.repl.render;

import java.io.PrintStream;
import java.util.List;

/**
 * Some lines at the end of what a terminal shows, drawn over again and again. The cursor rests at the end of the last. A window that has
 * become narrower has wrapped them: they then take more rows than there are lines.
 */
final class LiveLines {
  private static final String START = "\r";
  private static final String REST_OF_LINE = "\u001b[K";
  private static final String REST_OF_SCREEN = "\u001b[J";

  private final PrintStream out;
  private List<Integer> lengths = List.of();
  private int drawnFor;

  LiveLines(PrintStream out) {
    this.out = out;
  }

  /** @param lines each shorter than the window is wide, apart from colours */
  void draw(List<String> lines, int columns) {
    StringBuilder text = new StringBuilder();
    if (columns != drawnFor && !lengths.isEmpty()) {
      text.append(toFirst(columns)).append(REST_OF_SCREEN);
    } else {
      text.append(toFirst(columns));
    }
    for (int i = 0; i < lines.size(); i++) {
      text.append(i == 0 ? "" : "\n").append(lines.get(i)).append(REST_OF_LINE);
    }
    if (lines.size() < lengths.size()) {
      text.append(REST_OF_SCREEN);
    }
    out.print(text);
    out.flush();
    lengths = lines.stream().map(LiveLines::length).toList();
    drawnFor = columns;
  }

  boolean isDrawn() {
    return !lengths.isEmpty();
  }

  void erase(int columns) {
    if (isDrawn()) {
      out.print(toFirst(columns) + REST_OF_SCREEN);
      out.flush();
      lengths = List.of();
    }
  }

  private String toFirst(int columns) {
    int rows = lengths.stream().mapToInt(l -> Math.max(1, (l + columns - 1) / columns)).sum();
    return rows > 1 ? START + "\u001b[" + (rows - 1) + "A" : START;
  }

  /** Places that a line takes: colours take none. */
  static int length(String line) {
    String plain = line.replaceAll("\u001b\\[[0-9;]*m", "");
    return plain.codePointCount(0, plain.length());
  }
}
