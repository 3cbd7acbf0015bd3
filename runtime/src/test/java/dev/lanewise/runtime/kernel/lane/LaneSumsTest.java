package dev.lanewise.runtime.kernel.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("kernels")
class LaneSumsTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 67, 784})
  void addsTheLanes(int count) {
    float[] sums = Samples.random(1, count * 16 + 3);
    float[] out = Samples.random(2, count + 1);
    double[] expected = new double[count];
    for (int i = 0; i < count; i++) {
      expected[i] = out[1 + i];
      for (int lane = 0; lane < 16; lane++) {
        expected[i] += sums[3 + i * 16 + lane];
      }
    }
    LaneSums.add(sums, 3, count, out, 1);
    Samples.assertClose(out, 1, expected, 3e-6, count);
  }

  /** To the bit: which of the two runs depends on how many sums there are. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 15, 16, 17, 67, 784})
  void collectsAsItAdds(int count) {
    float[] sums = Samples.random(1, count * 16 + 19);
    float[] expected = Samples.random(2, count + 2);
    float[] out = expected.clone();
    float[] after = sums.clone();
    java.util.Arrays.fill(after, 3, 3 + count * 16, 0);
    LaneSums.add(sums, 3, count, expected, 1);
    LaneSums.collect(sums, 3, count, out, 1);
    assertThat(out).isEqualTo(expected);
    assertThat(sums).isEqualTo(after);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 16, 67, 576})
  void addsThePositions(int per) {
    int channels = 3;
    float[] dy = Samples.random(1, channels * per * 16 + 3);
    float[] sums = Samples.random(2, channels * 16 + 1);
    double[] expected = new double[channels * 16];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = sums[1 + i];
      for (int p = 0; p < per; p++) {
        expected[i] += dy[3 + (i / 16 * per + p) * 16 + i % 16];
      }
    }
    LaneSums.rows(dy, 3, channels, per, sums, 1);
    Samples.assertClose(sums, 1, expected, 1e-5, per);
  }

  /** The error does not grow with the number of values, whatever they are: here all of one sign, where roundings add up. */
  @ParameterizedTest
  @ValueSource(ints = {33, 1_000, 65_536, 300_000})
  void longSumsAreAsExactAsShortOnes(int per) {
    float[] x = Samples.random(per, per * 16);
    double[] expected = new double[16];
    for (int i = 0; i < x.length; i++) {
      x[i] = 1 + Math.abs(x[i]);
      expected[i % 16] += x[i];
    }
    float[] sums = new float[16];
    LaneSums.groups(x, 0, 1, 1, per, 1, sums, 0);
    for (int lane = 0; lane < 16; lane++) {
      assertThat(sums[lane] / expected[lane] - 1).as("lane %d", lane).isBetween(-1e-6, 1e-6);
    }
  }

  @Test
  void sameBitsAtEveryWidth() {
    float[] out = new float[100];
    float[] sums = new float[10 * 16];
    LaneSums.add(Samples.random(1, 1600), 0, 100, out, 0);
    LaneSums.rows(Samples.random(2, 10 * 77 * 16), 0, 10, 77, sums, 0);
    assertThat(List.of(Samples.crc(out), Samples.crc(sums))).containsExactly("b8e8ee7a", "578fdb00");
  }
}
