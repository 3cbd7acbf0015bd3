package dev.lanewise.runtime.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Beside sacrebleu 2.6.0, {@code BLEU(tokenize="none").corpus_score(…)}. */
class BleuTest {
  private static List<String> pieces(String text) {
    return List.of(text.split(" "));
  }

  private static double score(String[] translations, String[]... references) {
    Bleu bleu = new Bleu();
    for (int i = 0; i < translations.length; i++) {
      int at = i;
      bleu.add(pieces(translations[i]), Stream.of(references).map(r -> pieces(r[at])).toList());
    }
    return bleu.score();
  }

  @Test
  void itIsSacrebleus() {
    assertThat(score(
        new String[] {"the cat sat on a mat .", "a dog", "我 在 这 里 。", "x y z"},
        new String[] {"the cat sat on the mat .", "dogs", "我 在 那 里 。", "p q r"}, new String[] {"a cat was on a mat .", "a big dog", "我 在 这 。", "z"})).isCloseTo(57.994516723407266, within(1e-10));
    assertThat(score(new String[] {"the cat sat on a mat ."}, new String[] {"the cat sat on the mat ."})).isCloseTo(48.892302243490086, within(1e-10));
    assertThat(score(new String[] {"a b c x e"}, new String[] {"a b c d e f g"})).as("too short, and nothing of four in a row").isCloseTo(28.641904579795423, within(1e-10));
    assertThat(score(new String[] {"a b"}, new String[] {"a b"})).as("nothing has four in a row").isZero();
    assertThat(score(new String[] {"a b c"}, new String[] {"x y c"})).isZero();
    assertThat(score(new String[] {"a b c d e"}, new String[] {"a b c d e"})).isCloseTo(100, within(1e-10));
  }
}
