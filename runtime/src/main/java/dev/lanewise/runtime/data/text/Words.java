package dev.lanewise.runtime.data.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words, signs and ends of lines are tokens; so is each Chinese or Japanese character, for there are no spaces between words. Other spaces are left out, and put where they mostly
 * stand when pieces become a text: so a text with usual spaces is the same again.
 *
 * <pre>{@code new Words().pieces("I don't, 我不。")   // "I", "don't", ",", "我", "不", "。" }</pre>
 */
public record Words() implements Tokenizer {
  private static final String EAST = "\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}";
  private static final Pattern PIECE = Pattern.compile("\\n|[" + EAST + "]|[\\p{L}\\p{M}\\p{N}&&[^" + EAST + "]]+(?:['’][\\p{L}&&[^" + EAST + "]]+)*|[^\\s]", Pattern.UNICODE_CHARACTER_CLASS);
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
    Matcher matcher = PIECE.matcher(text);
    while (matcher.find()) {
      pieces.add(matcher.group());
    }
    return pieces;
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
