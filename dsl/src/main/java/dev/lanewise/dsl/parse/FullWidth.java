package dev.lanewise.dsl.parse;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Punctuation as Chinese and Japanese keyboards give it, and the few signs of mathematics that one key gives: what each stands for. Outside
 * of texts and comments none of them means anything in the language.
 */
public final class FullWidth {
  private static final String SIGNS = "，、；：。．（）【】［］｛｝《》〈〉＜＞＝＋－—–−＊×·／÷％＾＠～！＃“”„‟＂";
  private static final String MEANT = ",,;:..()[][]{}<><><>=+----***//%^@~!#\"\"\"\"\"";
  private static final Map<Character, Character> MEANINGS = meanings();

  private FullWidth() {}

  /** What one letter stands for; empty for all that is not on such a keyboard, or stands for itself. Digits are among them. */
  public static Optional<Character> meaning(char c) {
    return Optional.ofNullable(MEANINGS.get(c));
  }

  /**
   * The same with plain signs, outside of texts and comments; each letter keeps its place. A text may begin and end with full-width quotes.
   * A digit within a name is part of that name, and stays.
   */
  public static String plain(String text) {
    char[] letters = text.toCharArray();
    for (int at = 0; at < letters.length; ) {
      char before = letters[at];
      if (isOfWord(before)) {
        at = word(letters, at);
        continue;
      }
      letters[at] = isBetweenSides(letters, at) ? 'x' : sign(before);
      at = switch (letters[at]) {
        case '#' -> endOfLine(letters, at);
        case '"' -> text(letters, at + 1, before != '"');
        default -> at + 1;
      };
    }
    return new String(letters);
  }

  /** {@code 1×28} of a shape: behind {@code input}, or after a comma of a call. */
  private static boolean isBetweenSides(char[] letters, int at) {
    if (letters[at] != '×' || at == 0 || at + 1 == letters.length || !Character.isDigit(letters[at - 1]) || !Character.isDigit(letters[at + 1])) {
      return false;
    }
    int from = at - 1;
    while (from >= 0 && from > at - 40 && (Character.isDigit(letters[from]) || letters[from] == 'x' && from > 0 && Character.isDigit(letters[from - 1]))) {
      from--;
    }
    String before = new String(letters, Math.max(0, from - 7), from + 1 - Math.max(0, from - 7)).stripTrailing();
    return before.endsWith("input") || before.endsWith(",");
  }

  private static char sign(char c) {
    return MEANINGS.getOrDefault(c, c);
  }

  /** To the end of a name, or of a number, whose digits become plain: {@code ２８x２８}. */
  private static int word(char[] letters, int from) {
    boolean number = Character.isDigit(letters[from]);
    int at = from;
    for (; at < letters.length && isOfWord(letters[at]); at++) {
      letters[at] = number ? sign(letters[at]) : letters[at];
    }
    return at;
  }

  /** To the end of a text that began before {@code from}; any quote ends one that began with a full-width quote. */
  private static int text(char[] letters, int from, boolean wide) {
    int end = endOfLine(letters, from);
    for (int at = from; at < end; at++) {
      if (letters[at] == '\\') {
        at++;
      } else if (letters[at] == '"' || wide && sign(letters[at]) == '"') {
        letters[at] = '"';
        return at + 1;
      }
    }
    return end;
  }

  private static int endOfLine(char[] letters, int from) {
    int at = from;
    while (at < letters.length && letters[at] != '\n' && letters[at] != '\r') {
      at++;
    }
    return at;
  }

  /** As the grammar has names; letters outside of the first plane come as two, which are never signs. */
  private static boolean isOfWord(char c) {
    return c == '_' || Character.isLetterOrDigit(c) || Character.isSurrogate(c) || isMark(c);
  }

  private static boolean isMark(char c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK || type == Character.ENCLOSING_MARK;
  }

  private static Map<Character, Character> meanings() {
    Map<Character, Character> meanings = new HashMap<>();
    for (int i = 0; i < SIGNS.length(); i++) {
      meanings.put(SIGNS.charAt(i), MEANT.charAt(i));
    }
    for (int i = 0; i <= 9; i++) {
      meanings.put((char) ('０' + i), (char) ('0' + i));
    }
    return Map.copyOf(meanings);
  }
}
