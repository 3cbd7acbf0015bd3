package dev.lanewise.runtime.data.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WordsTest {
  private static final String EAST = "\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}";
  /** What a piece is, as an expression. */
  private static final Pattern PIECE = Pattern.compile("\\n|[" + EAST + "]|[\\p{L}\\p{M}\\p{N}&&[^" + EAST + "]]+(?:['’][\\p{L}&&[^" + EAST + "]]+)*|[^\\s]", Pattern.UNICODE_CHARACTER_CLASS);
  private static final String COMMON = "abzÄéß019'’''.,!?\"- \t\n\r\u000b\u0085\u00a0\u2028我不かナー。、̈\u20dd٣Ⅷ½";

  private static List<String> expected(String text) {
    return PIECE.matcher(text).results().map(MatchResult::group).toList();
  }

  @Test
  void everyCharacterIsWhatItsClassSays() {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      // A surrogate alone is a character of its own in both.
      String text = "a" + Character.toString(point) + "b'" + Character.toString(point);
      assertThat(new Words().pieces(text)).as("U+%X", point).isEqualTo(expected(text));
    }
  }

  @Test
  void textsAreCutAsTheExpressionCutsThem() {
    Random random = new Random(1);
    int[] common = COMMON.codePoints().toArray();
    for (int i = 0; i < 20_000; i++) {
      String text = IntStream.range(0, random.nextInt(12)).map(_ -> random.nextInt(8) == 0 ? random.nextInt(0x20000) : common[random.nextInt(common.length)])
          .mapToObj(Character::toString).collect(Collectors.joining());
      assertThat(new Words().pieces(text)).as(text).isEqualTo(expected(text));
    }
  }
}
