package dev.lanewise.runtime.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ConfusionTest {
  /** The example of scikit-learn's documentation of f1_score: true 0 1 2 0 1 2, predicted 0 2 1 0 0 1; macro 0.2666…. */
  @Test
  void scoresAreThoseOfScikitLearn() {
    Confusion confusion = new Confusion(4);
    int[] labels = {0, 1, 2, 0, 1, 2};
    int[] predicted = {0, 2, 1, 0, 0, 1};
    for (int i = 0; i < 6; i++) {
      confusion.add(labels[i], predicted[i]);
    }
    assertThat(confusion.f1()).isCloseTo(0.8 / 3, within(1e-12));
    assertThat(confusion.precision()).isCloseTo(2.0 / 9, within(1e-12));
    assertThat(confusion.recall()).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(confusion.precision(0)).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(confusion.f1(3)).isZero();
  }
}
