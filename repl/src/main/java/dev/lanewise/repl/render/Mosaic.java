package dev.lanewise.repl.render;

import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Picture;
import dev.lanewise.dsl.language.TextWidth;
import dev.lanewise.repl.text.Colours;
import dev.lanewise.repl.text.Style;
import dev.lanewise.repl.text.Voice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Pictures put together from letters: half blocks, whose upper and lower half have a colour each, or letters of more or less ink where
 * there are no colours. A letter stands for one pixel across and two down.
 */
final class Mosaic {
  private static final String UPPER_HALF = "▀";
  private static final String INK = " .:-=+*#%@";
  private static final int GAP = 2;
  /** Smaller ones are enlarged. */
  private static final int SMALL = 10;
  /** Wider ones may be halved where there are many. */
  private static final int LARGE = 20;
  private static final int MANY_LINES = 40;
  private static final int MOST_LINES = 80;

  private final Colours colours;

  private Mosaic(Colours colours) {
    this.colours = colours;
  }

  /** Pictures in rows, each over its caption, as many as fit. */
  static List<String> lines(Gallery gallery, Colours colours, Voice voice) {
    Style style = voice.style();
    int columns = voice.window().columns();
    Mosaic mosaic = new Mosaic(colours);
    List<Picture> pictures = gallery.pictures();
    List<String> lines = new ArrayList<>(List.of(style.strong(voice.say(gallery.title()))));
    if (pictures.isEmpty()) {
      return lines;
    }
    Optional<List<String>> named = NamedPlaces.lines(pictures, colours, style, columns - 1);
    if (named.isPresent()) {
      lines.addAll(named.get());
      return lines;
    }
    int width = width(gallery, columns);
    int inRow = inRow(gallery, width, columns);
    int high = height(pictures.getFirst(), width) / 2 + 1;
    int shown = Math.min(pictures.size(), Math.max(1, MOST_LINES / high) * inRow);
    for (int from = 0; from < shown; from += inRow) {
      mosaic.row(pictures.subList(from, Math.min(shown, from + inRow)), width, lines, style);
    }
    if (shown < pictures.size()) {
      lines.add(style.faint(voice.say("… and " + (pictures.size() - shown) + " more: to = \"file.png\" draws all of them")));
    }
    return lines;
  }

  private static int fitting(int width, int columns) {
    return Math.max(1, (columns - 1 + GAP) / (width + GAP));
  }

  private static int inRow(Gallery gallery, int width, int columns) {
    return Math.min(gallery.inRow(fitting(width, columns)), fitting(width, columns));
  }

  /** Letters across one of them. */
  private static int width(Gallery gallery, int columns) {
    List<Picture> pictures = gallery.pictures();
    int pixels = pictures.stream().mapToInt(Picture::width).max().orElse(1);
    if (pixels < SMALL) {
      return pixels * ((SMALL + pixels - 1) / pixels);
    }
    int width = pixels;
    while (width > 1 && (width > columns - 1 || fitting(width, columns) < gallery.together() && width > SMALL)) {
      width = (width + 1) / 2;
    }
    int rows = (pictures.size() + inRow(gallery, width, columns) - 1) / inRow(gallery, width, columns);
    return width >= LARGE && rows * (height(pictures.getFirst(), width) / 2 + 1) > MANY_LINES ? width / 2 : width;
  }

  /** Half letters down, an even number. */
  private static int height(Picture picture, int width) {
    int height = Math.max(1, Math.round((float) picture.height() * width / picture.width()));
    return height + height % 2;
  }

  private void row(List<Picture> row, int width, List<String> lines, Style style) {
    List<List<String>> tiles = row.stream().map(p -> lines(p, width)).toList();
    int height = tiles.stream().mapToInt(List::size).max().orElse(0);
    for (int y = 0; y < height; y++) {
      StringBuilder line = new StringBuilder();
      for (List<String> tile : tiles) {
        line.append(line.isEmpty() ? "" : " ".repeat(GAP)).append(y < tile.size() ? tile.get(y) : " ".repeat(width));
      }
      lines.add(line.toString().stripTrailing());
    }
    if (row.stream().anyMatch(p -> !p.caption().isEmpty())) {
      StringBuilder captions = new StringBuilder();
      row.forEach(p -> captions.append(captions.isEmpty() ? "" : " ".repeat(GAP)).append(centred(p.caption(), width)));
      lines.add(style.faint(captions.toString().stripTrailing()));
    }
  }

  private static String centred(String caption, int width) {
    String cut = TextWidth.cut(caption, width);
    int room = width - TextWidth.of(cut);
    return " ".repeat(room / 2) + cut + " ".repeat(room - room / 2);
  }

  private List<String> lines(Picture picture, int width) {
    return halves(scaled(picture, width, height(picture, width)));
  }

  /** A picture of as many letters across as it has pixels. */
  static List<String> lines(Picture picture, Colours colours) {
    return new Mosaic(colours).halves(picture);
  }

  private List<String> halves(Picture picture) {
    List<String> lines = new ArrayList<>();
    for (int y = 0; y + 1 < picture.height() + picture.height() % 2; y += 2) {
      lines.add(colours.show() ? blocks(picture, y) : ink(picture, y));
    }
    return lines;
  }

  private static int below(Picture picture, int x, int y) {
    return picture.at(x, Math.min(y + 1, picture.height() - 1));
  }

  private String blocks(Picture picture, int y) {
    StringBuilder line = new StringBuilder();
    String last = "";
    for (int x = 0; x < picture.width(); x++) {
      String code = Style.begin("38;" + colours.code(picture.at(x, y)) + ";48;" + colours.code(below(picture, x, y)));
      line.append(code.equals(last) ? "" : code).append(UPPER_HALF);
      last = code;
    }
    return line.append(Style.END).toString();
  }

  private static String ink(Picture picture, int y) {
    StringBuilder line = new StringBuilder();
    for (int x = 0; x < picture.width(); x++) {
      double bright = (Picture.brightness(picture.at(x, y)) + Picture.brightness(below(picture, x, y))) / 2;
      line.append(INK.charAt((int) Math.round(bright * (INK.length() - 1))));
    }
    return line.toString();
  }

  /** Each new pixel is the mean of the old ones in it. */
  static Picture scaled(Picture picture, int width, int height) {
    int[] pixels = new int[width * height];
    for (int i = 0; i < pixels.length; i++) {
      int x0 = i % width * picture.width() / width;
      int x1 = Math.max(x0 + 1, (i % width + 1) * picture.width() / width);
      int y0 = i / width * picture.height() / height;
      int y1 = Math.max(y0 + 1, (i / width + 1) * picture.height() / height);
      pixels[i] = mean(picture, x0, x1, y0, y1);
    }
    return new Picture(width, height, pixels, picture.caption());
  }

  private static int mean(Picture picture, int x0, int x1, int y0, int y1) {
    int red = 0;
    int green = 0;
    int blue = 0;
    for (int y = y0; y < y1; y++) {
      for (int x = x0; x < x1; x++) {
        red += picture.at(x, y) >> 16 & 255;
        green += picture.at(x, y) >> 8 & 255;
        blue += picture.at(x, y) & 255;
      }
    }
    int count = (x1 - x0) * (y1 - y0);
    return red / count << 16 | green / count << 8 | blue / count;
  }
}
