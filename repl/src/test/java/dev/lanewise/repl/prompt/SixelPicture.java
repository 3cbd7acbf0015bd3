package dev.lanewise.repl.prompt;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** What a terminal that understands Sixel shows: colours in percent, and columns of six pixels, of one colour after the other. */
final class SixelPicture {
  private SixelPicture() {}

  /** @return colours as 0xrrggbb, row by row; -1 where nothing was drawn */
  static int[] pixels(String text, int width, int height) {
    int[] pixels = new int[width * height];
    Arrays.fill(pixels, -1);
    Map<Integer, Integer> palette = new HashMap<>();
    int colour = 0;
    int x = 0;
    int y = 0;
    int repeat = 1;
    int at = text.indexOf('q') + 1;
    while (at < text.length() && text.charAt(at) != '\u001b') {
      char letter = text.charAt(at++);
      int end = at;
      while (end < text.length() && (Character.isDigit(text.charAt(end)) || text.charAt(end) == ';')) {
        end++;
      }
      int[] numbers = Arrays.stream(text.substring(at, end).split(";")).filter(n -> !n.isEmpty()).mapToInt(Integer::parseInt).toArray();
      at = end;
      switch (letter) {
        case '#' -> {
          colour = numbers[0];
          if (numbers.length == 5) {
            palette.put(colour, percent(numbers[2]) << 16 | percent(numbers[3]) << 8 | percent(numbers[4]));
          }
        }
        case '!' -> repeat = numbers[0];
        case '$' -> x = 0;
        case '-' -> {
          x = 0;
          y += 6;
        }
        case '"' -> { }
        default -> {
          for (int r = 0; r < repeat; r++, x++) {
            for (int bit = 0; bit < 6 && y + bit < height; bit++) {
              if ((letter - '?' >> bit & 1) == 1 && x < width) {
                pixels[(y + bit) * width + x] = palette.get(colour);
              }
            }
          }
          repeat = 1;
        }
      }
    }
    return pixels;
  }

  private static int percent(int of) {
    return Math.round(of * 255f / 100);
  }
}
