package dev.lanewise.runtime.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RetrievalTest {
  private static final float[][] TEXTS = {{1}, {2}, {3}, {4}};
  /** The first two texts are about one picture. */
  private static final float[][] PICTURES = {{7}, {7}, {8}, {9}};
  private static final float[][] OF_PICTURES = {{1, 0}, {1, 0}, {0, 1}, {-1, 0}};

  @Test
  void aPictureCountsOnce() {
    float[][] asked = {{2, 0.1f}, {0.1f, 1}, {0.1f, 3}, {0.1f, 1}};
    Retrieval texts = new Retrieval(TEXTS, asked, PICTURES, OF_PICTURES);
    assertThat(texts.candidates()).containsExactly(0, 2, 3);
    // The first and the third text find theirs first, the second comes second, the fourth last.
    assertThat(texts.recall(1)).isEqualTo(0.5);
    assertThat(texts.recall(2)).isEqualTo(0.75);
    assertThat(texts.recall(3)).isEqualTo(1);
    assertThat(texts.chance(1)).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(texts.chance(9)).isEqualTo(1);
  }

  /** A picture finds one of its texts. */
  @Test
  void whatHasTwoFindsOneOfThem() {
    float[][] texts = {{0, 1}, {1, 0.1f}, {0, 2}, {-1, 0.1f}};
    Retrieval pictures = new Retrieval(PICTURES, OF_PICTURES, TEXTS, texts);
    assertThat(pictures.candidates()).hasSize(4);
    // The text {0, 1} is as near to the second picture as its own, and comes before it.
    assertThat(pictures.recall(1)).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(pictures.recall(2)).isEqualTo(1);
    // Three pictures: the first has two of four texts, the others one.
    assertThat(pictures.chance(1)).isCloseTo((0.5 + 0.25 + 0.25) / 3, within(1e-12));
    assertThat(pictures.chance(2)).isCloseTo((1 - 2 / 4.0 * 1 / 3.0 + 0.5 + 0.5) / 3, within(1e-12));
  }

  /** A network that puts all into one place finds nothing. */
  @Test
  void equallyNearIsNotFound() {
    float[][] same = {{1, 1}, {1, 1}, {1, 1}, {1, 1}};
    assertThat(new Retrieval(TEXTS, same, PICTURES, same).recall(2)).isZero();
  }

  @Test
  void nearestComesFirst() {
    Retrieval texts = new Retrieval(TEXTS, OF_PICTURES, PICTURES, OF_PICTURES);
    assertThat(texts.nearest(new float[] {0.1f, 2}, 2)).containsExactly(2, 0);
    assertThat(Retrieval.cosine(new float[] {3, 0}, new float[] {2, 2})).isCloseTo(Math.sqrt(0.5), within(1e-7));
    assertThat(Retrieval.cosine(new float[] {0, 0}, new float[] {2, 2})).isZero();
  }
}
