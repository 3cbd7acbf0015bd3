package dev.lanewise.runtime.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RankingTest {
  private static Ranking ranking(int outputs, int[] labels, float... outputsOfAll) {
    Ranking ranking = new Ranking(outputs, labels.length);
    for (int i = 0; i < labels.length; i++) {
      System.arraycopy(outputsOfAll, i * outputs, ranking.scores(), ranking.next(), outputs);
      ranking.add(labels[i], 0);
    }
    return ranking;
  }

  @Test
  void topKCountsRanks() {
    Ranking ranking = new Ranking(10, 0);
    for (int rank : new int[] {0, 1, 1, 2, 4, 5, 9, 3}) {
      ranking.add(7, rank);
    }
    assertThat(ranking.top(1)).isEqualTo(1 / 8.0);
    assertThat(ranking.top(2)).isEqualTo(3 / 8.0);
    assertThat(ranking.top(3)).isEqualTo(4 / 8.0);
    assertThat(ranking.top(5)).isEqualTo(6 / 8.0);
  }

  /** The example of scikit-learn's documentation: labels 0 0 1 1, scores 0.1 0.4 0.35 0.8. */
  @Test
  void ofTwoClassesAsScikitLearn() {
    int[] labels = {0, 0, 1, 1};
    assertThat(ranking(1, labels, 0.1f, 0.4f, 0.35f, 0.8f).auc()).isEqualTo(0.75);
    assertThat(ranking(2, labels, 0.9f, 0.1f, 0.6f, 0.4f, 0.65f, 0.35f, 0.2f, 0.8f).auc()).isEqualTo(0.75);
    assertThat(ranking(1, new int[] {1, 1}, 0.1f, 0.4f).auc()).isNaN();
  }

  /** Logits are compared by their softmax: by class 0, the second example is ahead although its logit is lower. */
  @Test
  void logitsBecomeProbabilities() {
    assertThat(ranking(3, new int[] {1, 0, 2}, 3, 5, 4, 1, -9, -9, 0, 0, 9).auc()).isEqualTo(1);
  }

  /** Against the definition: all pairs, ties counted half. */
  @Test
  void isTheShareOfPairs() {
    Random random = new Random(4);
    for (int round = 0; round < 50; round++) {
      int classes = 3 + random.nextInt(3);
      int count = 5 + random.nextInt(40);
      int[] labels = random.ints(count, 0, classes).toArray();
      float[] scores = new float[count * classes];
      for (int i = 0; i < count; i++) {
        float sum = 0;
        for (int c = 0; c < classes; c++) {
          // Few different values, so that there are ties.
          sum += scores[i * classes + c] = 1 + random.nextInt(2);
        }
        for (int c = 0; c < classes; c++) {
          scores[i * classes + c] /= sum;
        }
      }
      assertThat(ranking(classes, labels, scores).auc()).as("round %d", round).isCloseTo(pairs(classes, labels, scores), within(1e-12));
    }
  }

  private static double pairs(int classes, int[] labels, float[] scores) {
    double sum = 0;
    int counted = 0;
    for (int c = 0; c < classes; c++) {
      double won = 0;
      int pairs = 0;
      for (int i = 0; i < labels.length; i++) {
        for (int j = 0; j < labels.length; j++) {
          if (labels[i] == c && labels[j] != c) {
            won += scores[i * classes + c] > scores[j * classes + c] ? 1 : scores[i * classes + c] == scores[j * classes + c] ? 0.5 : 0;
            pairs++;
          }
        }
      }
      if (pairs > 0) {
        sum += won / pairs;
        counted++;
      }
    }
    return sum / counted;
  }
}
