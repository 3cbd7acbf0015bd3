package dev.lanewise.dsl.language;

import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/**
 * Text of any origin as text that can be shown: what would move a cursor, colour a terminal, turn the direction of writing round or make XML
 * malformed is shown and does nothing.
 *
 * <pre>{@code Printable.line("\u001b[31mred") // \x1b[31mred }</pre>
 */
public final class Printable {
  private static final String UNKNOWN = "\ufffd";

  private Printable() {}

  /** Of several lines: their ends stay, as {@code \n}, and so do tabs. */
  public static String text(String text) {
    return replaced(text.replace("\r\n", "\n"), c -> isHidden(c) && c != '\n' && c != '\t', Printable::shown);
  }

  /** What stands in one line: also its own ends of lines are shown. */
  public static String line(String text) {
    return replaced(text, Printable::isHidden, Printable::shown);
  }

  /** Of a JSON text, with the escapes of JSON: what is hidden can only be inside of its strings. */
  public static String json(String json) {
    return replaced(json, c -> isHidden(c) && c >= 0x7f, c -> String.format("\\u%04x", c));
  }

  /** Whether a terminal would do something else with it than show it, or XML forbids it. */
  private static boolean isHidden(int c) {
    return c < 0x20 || c >= 0x7f && c <= 0x9f || c >= 0x2028 && c <= 0x202e || c >= 0x2066 && c <= 0x2069
        || Character.getType(c) == Character.SURROGATE || c == 0xfffe || c == 0xffff;
  }

  private static String shown(int c) {
    return c <= 0xff ? String.format("\\x%02x", c) : c < 0x3000 ? String.format("\\u%04x", c) : UNKNOWN;
  }

  private static String replaced(String text, IntPredicate hidden, IntFunction<String> shown) {
    if (text.codePoints().noneMatch(hidden)) {
      return text;
    }
    StringBuilder all = new StringBuilder();
    text.codePoints().forEach(c -> {
      if (hidden.test(c)) {
        all.append(shown.apply(c));
      } else {
        all.appendCodePoint(c);
      }
    });
    return all.toString();
  }
}
