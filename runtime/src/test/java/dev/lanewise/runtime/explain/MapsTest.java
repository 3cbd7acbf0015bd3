package dev.lanewise.runtime.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.tensor.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Maps beside the formulas of their papers, written out here for a score whose gradient is known. */
class MapsTest {
  private static final Shape SHAPE = Shape.of(2, 3, 4);

  private final SmallScore score = SmallScore.random(24, 3);
  private final float[] x = SmallScore.example(24, 4);

  /** By differences of pixels in their own units: x = (pixel - mean) / std. */
  @Test
  void saliencyIsTheLargestSlopeOfAPixel() {
    Normalization scale = new Normalization(new float[] {0.4f, 0.6f}, new float[] {0.5f, 0.25f});
    double[] map = Saliency.map(Saliency.slopes(score, x, SHAPE, scale), 2);
    assertThat(map).hasSize(12);
    for (int i = 0; i < 12; i++) {
      double most = 0;
      for (int c = 0; c < 2; c++) {
        float[] up = x.clone();
        float[] down = x.clone();
        up[c * 12 + i] += 0.01f;
        down[c * 12 + i] -= 0.01f;
        double pixels = scale.std()[c] * ((double) up[c * 12 + i] - down[c * 12 + i]);
        most = Math.max(most, Math.abs((score.value(up) - score.value(down)) / pixels));
      }
      assertThat(map[i]).isCloseTo(most, within(2e-3));
    }
  }

  /** Each attribution is the integral of its own formula; Simpson's rule of many steps knows it better. */
  @Test
  void integratedGradientsAreIntegrals() {
    float[] baseline = SmallScore.example(24, 9);
    IntegratedGradients found = IntegratedGradients.of(score, x, baseline, 200);
    for (int i = 0; i < 24; i++) {
      double sum = 0;
      for (int k = 0; k <= 1000; k++) {
        int weight = k == 0 || k == 1000 ? 1 : k % 2 == 1 ? 4 : 2;
        sum += weight * slope(i, baseline, k / 1000.0);
      }
      assertThat(found.attributions()[i]).isCloseTo(((double) x[i] - baseline[i]) * sum / 3000, within(1e-4));
    }
    assertThat(found.sum()).isCloseTo(score.value(x) - score.value(baseline), within(1e-3));
    assertThat(found.map(2)[5]).isEqualTo(found.attributions()[5] + found.attributions()[17]);
  }

  private double slope(int i, float[] baseline, double share) {
    double slope = 0;
    for (int k = 0; k < score.v().length; k++) {
      double sum = 0;
      for (int j = 0; j < 24; j++) {
        sum += score.w()[k][j] * (baseline[j] + share * ((double) x[j] - baseline[j]));
      }
      slope += score.v()[k] * score.w()[k][i] / (Math.cosh(sum) * Math.cosh(sum));
    }
    return slope;
  }

  @Test
  void stepsGoOnUntilNothingIsMissing() {
    float[] far = new float[24];
    Arrays.fill(far, 3);
    IntegratedGradients few = IntegratedGradients.of(score, far, new float[24], 3);
    assertThat(few.isComplete()).isFalse();
    IntegratedGradients enough = IntegratedGradients.complete(score, far, new float[24]);
    assertThat(enough.isComplete()).isTrue();
    assertThat(enough.gap()).isLessThan(IntegratedGradients.CLOSE);
    assertThat(enough.steps()).isGreaterThanOrEqualTo(64);
  }

  /** Every patch by itself, pixel by pixel. */
  @Test
  void occlusionIsTheMeanFallOfAllPatchesThatLieThere() {
    float[] fill = SmallScore.example(24, 6);
    double[] map = new Occlusion(2, 1).map(score, x, SHAPE, fill);
    for (int y = 0; y < 3; y++) {
      for (int i = 0; i < 4; i++) {
        double sum = 0;
        int count = 0;
        for (int top = Math.max(0, y - 1); top <= Math.min(1, y); top++) {
          for (int left = Math.max(0, i - 1); left <= Math.min(2, i); left++) {
            float[] covered = x.clone();
            for (int c = 0; c < 2; c++) {
              for (int k = 0; k < 4; k++) {
                int at = c * 12 + (top + k / 2) * 4 + left + k % 2;
                covered[at] = fill[at];
              }
            }
            sum += score.value(x) - score.value(covered);
            count++;
          }
        }
        assertThat(map[y * 4 + i]).as("%d, %d", y, i).isCloseTo(sum / count, within(1e-12));
      }
    }
  }

  /** 3 does not divide 4: the last patch of a row sticks out, and no place is left. */
  @Test
  void occlusionCoversEveryPlace() {
    assertThat(new Occlusion(3, 3).map(score, x, SHAPE, new float[24])).hasSize(12).doesNotContain(Double.NaN);
    assertThat(new Occlusion(50, 50).map(score, x, SHAPE, new float[24])).containsOnly(score.value(x) - score.value(new float[24]));
    assertThatThrownBy(() -> new Occlusion(2, 3)).isInstanceOf(IllegalArgumentException.class);
  }

  /** A sequence is one row. */
  @Test
  void occlusionOfASequence() {
    double[] map = new Occlusion(1, 1).map(score, x, Shape.of(2, 12), new float[24]);
    float[] covered = x.clone();
    covered[7] = 0;
    covered[19] = 0;
    assertThat(map[7]).isEqualTo(score.value(x) - score.value(covered));
  }

  /** Numbers of torch.nn.functional.interpolate(mode = "bilinear", align_corners = False). */
  @Test
  void bilinearIsPyTorchs() {
    double[] map = {1, 2, 3, 5};
    assertThat(Bilinear.resized(map, 2, 2, 4, 4)).containsExactly(
        new double[] {1, 1.25, 1.75, 2, 1.5, 1.8125, 2.4375, 2.75, 2.5, 2.9375, 3.8125, 4.25, 3, 3.5, 4.5, 5}, within(1e-12));
    assertThat(Bilinear.resized(map, 2, 2, 2, 2)).containsExactly(map);
    assertThat(Bilinear.resized(new double[] {4}, 1, 1, 2, 3)).containsOnly(4);
  }

  @Test
  void ranksOfEqualNumbersAreShared() {
    assertThat(RankCorrelation.ranks(new double[] {3, 1, 3, 0})).containsExactly(2.5, 1, 2.5, 0);
  }

  /** Without equal numbers: 1 - 6 sum of d^2 / (n (n^2 - 1)). */
  @Test
  void rankCorrelationIsSpearmans() {
    double[] a = {10, 20, 30, 40, 50};
    double[] b = {0.1, 0.9, 0.2, 0.8, 0.7};
    // Ranks of b: 0, 4, 1, 3, 2; differences 0, 3, 1, 0, 2.
    assertThat(RankCorrelation.of(a, b)).isCloseTo(1 - 6 * 14 / 120.0, within(1e-12));
    assertThat(RankCorrelation.of(a, a)).isCloseTo(1, within(1e-12));
    assertThat(RankCorrelation.of(a, new double[5])).isZero();
  }
}
