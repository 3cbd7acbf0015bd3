package dev.lanewise.repl.render;

import dev.lanewise.dsl.exhibit.Picture;
import dev.lanewise.dsl.exhibit.Picture.Axes;
import dev.lanewise.dsl.language.TextWidth;
import dev.lanewise.repl.text.Colours;
import dev.lanewise.repl.text.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Pictures whose rows and columns have names, one below the other: a line for each row behind its name, two letters for each column below its name, whose letters stand one below the other. Where two letters have no
 * room, one; names of columns with letters that take two need two.
 */
final class NamedPlaces {
  private static final int LETTERS = 2;
  private static final String GAP = " ";

  private NamedPlaces() {}

  /** Nothing if there are no names, or they do not fit. */
  static Optional<List<String>> lines(List<Picture> pictures, Colours colours, Style style, int columns) {
    if (pictures.stream().noneMatch(p -> p.axes().areThere())) {
      return Optional.empty();
    }
    int across = pictures.stream().mapToInt(p -> across(p, columns)).min().orElse(0);
    if (across == 0) {
      return Optional.empty();
    }
    List<String> lines = new ArrayList<>();
    pictures.forEach(p -> lines.addAll(lines(p, across, colours, style)));
    return Optional.of(lines);
  }

  /** Letters for each column; 0 if they do not fit. */
  private static int across(Picture picture, int columns) {
    int room = columns - picture.axes().leftWidth() - GAP.length();
    boolean wide = picture.axes().across().stream().flatMapToInt(String::codePoints).anyMatch(TextWidth::isWide);
    return IntStream.of(LETTERS, 1).filter(l -> l * picture.width() <= room && (l == LETTERS || !wide)).findFirst().orElse(0);
  }

  private static List<String> lines(Picture picture, int across, Colours colours, Style style) {
    Axes axes = picture.axes();
    int left = axes.leftWidth();
    List<String> lines = new ArrayList<>();
    for (int above = axes.letters() - 1; above >= 0; above--) {
      StringBuilder letters = new StringBuilder();
      for (int column = 0; column < picture.width(); column++) {
        letters.append(padded(axes.letter(column, above), across));
      }
      lines.add((" ".repeat(left) + GAP + letters).stripTrailing());
    }
    List<String> rows = Mosaic.lines(Mosaic.scaled(picture, across * picture.width(), 2 * picture.height()), colours);
    for (int row = 0; row < rows.size(); row++) {
      String name = axes.down().isEmpty() ? "" : axes.down().get(row);
      lines.add((" ".repeat(left - TextWidth.of(name)) + name + GAP + rows.get(row)).stripTrailing());
    }
    if (!picture.caption().isEmpty()) {
      lines.add(style.faint(" ".repeat(left) + GAP + picture.caption()));
    }
    return lines;
  }

  private static String padded(String letter, int width) {
    return letter + " ".repeat(Math.max(0, width - TextWidth.of(letter)));
  }
}
