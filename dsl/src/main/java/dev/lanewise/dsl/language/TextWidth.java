package dev.lanewise.dsl.language;

/** How much room text takes where all letters are of one width: in a terminal, or on paper for computers. */
public final class TextWidth {
  private TextWidth() {}

  /** The columns that a text takes: two for each wide character (Unicode's East Asian Width). */
  public static int of(String text) {
    return text.codePoints().map(c -> isWide(c) ? 2 : 1).sum();
  }

  /** The beginning of a text that fits into so many columns. */
  public static String cut(String text, int columns) {
    int used = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      used += isWide(text.codePointAt(i)) ? 2 : 1;
      if (used > columns) {
        return text.substring(0, i);
      }
    }
    return text;
  }

  /** Whether a character takes the room of two. */
  public static boolean isWide(int c) {
    return c >= 0x1100 && c <= 0x115F || c >= 0x2E80 && c <= 0xA4CF || c >= 0xAC00 && c <= 0xD7A3
        || c >= 0xF900 && c <= 0xFAFF || c >= 0xFE30 && c <= 0xFE6F || c >= 0xFF00 && c <= 0xFF60
        || c >= 0xFFE0 && c <= 0xFFE6 || c >= 0x20000 && c <= 0x3FFFD;
  }
}
