package dev.lanewise.runtime.data.table;

import java.util.Optional;
import java.util.regex.Pattern;

/** What a cell is that looks like a number, and is none that can be read: with what cures it. */
final class NoNumber {
  private static final Pattern INFINITE = Pattern.compile("[-+]?inf(inity)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern NOT_A_NUMBER = Pattern.compile("[-+]?nan", Pattern.CASE_INSENSITIVE);
  private static final Pattern PERCENT = Pattern.compile("[-+]?[0-9][0-9., ]*%");
  private static final Pattern CURRENCY = Pattern.compile("[-+]?\\p{Sc} ?[-+]?[0-9][0-9., ]*|[-+]?[0-9][0-9., ]*\\p{Sc}");
  private static final Pattern MINUS = Pattern.compile("[\u2212\u2013\u2014][0-9.,]+");
  private static final Pattern COMMAS = Pattern.compile("[-+]?[0-9]{1,3}(,[0-9]{3}){2,}(\\.[0-9]*)?|[-+]?[0-9]{1,3}(,[0-9]{3})+\\.[0-9]*");
  private static final Pattern COMMA = Pattern.compile("[-+]?[0-9]*,[0-9]+([eE][-+]?[0-9]+)?");
  private static final Pattern POINTS = Pattern.compile("[-+]?[0-9]{1,3}(\\.[0-9]{3})+,[0-9]*|[-+]?[0-9]{1,3}(\\.[0-9]{3}){2,}");
  private static final Pattern POINT = Pattern.compile("[-+]?[0-9]*\\.[0-9]+([eE][-+]?[0-9]+)?");
  private static final Pattern GROUPS = Pattern.compile("[-+]?[0-9]{1,3}([ \u00a0\u202f'\u2019_][0-9]{3})+([.,][0-9]*)?");
  private static final Pattern SPACES = Pattern.compile("[-+]?[0-9.,eE+-]*[0-9]\\s[0-9.,eE+\\s-]*");
  private static final Pattern SEVERAL = Pattern.compile("[-+0-9.,eE]+([;\t|][-+0-9.,eE]*)+");
  private static final int LONGEST = 40;

  private NoNumber() {}

  /**
   * @param point the sign before decimals
   * @return a sentence; empty if the text is a word
   */
  static Optional<String> told(String text, char point) {
    String what = what(text, point);
    return what.isEmpty() ? Optional.empty() : Optional.of("`" + shortened(text) + "` " + what);
  }

  private static String what(String text, char point) {
    if (is(INFINITE, text)) {
      return "is infinite, which is nothing to learn from: correct it, or leave the cell empty and say missing = skip";
    } else if (is(NOT_A_NUMBER, text)) {
      return "is no number: leave the cell empty and say missing = skip";
    } else if (is(PERCENT, text)) {
      return "has a percent sign: take it out of the file, so that the number is left";
    } else if (is(CURRENCY, text)) {
      return "has the sign of a currency: take it out of the file, so that the number is left";
    } else if (is(MINUS, text)) {
      return "begins with a dash that is no minus: write -";
    } else if (is(GROUPS, text)) {
      return "groups its thousands: take what stands between them out of the file";
    } else if (is(SEVERAL, text)) {
      return "looks like several columns: say which sign separates them, such as separator = \";\"";
    } else if (is(SPACES, text)) {
      return "has a space within: take it out, or say separator = \" \" if it separates columns";
    }
    return point == ',' ? commas(text) : points(text);
  }

  /** With a decimal point. */
  private static String points(String text) {
    if (is(COMMAS, text)) {
      return "groups its thousands: take the commas out of the file";
    } else if (is(POINTS, text)) {
      return "groups its thousands: take the points out of the file, and say decimal = \",\" if decimals stand behind a comma";
    }
    return is(COMMA, text) ? "has a comma: say decimal = \",\" if decimals stand behind it; if it groups thousands, take it out of the file" : "";
  }

  /** With a decimal comma. */
  private static String commas(String text) {
    if (is(POINTS, text) || is(COMMAS, text)) {
      return "groups its thousands: take what stands between them out of the file";
    }
    return is(POINT, text) ? "has a decimal point, but decimal = \",\" says that decimals stand behind a comma" : "";
  }

  private static boolean is(Pattern pattern, String text) {
    return text.length() < 200 && pattern.matcher(text).matches();
  }

  static String shortened(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }
}
