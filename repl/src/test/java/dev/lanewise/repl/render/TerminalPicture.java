package dev.lanewise.repl.render;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a terminal shows of what was written to it: text, carriage return, line end, colours (left out), cursor up, down, erasing to the end of
 * the line. When its width changes it wraps its lines anew, as most terminals do; the cursor stays with its text.
 */
final class TerminalPicture {
  private static final Pattern SEQUENCE = Pattern.compile("\u001b\\[([0-9;]*)([A-Za-z])");

  private int columns;
  /** Of rows; the flag beside says whether a row goes on in the next. */
  private final List<StringBuilder> rows = new ArrayList<>(List.of(new StringBuilder()));
  private final List<Boolean> goesOn = new ArrayList<>(List.of(false));
  private int row;
  private int column;

  TerminalPicture(int columns) {
    this.columns = columns;
  }

  void write(String text) {
    Matcher sequence = SEQUENCE.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (sequence.region(at, text.length()).lookingAt()) {
        control(sequence.group(1), sequence.group(2).charAt(0));
        at = sequence.end();
      } else {
        int letter = text.codePointAt(at);
        put(letter);
        at += Character.charCount(letter);
      }
    }
  }

  private void put(int letter) {
    if (letter == '\r') {
      column = 0;
    } else if (letter == '\n') {
      // Terminals get a carriage return before it from the system.
      down();
      column = 0;
    } else {
      if (column == columns) {
        goesOn.set(row, true);
        down();
        column = 0;
      }
      StringBuilder line = rows.get(row);
      while (line.length() <= column) {
        line.append(' ');
      }
      line.setCharAt(column++, (char) letter);
    }
  }

  private void down() {
    row++;
    if (row == rows.size()) {
      rows.add(new StringBuilder());
      goesOn.add(false);
    }
  }

  private void control(String number, char kind) {
    switch (kind) {
      case 'm' -> { }
      case 'B' -> row = Math.min(rows.size() - 1, row + 1);
      case 'A' -> row = Math.max(0, row - Integer.parseInt(number));
      case 'K' -> {
        rows.get(row).setLength(Math.min(column, rows.get(row).length()));
        goesOn.set(row, false);
      }
      default -> throw new IllegalArgumentException("unknown sequence " + number + kind);
    }
  }

  void resize(int wanted) {
    List<StringBuilder> whole = new ArrayList<>();
    int line = 0;
    int offset = 0;
    for (int r = 0; r < rows.size(); r++) {
      boolean joins = r > 0 && goesOn.get(r - 1);
      if (!joins) {
        whole.add(new StringBuilder());
      }
      if (r == row) {
        line = whole.size() - 1;
        offset = whole.getLast().length() + column;
      }
      whole.getLast().append(rows.get(r));
    }
    rows.clear();
    goesOn.clear();
    columns = wanted;
    for (int i = 0; i < whole.size(); i++) {
      StringBuilder text = whole.get(i);
      int pieces = Math.max(1, (text.length() + columns - 1) / columns);
      for (int p = 0; p < pieces; p++) {
        if (i == line && offset >= p * columns && (offset <= (p + 1) * columns || p == pieces - 1)) {
          row = rows.size();
          column = Math.min(columns, offset - p * columns);
        }
        rows.add(new StringBuilder(text.substring(p * columns, Math.min(text.length(), (p + 1) * columns))));
        goesOn.add(p < pieces - 1);
      }
    }
  }

  /** Without blanks at the end, and without empty rows after the last. */
  List<String> lines() {
    List<String> lines = new ArrayList<>(rows.stream().map(r -> r.toString().stripTrailing()).toList());
    while (lines.size() > 1 && lines.getLast().isEmpty() && lines.size() - 1 > row) {
      lines.removeLast();
    }
    return lines;
  }
}
