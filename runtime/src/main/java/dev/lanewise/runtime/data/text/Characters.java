package dev.lanewise.runtime.data.text;

import java.util.List;

/**
 * Every character (code point of Unicode) is a token.
 *
 * <pre>{@code new Characters().pieces("a笑😀")   // "a", "笑", "😀" }</pre>
 */
public record Characters() implements Tokenizer {
  @Override
  public String name() {
    return "character";
  }

  @Override
  public String piece() {
    return "character";
  }

  @Override
  public List<String> pieces(String text) {
    return text.codePoints().mapToObj(Character::toString).toList();
  }

  @Override
  public String text(List<String> pieces) {
    return String.join("", pieces);
  }
}
