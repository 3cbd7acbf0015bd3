package dev.lanewise.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.tensor.Shape;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Changes of sounds; that several lanes do not disturb each other {@link AugmentationTest} says of all changes. */
class SoundChangesTest {
  private static final float SILENCE = -0.5f;

  /** Two examples whose values are 1, 2, 3 …; an original 0 is read as {@link #SILENCE}. */
  private static Dataset counted(Shape shape) {
    float[][] values = new float[2][shape.size()];
    for (int i = 0; i < shape.size(); i++) {
      values[0][i] = i + 1;
      values[1][i] = -(i + 1);
    }
    return new Points(shape, values, new int[] {0, 1}, 2).normalized(Normalization.of(shape, 1, 2));
  }

  /** In the third lane; the values as they were before they were scaled. */
  private static float[] changed(Dataset data, long batch, Augmentation.Change change) {
    float[] block = new float[data.shape().size() * 16];
    new Augmentation(List.of(change)).readBlock(data, new int[] {1, 1, 0, 1}, 0, 4, batch, 0, block, 0);
    float[] own = new float[data.shape().size()];
    for (int i = 0; i < own.length; i++) {
      own[i] = block[i * 16 + 2] == SILENCE ? 0 : 2 * block[i * 16 + 2] + 1;
    }
    return own;
  }

  @Test
  void aDelayMovesAllRowsAlike() {
    for (Shape shape : List.of(Shape.of(1, 3, 10), Shape.of(3, 10), Shape.of(1, 30))) {
      Dataset data = counted(shape);
      int times = shape.width();
      Set<Integer> seen = new TreeSet<>();
      for (long batch = 0; batch < 60; batch++) {
        float[] moved = changed(data, batch, new Augmentation.Delay(3));
        int by = -9;
        for (int candidate = -3; candidate <= 3; candidate++) {
          by = moved[Math.max(0, candidate) + 2] == Math.max(0, candidate) + 2 - candidate + 1 ? candidate : by;
        }
        seen.add(by);
        for (int i = 0; i < moved.length; i++) {
          int from = i % times - by;
          assertThat(moved[i]).as("%s by %d, value %d", shape, by, i).isEqualTo(from < 0 || from >= times ? 0 : i - by + 1);
        }
      }
      assertThat(seen).containsExactly(-3, -2, -1, 0, 1, 2, 3);
    }
  }

  /** Of values that rise by 1 from time to time those that are left rise by the factor. */
  @Test
  void aTempoIsOneFactorOfTime() {
    for (Shape shape : List.of(Shape.of(1, 3, 40), Shape.of(3, 40), Shape.of(1, 40))) {
      Dataset data = counted(shape);
      double least = 1;
      double most = 1;
      for (long batch = 0; batch < 80; batch++) {
        float[] changed = changed(data, batch, new Augmentation.Tempo(0.5, 2));
        float factor = changed[1] - changed[0];
        least = Math.min(least, factor);
        most = Math.max(most, factor);
        for (int row = 0; row < shape.size() / 40; row++) {
          for (int i = 0; i < 40; i++) {
            float place = i * factor;
            float wanted = row * 40 + 1 + place;
            if (place <= 38.9) {
              assertThat(changed[row * 40 + i]).as("%s, row %d, time %d by %f", shape, row, i, factor).isCloseTo(wanted, within(1e-3f));
            } else if (place > 40.1) {
              assertThat(changed[row * 40 + i]).isZero();
            }
          }
        }
      }
      assertThat(least).isBetween(0.5, 0.6);
      assertThat(most).isBetween(1.85, 2.0);
    }
  }

  @Test
  void aMaskSilencesTimesAndPitches() {
    Shape shape = Shape.of(1, 8, 12);
    Dataset data = counted(shape);
    Set<Integer> times = new TreeSet<>();
    Set<Integer> pitches = new TreeSet<>();
    for (long batch = 0; batch < 200; batch++) {
      float[] masked = changed(data, batch, new Augmentation.Mask(4, 2));
      int columns = 0;
      int rows = 0;
      for (int c = 0; c < 12; c++) {
        int column = c;
        columns += IntStream.range(0, 8).allMatch(r -> masked[r * 12 + column] == 0) ? 1 : 0;
      }
      for (int r = 0; r < 8; r++) {
        int row = r;
        rows += IntStream.range(0, 12).allMatch(c -> masked[row * 12 + c] == 0) ? 1 : 0;
      }
      int silent = 0;
      for (int i = 0; i < masked.length; i++) {
        silent += masked[i] == 0 ? 1 : 0;
        assertThat(masked[i]).isIn(0f, i + 1f);
      }
      assertThat(silent).isEqualTo(columns * 8 + rows * 12 - columns * rows);
      times.add(columns);
      pitches.add(rows);
    }
    assertThat(times).containsExactly(0, 1, 2, 3, 4);
    assertThat(pitches).containsExactly(0, 1, 2);
  }

  @Test
  void aGainIsOneFactor() {
    Dataset data = counted(Shape.of(1, 20));
    double least = 1;
    double most = 1;
    for (long batch = 0; batch < 100; batch++) {
      float[] louder = changed(data, batch, new Augmentation.Gain(6));
      for (int i = 0; i < louder.length; i++) {
        assertThat(louder[i]).isCloseTo(louder[0] * (i + 1), within(1e-4f * (i + 1)));
      }
      least = Math.min(least, louder[0]);
      most = Math.max(most, louder[0]);
    }
    assertThat(least).isBetween(0.5, 0.6);
    assertThat(most).isBetween(1.8, 2.0);
  }
}
