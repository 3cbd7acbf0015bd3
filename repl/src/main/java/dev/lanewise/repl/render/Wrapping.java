package dev.lanewise.repl.render;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines. */
public final class Wrapping {
  private static final String NEVER_FIRST = "，。、；：？！）」”’》…";

  private Wrapping() {}

  /** The columns that a text takes: two for each wide character. */
  public static int columns(String text) {
    return text.codePoints().map(c -> isWide(c) ? 2 : 1).sum();
  }

  /** Lines of at most so many columns, if no word is longer. Wide characters are parted without a space. */
  public static List<String> lines(String text, int columns) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String piece : pieces(text)) {
      boolean fits = columns(line.toString()) + columns(piece.stripTrailing()) <= columns;
      if (!fits && !line.isEmpty()) {
        lines.add(line.toString().stripTrailing());
        line.setLength(0);
      }
      line.append(piece);
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }

  /** Words with the space behind them, and wide characters with the punctuation behind them. */
  private static List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    int[] points = text.replaceAll("\\s+", " ").strip().codePoints().toArray();
    for (int i = 0; i < points.length; i++) {
      piece.appendCodePoint(points[i]);
      boolean last = i + 1 == points.length;
      boolean apart = points[i] == ' ' || isWide(points[i]) || !last && isWide(points[i + 1]);
      if (last || apart && NEVER_FIRST.indexOf(points[i + 1]) < 0 && points[i + 1] != ' ') {
        pieces.add(piece.toString());
        piece.setLength(0);
      }
    }
    return pieces;
  }

  private static boolean isWide(int c) {
    return c >= 0x1100 && c <= 0x115F || c >= 0x2E80 && c <= 0xA4CF || c >= 0xAC00 && c <= 0xD7A3
        || c >= 0xF900 && c <= 0xFAFF || c >= 0xFE30 && c <= 0xFE6F || c >= 0xFF00 && c <= 0xFF60
        || c >= 0xFFE0 && c <= 0xFFE6 || c >= 0x20000 && c <= 0x3FFFD;
  }
}
