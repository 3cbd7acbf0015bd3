package dev.lanewise.runtime.data.text;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Words, signs and ends of lines are tokens; so is each Chinese or Japanese character, for there are no spaces between words. Other spaces are left out, and put where they mostly
 * stand when pieces become a text: so a text with usual spaces is the same again.
 *
 * <pre>{@code new Words().pieces("I don't, 我不。")   // "I", "don't", ",", "我", "不", "。" }</pre>
 */
public record Words() implements Tokenizer {
  private static final String EAST = "\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}";
  private static final Set<Character.UnicodeScript> EAST_SCRIPTS = EnumSet.of(Character.UnicodeScript.HAN, Character.UnicodeScript.HIRAGANA, Character.UnicodeScript.KATAKANA);
  /** Characters before the first one of these scripts need not be looked up. */
  private static final int FIRST_EAST = 0x2E80;
  private static final int NEXT_LINE = 0x85;
  // General categories of Unicode, a bit each.
  private static final int LETTERS = 1 << Character.UPPERCASE_LETTER | 1 << Character.LOWERCASE_LETTER | 1 << Character.TITLECASE_LETTER | 1 << Character.MODIFIER_LETTER | 1 << Character.OTHER_LETTER;
  private static final int OF_WORDS = LETTERS | 1 << Character.NON_SPACING_MARK | 1 << Character.ENCLOSING_MARK | 1 << Character.COMBINING_SPACING_MARK
      | 1 << Character.DECIMAL_DIGIT_NUMBER | 1 << Character.LETTER_NUMBER | 1 << Character.OTHER_NUMBER;
  private static final int SPACES = 1 << Character.SPACE_SEPARATOR | 1 << Character.LINE_SEPARATOR | 1 << Character.PARAGRAPH_SEPARATOR;
  private static final Pattern EASTERN = Pattern.compile("[" + EAST + "、。，！？；：）】》」』（【《「『]");
  private static final Set<String> CLOSING = Set.of(".", ",", "!", "?", ";", ":", ")", "]", "}", "%", "…", "’", "”", "»");
  private static final Set<String> OPENING = Set.of("(", "[", "{", "“", "‘", "«", "$", "#", "@");
  private static final String QUOTE = "\"";
  private static final String LINE = "\n";

  @Override
  public String name() {
    return "word";
  }

  @Override
  public String piece() {
    return "word";
  }

  @Override
  public List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int first = text.codePointAt(from);
      int end = isOfWord(first) ? wordEnd(text, from) : from + Character.charCount(first);
      if (first == '\n' || !isSpace(first)) {
        pieces.add(text.substring(from, end));
      }
      from = end;
    }
    return pieces;
  }

  /** Letters, marks and digits; behind them an apostrophe belongs to the word if letters follow, as often as there are such. */
  private static int wordEnd(String text, int from) {
    int end = from;
    while (end < text.length() && isOfWord(text.codePointAt(end))) {
      end += Character.charCount(text.codePointAt(end));
    }
    while (end + 1 < text.length() && (text.charAt(end) == '\'' || text.charAt(end) == '’') && isLetter(text.codePointAt(end + 1))) {
      end++;
      while (end < text.length() && isLetter(text.codePointAt(end))) {
        end += Character.charCount(text.codePointAt(end));
      }
    }
    return end;
  }

  private static boolean isLetter(int point) {
    return is(LETTERS, point) && !isEast(point);
  }

  private static boolean isOfWord(int point) {
    return is(OF_WORDS, point) && !isEast(point);
  }

  private static boolean isEast(int point) {
    return point >= FIRST_EAST && EAST_SCRIPTS.contains(Character.UnicodeScript.of(point));
  }

  private static boolean isSpace(int point) {
    return is(SPACES, point) || point >= '\t' && point <= '\r' || point == NEXT_LINE;
  }

  private static boolean is(int types, int point) {
    return (types >> Character.getType(point) & 1) != 0;
  }

  @Override
  public String text(List<String> pieces) {
    StringBuilder text = new StringBuilder();
    boolean quoted = false;
    boolean joins = true;
    String before = "";
    for (String piece : pieces) {
      boolean quote = piece.equals(QUOTE);
      boolean attached = joins || piece.equals(LINE) || CLOSING.contains(piece) || quote && quoted || isEastern(piece) || isEastern(before);
      text.append(attached ? "" : " ").append(piece);
      quoted ^= quote;
      joins = piece.equals(LINE) || OPENING.contains(piece) || quote && quoted;
      before = piece;
    }
    return text.toString();
  }

  private static boolean isEastern(String piece) {
    return EASTERN.matcher(piece).matches();
  }
}
