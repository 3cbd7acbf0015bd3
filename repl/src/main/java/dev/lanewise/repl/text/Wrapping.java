package dev.lanewise.repl.text;

import dev.lanewise.dsl.language.TextWidth;
import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines. */
public final class Wrapping {
  private static final String NEVER_FIRST = "，。、；：？！）」”’》…";

  private Wrapping() {}

  /** Lines of at most so many columns, if no word is longer. Wide characters are parted without a space. */
  public static List<String> lines(String text, int columns) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String piece : pieces(text)) {
      boolean fits = TextWidth.of(line.toString()) + TextWidth.of(piece.stripTrailing()) <= columns;
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
      boolean apart = points[i] == ' ' || TextWidth.isWide(points[i]) || !last && TextWidth.isWide(points[i + 1]);
      if (last || apart && NEVER_FIRST.indexOf(points[i + 1]) < 0 && points[i + 1] != ' ') {
        pieces.add(piece.toString());
        piece.setLength(0);
      }
    }
    return pieces;
  }
}
