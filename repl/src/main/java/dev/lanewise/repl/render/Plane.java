package dev.lanewise.repl.render;

import dev.lanewise.dsl.exhibit.Boundary;
import dev.lanewise.dsl.exhibit.Palette;
import dev.lanewise.repl.text.Colours;
import dev.lanewise.repl.text.LiveLines;
import dev.lanewise.repl.text.Style;
import dev.lanewise.repl.text.Voice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a network makes of the plane: in colours, or, where there are none, with a letter for each class's region and the classes of the
 * examples as digits in it.
 */
final class Plane {
  private static final int LABEL = 8;
  private static final int WIDEST = 64;
  private static final int NARROWEST = 12;
  private static final String REGIONS = " .:-=+*%#~";

  private final Boundary boundary;
  private final int width;

  private Plane(Boundary boundary, int columns) {
    this.boundary = boundary;
    // Even: a letter is two halves high.
    this.width = Math.clamp(columns - LABEL - 3, NARROWEST, WIDEST) / 2 * 2;
  }

  static List<String> lines(Boundary boundary, Colours colours, Voice voice) {
    Plane plane = new Plane(boundary, voice.window().columns());
    List<String> lines = new ArrayList<>(List.of(voice.style().strong(voice.say(boundary.title()))));
    List<String> field = colours.show() ? Mosaic.lines(boundary.picture(plane.width, plane.width, true), colours) : plane.letters();
    for (int r = 0; r < field.size(); r++) {
      String label = r == 0 ? number(boundary.top()) : r == field.size() - 1 ? number(boundary.bottom()) : "";
      lines.add((" ".repeat(Math.max(0, LABEL - label.length())) + label + " " + field.get(r)).stripTrailing());
    }
    String left = number(boundary.left());
    String right = number(boundary.right());
    lines.add(" ".repeat(LABEL + 1) + left + " ".repeat(Math.max(1, plane.width - left.length() - right.length())) + right);
    plane.legend(colours, voice).forEach(line -> lines.add(" ".repeat(LABEL + 1) + line));
    return lines;
  }

  private List<String> letters() {
    int height = width / 2;
    char[][] field = new char[height][width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int taken = boundary.classes()[y * boundary.size() / height * boundary.size() + x * boundary.size() / width];
        field[y][x] = REGIONS.charAt(taken % REGIONS.length());
      }
    }
    for (Boundary.Mark m : boundary.marks()) {
      int x = (int) Math.clamp(boundary.across(m.x()) * width, 0, width - 1);
      int y = (int) Math.clamp(boundary.down(m.y()) * height, 0, height - 1);
      field[y][x] = Character.forDigit(m.label() % 10, 10);
    }
    return Arrays.stream(field).map(String::new).toList();
  }

  /** What each class looks like, in as many lines as that takes below the plane. */
  private List<String> legend(Colours colours, Voice voice) {
    List<String> lines = new ArrayList<>(List.of(""));
    for (int c = 0; c < boundary.names().size(); c++) {
      char region = REGIONS.charAt(c % REGIONS.length());
      String sample = colours.show()
          ? Style.begin("38;" + colours.code(Palette.colour(c))) + "■" + Style.END + " "
          : "[" + region + c % 10 + region + "] ";
      String name = boundary.names().get(c);
      // What users call their classes is not translated.
      String entry = sample + (name.equals("class " + c) ? voice.say(name) : name);
      String longer = lines.getLast().isEmpty() ? entry : lines.getLast() + "  " + entry;
      if (lines.getLast().isEmpty() || LiveLines.length(longer) <= width) {
        lines.set(lines.size() - 1, longer);
      } else {
        lines.add(entry);
      }
    }
    return lines;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
