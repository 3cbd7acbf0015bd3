package dev.lanewise.runtime.kernel.element;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.kernel.lane.Samples;
import dev.lanewise.runtime.random.Draws;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernels")
class NoiseKernelTest {
  private static float[] noisy(int count) {
    int[] keys = new int[2 * Lanes.BLOCK];
    for (int lane = 0; lane < Lanes.BLOCK; lane++) {
      keys[lane] = (int) Draws.mix(3, lane);
      keys[Lanes.BLOCK + lane] = (int) (Draws.mix(3, lane) >>> 32);
    }
    float[] x = Samples.random(1, count * Lanes.BLOCK + 2);
    NoiseKernel.add(x, 1, count, 0.5f, keys);
    return x;
  }

  @Test
  void everyLaneHasTheDrawsOfItsKey() {
    int count = 2_000;
    float[] x = noisy(count);
    float[] before = Samples.random(1, count * Lanes.BLOCK + 2);
    assertThat(x[0]).isEqualTo(before[0]);
    assertThat(x[x.length - 1]).isEqualTo(before[x.length - 1]);
    for (int i = 0; i < count; i++) {
      for (int lane = 0; lane < Lanes.BLOCK; lane++) {
        long key = Draws.mix(3, lane);
        double normal = Draws.normal(Draws.uniform(key, 2 * i), Draws.uniform(key, 2 * i + 1));
        int at = 1 + i * Lanes.BLOCK + lane;
        assertThat((double) x[at]).isCloseTo(before[at] + 0.5 * normal, within(2e-6));
      }
    }
  }

  @Test
  void anOperationsDrawsAreThoseOfItsFormula() {
    int count = 500;
    long key = Draws.mix(4, 1);
    float[] y = Samples.blank(count * Lanes.BLOCK + 2);
    NoiseKernel.fill(y, 1, count, key);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      for (int lane = 0; lane < Lanes.BLOCK; lane++) {
        double u = Draws.uniform(key, 2 * i * Lanes.BLOCK + lane);
        double v = Draws.uniform(key, (2 * i + 1) * Lanes.BLOCK + lane);
        float drawn = y[1 + i * Lanes.BLOCK + lane];
        assertThat((double) drawn).isCloseTo(Draws.normal(u, v), within(4e-6));
        sum += drawn;
        squares += (double) drawn * drawn;
      }
    }
    int all = count * Lanes.BLOCK;
    assertThat(sum / all).isCloseTo(0, within(4 / Math.sqrt(all)));
    assertThat(squares / all).isCloseTo(1, within(4 * Math.sqrt(2.0 / all)));
    Samples.assertUntouched(y, 1, 1 + all, "noise");
    assertThat(Samples.crc(y)).isEqualTo("d42f2ff6");
  }

  @Test
  void sameBitsAtEveryWidth() {
    assertThat(Samples.crc(noisy(100))).isEqualTo("b696b1da");
  }
}
