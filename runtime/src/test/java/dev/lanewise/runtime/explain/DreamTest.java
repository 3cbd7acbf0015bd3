package dev.lanewise.runtime.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.train.StoppedException;
import org.junit.jupiter.api.Test;

class DreamTest {
  private static final Shape SHAPE = Shape.of(1, 6, 8);
  private static final Dream.Range PIXELS = new Dream.Range(0, 1);

  private final SmallScore score = SmallScore.random(48, 2);
  private final Normalization scale = Normalization.of(SHAPE, 0.5f, 0.3f);

  @Test
  void itClimbsWithinTheRange() {
    Dream.Found found = new Dream(40, 0.05, 1, 7).of(score, SHAPE, scale, PIXELS);
    assertThat(found.after()).isGreaterThan(found.before());
    assertThat(found.steps()).isEqualTo(40);
    for (float pixel : found.pixels()) {
      assertThat(pixel).isBetween(0f, 1f);
    }
  }

  @Test
  void theSameSeedIsTheSameDream() {
    Dream.Found found = new Dream(10, 0.05, 1, 7).of(score, SHAPE, scale, PIXELS);
    assertThat(new Dream(10, 0.05, 1, 7).of(score, SHAPE, scale, PIXELS).pixels()).isEqualTo(found.pixels());
    assertThat(new Dream(10, 0.05, 1, 8).of(score, SHAPE, scale, PIXELS).pixels()).isNotEqualTo(found.pixels());
  }

  /** Uphill in a straight line where the score is a line: each pixel ends where its weight sends it. */
  @Test
  void ofALineItIsItsWeights() {
    ScoreFunction line = new ScoreFunction() {
      @Override
      public double[] values(float[][] inputs) {
        return new double[inputs.length];
      }

      @Override
      public float[][] gradients(float[][] inputs) {
        float[] gradient = new float[48];
        for (int i = 0; i < 48; i++) {
          gradient[i] = i % 8 < 4 ? 1 : -1;
        }
        return new float[][] {gradient};
      }
    };
    float[] pixels = new Dream(60, 0.1, 0, 1).of(line, SHAPE, scale, PIXELS).pixels();
    assertThat(pixels[1]).isEqualTo(1);
    assertThat(pixels[6]).isEqualTo(0);
  }

  @Test
  void whatIsThereIsKeptWhereItIsStopped() {
    ScoreFunction stopping = new ScoreFunction() {
      private int asked;

      @Override
      public double[] values(float[][] inputs) {
        return score.values(inputs);
      }

      @Override
      public float[][] gradients(float[][] inputs) {
        if (asked++ == 5) {
          throw new StoppedException();
        }
        return score.gradients(inputs);
      }
    };
    Dream.Found found = new Dream(10, 0.05, 0, 7).of(stopping, SHAPE, scale, PIXELS);
    assertThat(found.steps()).isEqualTo(5);
    assertThat(found.after()).isNaN();
  }
}
