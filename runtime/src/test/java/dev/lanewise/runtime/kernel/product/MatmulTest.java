package dev.lanewise.runtime.kernel.product;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.runtime.kernel.lane.Samples;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("kernels")
class MatmulTest {
  @ParameterizedTest
  @CsvSource({"1,1,1", "1,5,16", "2,3,15", "3,7,17", "4,1,31", "5,320,16", "7,16,67", "10,50,16", "50,320,16",
      "13,300,129", "16,16,64", "23,140,100", "0,3,16", "3,0,16", "64,64,64", "50,140,213", "200,261,1040", "122,530,33"})
  void addsTheProduct(int m, int k, int n) {
    float[] expected = Samples.random(3, m * (n + 2) + 5);
    double[] c = new double[expected.length];
    for (int i = 0; i < c.length; i++) {
      c[i] = expected[i];
    }
    int aRow = k + 1;
    float[] a = Samples.random(1, m * aRow + 7);
    float[] b = Samples.random(2, k * (n + 3) + 3);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        for (int p = 0; p < k; p++) {
          c[5 + i * (n + 2) + j] += (double) a[7 + i * aRow + p] * b[3 + p * (n + 3) + j];
        }
      }
    }
    float[] again = expected.clone();
    Matmul.multiplyAdd(m, k, n, a, 7, aRow, b, 3, n + 3, expected, 5, n + 2);
    Samples.assertClose(expected, 0, c, 3e-5, m + "x" + k + "x" + n);
    if (k >= 16) {
      // To the bit: which of the two runs depends on the sizes.
      float[] scratch = Samples.blank(MatmulPanels.SCRATCH + 1);
      MatmulPanels.multiplyAdd(m, k, n, a, 7, aRow, b, 3, n + 3, again, 5, n + 2, scratch, 1);
      assertThat(again).isEqualTo(expected);
    }
  }

  @Test
  void sameBitsAtEveryWidth() {
    float[] c = new float[37 * 83];
    float[] a = Samples.random(1, 37 * 150);
    float[] b = Samples.random(2, 150 * 83);
    Matmul.multiplyAdd(37, 150, 83, a, 0, 150, b, 0, 83, c, 0, 83);
    assertThat(Samples.crc(c)).isEqualTo("8b35f573");
  }
}
