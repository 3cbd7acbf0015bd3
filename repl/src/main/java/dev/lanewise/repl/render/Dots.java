package dev.lanewise.repl.render;

import dev.lanewise.repl.text.Style;

/** A field of the dots of braille letters: two dots wide and four high in each place of the terminal. */
final class Dots {
  private static final int EMPTY = 0x2800;

  /** The bit of each dot in a braille letter, by row and column. */
  private static final int[][] BITS = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};

  private final int width;
  private final int height;
  private final int[][] cells;
  /** The curve that a place shows: the last that goes through it. */
  private final int[][] owner;
  /** Signs that stand where no curve goes; 0 for none. */
  private final char[][] marks;

  /** @param width in places of the terminal, as the height */
  Dots(int width, int height) {
    this.width = width;
    this.height = height;
    this.cells = new int[height][width];
    this.owner = new int[height][width];
    this.marks = new char[height][width];
  }

  /** Dots across. */
  int across() {
    return 2 * width;
  }

  /** Dots down. */
  int down() {
    return 4 * height;
  }

  /** A line between two dots, counted from the upper left. */
  void line(int x0, int y0, int x1, int y1, int curve) {
    int steps = Math.max(1, Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0)));
    for (int i = 0; i <= steps; i++) {
      int x = x0 + (x1 - x0) * i / steps;
      int y = y0 + (y1 - y0) * i / steps;
      cells[y / 4][x / 2] |= BITS[y % 4][x % 2];
      owner[y / 4][x / 2] = curve;
    }
  }

  /** A sign of its own for one dot. A curve that goes through the place hides it. */
  void mark(int x, int y, char sign, int curve) {
    if (cells[y / 4][x / 2] == 0) {
      marks[y / 4][x / 2] = sign;
      owner[y / 4][x / 2] = curve;
    }
  }

  /** A row of places. @param several whether curves are told apart by colour */
  String row(int row, boolean several, Style style) {
    StringBuilder text = new StringBuilder();
    for (int c = 0; c < width; c++) {
      boolean empty = cells[row][c] == 0 && marks[row][c] == 0;
      String letter = empty ? " " : cells[row][c] == 0 ? String.valueOf(marks[row][c]) : Character.toString(EMPTY + cells[row][c]);
      text.append(several && !empty ? style.series(owner[row][c], letter) : letter);
    }
    return text.toString();
  }
}
