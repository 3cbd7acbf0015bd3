package dev.lanewise.runtime.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.data.text.Bytes;
import dev.lanewise.runtime.data.text.Characters;
import dev.lanewise.runtime.data.text.Vocabulary;
import dev.lanewise.runtime.data.text.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ContinuationTest {
  private static final Choice LIKELIEST = new Choice(0, 0, 1);

  /** Says the tokens of a text, one after the other, whatever came before. */
  private static NextScores saying(Vocabulary vocabulary, int begun, int[] tokens, int window) {
    return scores(window, prefix -> {
      float[] next = new float[vocabulary.size()];
      int at = prefix.length - begun;
      next[at < tokens.length ? tokens[at] : vocabulary.number(Vocabulary.END).orElse(0)] = 5;
      return next;
    });
  }

  private static NextScores scores(int window, Function<int[], float[]> each) {
    return new NextScores() {
      @Override
      public float[][] next(List<int[]> prefixes) {
        return prefixes.stream().map(each).toArray(float[][]::new);
      }

      @Override
      public int window() {
        return window;
      }
    };
  }

  @Test
  void tokensAreChosenByTheirShares() {
    float[] scores = {1, 3, Float.NEGATIVE_INFINITY, 2, 3};
    assertThat(new Choice(0, 0, 1).of(scores, 0.9)).as("the first of equals").isEqualTo(1);
    Map<Integer, Integer> counts = new HashMap<>();
    int draws = 10_000;
    for (int i = 0; i < draws; i++) {
      counts.merge(new Choice(0.5, 0, 1).of(scores, (i + 0.5) / draws), 1, Integer::sum);
    }
    double sum = Math.exp(2) + 2 * Math.exp(6) + Math.exp(4);
    assertThat(counts.get(1) / (double) draws).isCloseTo(Math.exp(6) / sum, within(1e-3));
    assertThat(counts.get(3) / (double) draws).isCloseTo(Math.exp(4) / sum, within(1e-3));
    assertThat(counts).doesNotContainKey(2);
    Set<Integer> top = new HashSet<>();
    Set<Integer> share = new HashSet<>();
    for (int i = 0; i < draws; i++) {
      top.add(new Choice(1, 3, 1).of(scores, (i + 0.5) / draws));
      share.add(new Choice(1, 0, 0.5).of(scores, (i + 0.5) / draws));
    }
    assertThat(top).containsExactlyInAnyOrder(1, 4, 3);
    assertThat(share).as("the first has 0.40, both have 0.80 of all").containsExactlyInAnyOrder(1, 4);
    assertThat(new Choice(1, 0, 1e-9).of(scores, 0.99)).as("one at least").isEqualTo(1);
    assertThatThrownBy(() -> new Choice(-1, 0, 1)).hasMessageContaining("temperature");
    assertThatThrownBy(() -> new Choice(1, 0, 0)).hasMessageContaining("top_p");
  }

  @Test
  void aTextIsToldPieceByPiece() {
    Vocabulary v = Vocabulary.of(new Characters(), List.of("abc ."), List.of(), 0, false);
    List<String> pieces = new ArrayList<>();
    Continuation c = new Continuation(v, saying(v, 1, v.tokens("bca. cb"), 4), LIKELIEST, 5, "", false);
    assertThat(c.of(v.tokens("a"), 1, pieces::add)).isEqualTo("bca. ");
    assertThat(pieces).containsExactly("b", "c", "a", ".", " ");
    pieces.clear();
    Continuation stopped = new Continuation(v, saying(v, 1, v.tokens("bc. cb"), 4), LIKELIEST, 50, ". c", false);
    assertThat(stopped.of(v.tokens("a"), 1, pieces::add)).isEqualTo("bc");
    assertThat(String.join("", pieces)).as("nothing of what stops it is told").isEqualTo("bc");
    assertThat(stopped.several(v.tokens("a"), 1, 2)).containsExactly("bc", "bc");
  }

  @Test
  void halfACharacterIsKeptBack() {
    Vocabulary v = Vocabulary.of(new Bytes(), List.of(), List.of(), 0, false);
    List<String> pieces = new ArrayList<>();
    Continuation c = new Continuation(v, saying(v, 1, v.tokens("我é!"), 4), LIKELIEST, 6, "", false);
    assertThat(c.of(v.tokens("a"), 1, pieces::add)).isEqualTo("我é!");
    assertThat(pieces).containsExactly("我", "é", "!");
  }

  @Test
  void wordsComeWithTheirSpaces() {
    Vocabulary v = Vocabulary.of(new Words(), List.of("I run, you run."), List.of(Vocabulary.PADDING, Vocabulary.BEGIN, Vocabulary.END), 0, false);
    List<String> pieces = new ArrayList<>();
    int[] prompt = {v.number(Vocabulary.BEGIN).orElseThrow(), v.tokens("I")[0]};
    Continuation c = new Continuation(v, saying(v, 2, v.tokens("run, you run."), 20), LIKELIEST, 50, "", true);
    assertThat(c.of(prompt, 1, pieces::add)).isEqualTo(" run, you run.");
    assertThat(pieces).containsExactly(" run", ",", " you", " run", ".");
    assertThat(new Continuation(v, saying(v, 2, v.tokens("run, you run."), 4), LIKELIEST, 50, "", true).of(prompt, 1, _ -> { })).as("no longer than the window").isEqualTo(" run, you");
  }

  @Test
  void theSameSeedTheSameText() {
    Vocabulary v = Vocabulary.of(new Characters(), List.of("abcdefgh"), List.of(Vocabulary.PADDING, Vocabulary.BEGIN, Vocabulary.END), 0, false);
    NextScores even = scores(40, prefix -> {
      float[] next = new float[v.size()];
      next[0] = 100;
      next[1] = 100;
      return next;
    });
    Continuation c = new Continuation(v, even, new Choice(1, 0, 1), 30, "", true);
    String text = c.of(new int[] {1}, 7, _ -> { });
    assertThat(text).matches("[a-h]*");
    assertThat(c.of(new int[] {1}, 7, _ -> { })).isEqualTo(text);
    assertThat(c.several(new int[] {1}, 7, 8)).doesNotHaveDuplicates().isEqualTo(c.several(new int[] {1}, 7, 8));
    assertThat(c.several(new int[] {1}, 7, 3)).as("a text does not depend on how many there are").isEqualTo(c.several(new int[] {1}, 7, 8).subList(0, 3));
  }

  /** A beam finds what greed does not: the likely first token has no likely second one. */
  @Test
  void aBeamLooksFurther() {
    Vocabulary v = Vocabulary.of(new Characters(), List.of("abcd"), List.of(Vocabulary.PADDING, Vocabulary.BEGIN, Vocabulary.END), 0, false);
    NextScores next = scores(8, prefix -> {
      String text = v.text(prefix);
      // By letter: a, b, c, d, end.
      double[] p = switch (text) {
        case "" -> new double[] {0.5, 0.4, 0.05, 0.03, 0.02};
        case "a" -> new double[] {0.21, 0.21, 0.2, 0.19, 0.19};
        case "b" -> new double[] {0.01, 0.01, 0.01, 0.95, 0.02};
        default -> new double[] {0.01, 0.01, 0.01, 0.01, 0.96};
      };
      float[] scores = new float[v.size()];
      for (int i = 0; i < 4; i++) {
        scores[3 + i] = (float) Math.log(p[i]);
      }
      scores[2] = (float) Math.log(p[4]);
      scores[0] = 9;
      scores[1] = 9;
      return scores;
    });
    SourcedScores sourced = new SourcedScores() {
      @Override
      public NextScores beside(List<float[]> sources) {
        return next;
      }

      @Override
      public List<NextScores> each(List<float[]> sources) {
        return Collections.nCopies(sources.size(), next);
      }

      @Override
      public boolean isTogether() {
        return true;
      }

      @Override
      public int window() {
        return 8;
      }
    };
    Translation translation = new Translation(sourced, v);
    float[] source = {1};
    assertThat(v.text(translation.greedy(List.of(source, source)).get(1))).isEqualTo("aa");
    assertThat(v.text(translation.beam(List.of(source), 3).getFirst())).isEqualTo("bd");
    assertThat(v.text(translation.beam(List.of(source), 1).getFirst())).as("a beam of one is greedy").isEqualTo("aa");
  }
}
