package dev.lanewise.repl.text;

import java.util.Map;

/** Which colours a terminal can show. */
public enum Colours {
  NONE,
  /** Eight or sixteen: enough for words, not for pictures. */
  FEW,
  /** A palette of 256. */
  PALETTE,
  /** Each of red, green and blue has 256 steps. */
  TRUE;

  /** What the environment says of a terminal that may be coloured. */
  public static Colours of(Map<String, String> environment) {
    String said = environment.getOrDefault("COLORTERM", "");
    if (said.equals("truecolor") || said.equals("24bit")) {
      return TRUE;
    }
    String type = environment.getOrDefault("TERM", "");
    return type.contains("direct") ? TRUE : type.contains("256") || type.contains("kitty") ? PALETTE : FEW;
  }

  /** Whether pictures can be seen. */
  public boolean show() {
    return compareTo(PALETTE) >= 0;
  }

  /** The numbers that choose a colour {@code 0xRRGGBB}, behind 38 for letters or 48 for what is behind them. */
  public String code(int rgb) {
    int red = rgb >> 16 & 255;
    int green = rgb >> 8 & 255;
    int blue = rgb & 255;
    return this == TRUE ? "2;" + red + ";" + green + ";" + blue : "5;" + index(red, green, blue);
  }

  /** The nearest of 24 greys, or of a cube of 6x6x6 colours. */
  private static int index(int red, int green, int blue) {
    if (Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue)) < 12) {
      int grey = (int) Math.round((red - 8) / 10.0);
      return red < 4 ? 16 : red > 246 ? 231 : 232 + Math.clamp(grey, 0, 23);
    }
    return 16 + 36 * step(red) + 6 * step(green) + step(blue);
  }

  /** The steps of the cube are 0, 95, 135, 175, 215 and 255. */
  private static int step(int value) {
    return value < 48 ? 0 : value < 115 ? 1 : Math.min(5, (value - 35) / 40);
  }
}
