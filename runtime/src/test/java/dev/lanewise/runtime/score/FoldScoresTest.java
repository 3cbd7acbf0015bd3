package dev.lanewise.runtime.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class FoldScoresTest {
  private static Score score(double loss) {
    return new Score(loss, 0.5, 10);
  }

  /** numpy: mean([1, 2, 4]), std([1, 2, 4], ddof = 1). */
  @Test
  void theDeviationIsThatOfASample() {
    FoldScores scores = new FoldScores(List.of(score(1), score(2), score(4)));
    assertThat(scores.mean(Measure.Kind.LOSS)).isCloseTo(7.0 / 3, within(1e-15));
    assertThat(scores.deviation(Measure.Kind.LOSS)).isCloseTo(1.5275252316519468, within(1e-12));
    assertThat(scores.deviation(Measure.Kind.ACCURACY)).isZero();
  }

  @Test
  void aFoldWithoutANumberLeavesNoMean() {
    FoldScores scores = new FoldScores(List.of(score(1), FoldScores.DIVERGED));
    assertThat(scores.mean(Measure.Kind.LOSS)).isNaN();
    assertThat(scores.deviation(Measure.Kind.LOSS)).isNaN();
  }
}
