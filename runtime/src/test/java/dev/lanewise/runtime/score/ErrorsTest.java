package dev.lanewise.runtime.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code MetricsTest} does not compare with scikit-learn: ends, and what is told. */
class ErrorsTest {
  private static Errors of(float[] targets, float[] outputs) {
    Errors errors = new Errors(1, true);
    for (int i = 0; i < targets.length; i++) {
      errors.add(targets, outputs, i);
    }
    return errors;
  }

  @Test
  void aConstantTargetIsMetOrNot() {
    assertThat(of(new float[] {0.1f, 0.1f, 0.1f}, new float[] {0.1f, 0.1f, 0.1f}).r2()).isEqualTo(1);
    assertThat(of(new float[] {0.1f, 0.1f, 0.1f}, new float[] {0.1f, 0.1f, 0.2f}).r2()).isEqualTo(0);
  }

  @Test
  void oneExampleHasNoVariance() {
    assertThat(of(new float[] {3}, new float[] {3}).r2()).isNaN();
    assertThat(of(new float[] {3}, new float[] {5}).mae()).isEqualTo(2);
  }

  @Test
  void whatIsNoNumberIsNoScore() {
    Errors errors = of(new float[] {1, 1}, new float[] {1, Float.NaN});
    assertThat(List.of(errors.mae(), errors.rmse(), errors.r2())).allMatch(v -> v.isNaN());
  }

  /** The textbook's formula, the mean of the squares less the square of the mean, would have nothing left of it. */
  @Test
  void aSmallVarianceOfLargeNumbersIsSeen() {
    assertThat(of(new float[] {1_000_001, 1_000_002, 1_000_003}, new float[] {1_000_001, 1_000_002, 1_000_004}).r2()).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void errorsAreBetterSmallAndR2Large() {
    assertThat(Measure.named("val.mae").orElseThrow().better(1, 2)).isTrue();
    assertThat(Measure.named("rmse").orElseThrow().better(1, 2)).isTrue();
    assertThat(Measure.named("val.r2").orElseThrow().better(-1, -2)).isTrue();
  }

  @Test
  void pixelsAreToldOnlyIfTheyAreAskedFor() {
    Score table = new Score(0, Double.NaN, 1, null, null, null, new Errors(1, true));
    Score image = new Score(0, Double.NaN, 1, null, null, null, new Errors(784, false));
    assertThat(table.headline()).containsExactly(Measure.Kind.MAE, Measure.Kind.RMSE, Measure.Kind.R2);
    assertThat(image.headline()).isEmpty();
    assertThat(new Score(0, 0.5, 1).headline()).containsExactly(Measure.Kind.ACCURACY);
  }
}
