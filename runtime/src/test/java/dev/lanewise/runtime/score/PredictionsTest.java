package dev.lanewise.runtime.score;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PredictionsTest {
  private static final float NAN = Float.NaN;

  @Test
  void theHighestOutputIsTheClass() {
    Predictions made = new Predictions(3, new float[] {1, 3, 2, 5, 5, Float.NEGATIVE_INFINITY}, new float[2], 0.5f);
    assertThat(made.predicted(0)).isEqualTo(1);
    assertThat(made.predicted(1)).isZero();
    assertThat(made.unclear()).isZero();
  }

  @Test
  void anOutputOfNaNIsNoClassWhereverItStands() {
    Predictions made = new Predictions(2, new float[] {NAN, 1, 1, NAN, 0, 1}, new float[3], 0.5f);
    assertThat(made.predicted(0)).isEqualTo(-1);
    assertThat(made.predicted(1)).isEqualTo(-1);
    assertThat(made.predicted(2)).isEqualTo(1);
    assertThat(made.unclear()).isEqualTo(2);
    assertThat(new Predictions(1, new float[] {NAN}, new float[1], 0.5f).predicted(0)).isEqualTo(-1);
  }
}
