package dev.lanewise.runtime.kernel.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernels")
class FiniteTest {
  @Test
  void seesOneValueAmongMany() {
    Random random = new Random(2);
    for (int blocks : new int[] {0, 1, 2, 7, 49}) {
      for (float odd : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MAX_VALUE, -0f, Float.MIN_VALUE}) {
        int from = 12;
        int to = from + 16 * blocks;
        float[] values = new float[to + 16];
        for (int i = 0; i < values.length; i++) {
          values[i] = random.nextFloat() - 0.5f;
        }
        // Beside the range it does not count.
        values[0] = Float.NaN;
        values[to] = Float.NaN;
        assertThat(Finite.all(values, from, to)).isTrue();
        if (blocks > 0) {
          values[from + random.nextInt(to - from)] = odd;
          assertThat(Finite.all(values, from, to)).as("%s in %d blocks", odd, blocks).isEqualTo(Finite.scalar(values, from, to));
        }
      }
    }
  }
}
