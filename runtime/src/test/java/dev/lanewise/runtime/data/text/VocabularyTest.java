package dev.lanewise.runtime.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VocabularyTest {
  /** Letters of several scripts, signs, spaces, an emoji of several code points. */
  private static final List<String> PIECES = List.of(
      "a", "B", "é", "ß", "don't", "it's", "我", "不", "数", "。", "，", "《", "》", "カ", "ー", "한", "я", "😀", "👩‍🚀", "1", "23", ".", ",", "!", "(", ")", "\"", "'", "’", "%", "$", "#", "\n", "\t", " ", "  ", "\u0301", "_", "٣");

  private static String drawn(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(40); i > 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  private static final List<BytePairs.Merge> MERGES = List.of(new BytePairs.Merge("a", "B"), new BytePairs.Merge("Ġ", "a"), new BytePairs.Merge("Ġa", "B"));

  @Test
  void whatIsCutIsTheSameAgain() {
    long seed = 3;
    Random random = new Random(seed);
    for (Tokenizer by : List.of(new Characters(), new Bytes(), new BytePairs(MERGES, BytePairs.WORDS, List.of("<|end|>")))) {
      for (int i = 0; i < 500; i++) {
        String text = drawn(random);
        assertThat(by.text(by.pieces(text))).as("seed %d, %s", seed, by.name()).isEqualTo(text);
        Vocabulary vocabulary = Vocabulary.of(by, List.of(text), List.of(Vocabulary.PADDING, Vocabulary.BEGIN), 0, false);
        assertThat(vocabulary.text(vocabulary.tokens(text))).isEqualTo(text);
        assertThat(vocabulary.unknown(text)).isEmpty();
      }
    }
  }

  /** Which spaces there were is not kept; but cut again, it is the same. */
  @Test
  void wordsArePutTogetherSoThatTheyAreCutAlike() {
    Words words = new Words();
    Random random = new Random(4);
    for (int i = 0; i < 2_000; i++) {
      List<String> pieces = words.pieces(drawn(random));
      assertThat(words.pieces(words.text(pieces))).as("%s", pieces).isEqualTo(pieces);
    }
    for (String usual : List.of(
        "He said \"I don't know\" (so he said).", "今天天气很好。我们去公园吧！", "It costs $5, or 7%.\nReally?", "ROMEO:\nAy me!", "")) {
      assertThat(words.text(words.pieces(usual))).isEqualTo(usual);
    }
    assertThat(words.pieces("I don't, 我不。")).containsExactly("I", "don't", ",", "我", "不", "。");
  }

  @Test
  void tokensAreInTheOrderOfTheirCodePoints() {
    Vocabulary v = Vocabulary.of(new Characters(), List.of("Cab", "笑a", "😀\uffe5"), List.of(Vocabulary.PADDING), 0, true);
    // U+FFE5 before U+1F600, though its char is above the first half of the pair.
    assertThat(v.tokens()).containsExactly("", "a", "b", "c", "笑", "\uffe5", "😀");
    assertThat(v.padded("B?笑😀", 5)).containsExactly(2, 4, 6, 0, 0);
    assertThat(v.padded("abc", 2)).containsExactly(1, 2);
    assertThat(v.unknown("ax?x")).containsExactly("x", "?");
    assertThat(v.text(new float[] {4, 1, 0})).isEqualTo("笑a");
    assertThat(v.isPadded()).isTrue();
  }

  @Test
  void theMostFrequentAreKept() {
    List<String> marks = List.of(Vocabulary.PADDING, Vocabulary.UNKNOWN);
    Vocabulary v = Vocabulary.of(new Words(), List.of("b a b c a d"), marks, 4, false);
    assertThat(v.tokens()).containsExactly("", "<unknown>", "a", "b");
    assertThat(v.tokens("a c b")).containsExactly(2, 1, 3);
    assertThat(v.text(v.tokens("a c b"))).isEqualTo("a<unknown> b".replace("a<", "a <"));
    assertThat(Vocabulary.of(new Words(), List.of("b a c"), marks, 3, false).tokens()).as("the first of equally frequent ones").containsExactly("", "<unknown>", "a");
    assertThatThrownBy(() -> new Vocabulary(new Characters(), List.of("a", "a"), false)).hasMessageContaining("twice");
  }

  @Test
  void numbersOfAnotherVocabularyAreThoseOfTheSameTokens() {
    Vocabulary one = Vocabulary.of(new Characters(), List.of("abd"), List.of(Vocabulary.PADDING), 0, false);
    Vocabulary other = Vocabulary.of(new Characters(), List.of("abcd"), List.of(Vocabulary.PADDING), 0, false);
    assertThat(one.in(other)).containsExactly(0, 1, 2, 4);
    assertThatThrownBy(() -> other.in(one)).hasMessage("its vocabulary has no character c");
    Vocabulary lenient = Vocabulary.of(new Characters(), List.of("abd"), List.of(Vocabulary.PADDING, Vocabulary.UNKNOWN), 0, false);
    assertThat(other.in(lenient)).containsExactly(0, 2, 3, 1, 4);
    assertThatThrownBy(() -> Vocabulary.of(new Words(), List.of("a"), List.of(), 0, false).in(one)).hasMessageContaining("cut by word there, and by character here");
  }

  @Test
  void bytesCanBeSeen() {
    Bytes bytes = new Bytes();
    assertThat(Bytes.all()).hasSize(256).doesNotHaveDuplicates();
    assertThat(bytes.pieces("é\n")).containsExactly("Ã", "©", "Ċ");
    assertThat(bytes.shown("Ċ")).isEqualTo("0x0a");
    assertThat(bytes.text(new ArrayList<>(List.of("Ã")))).as("half a character").isEqualTo("\ufffd");
  }

  @Test
  void pairsAreMergedInTheirOrder() {
    BytePairs pairs = new BytePairs(MERGES, BytePairs.WORDS, List.of("<|end|>"));
    assertThat(pairs.pieces("aB aB aB<|end|>a")).containsExactly("aB", "Ġ", "aB", "Ġ", "aB", "<|end|>", "a");
    assertThat(pairs.pieces(" a")).containsExactly("Ġa");
    assertThat(pairs.text(List.of("aB", "<|end|>", "Ġ"))).isEqualTo("aB<|end|> ");
  }
}
