package dev.lanewise.dsl.parse;

import java.util.Arrays;
import org.antlr.v4.runtime.CommonToken;

/** The lexer counts code points, a Java string counts chars; where a text has characters beyond U+FFFF the two differ. */
record Offsets(int[] chars) {
  static Offsets of(String text) {
    int[] points = text.codePoints().toArray();
    int[] chars = new int[points.length + 1];
    for (int i = 0; i < points.length; i++) {
      chars[i + 1] = chars[i] + Character.charCount(points[i]);
    }
    return new Offsets(chars);
  }

  /** Makes a token's places count chars. */
  void apply(CommonToken token) {
    int start = chars[token.getStartIndex()];
    int stop = chars[token.getStopIndex() + 1] - 1;
    String text = token.getText();
    token.setText(text);
    token.setStartIndex(start);
    token.setStopIndex(stop);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Offsets o && Arrays.equals(chars, o.chars);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(chars);
  }
}
