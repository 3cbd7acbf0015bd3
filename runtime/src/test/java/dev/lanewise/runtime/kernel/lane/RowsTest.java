package dev.lanewise.runtime.kernel.lane;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowsTest {
  @Test
  void aRowForEveryBias() {
    float[] bias = Samples.random(1, 8);
    float[] y = Samples.blank(7 * 16 + 2);
    Rows.broadcast(bias, 1, 7, y, 2);
    for (int i = 0; i < 7 * 16; i++) {
      assertThat(y[2 + i]).isEqualTo(bias[1 + i / 16]);
    }
  }

  @Test
  void theLabelsRowIsRight() {
    float[] label = new float[17];
    for (int lane = 0; lane < 16; lane++) {
      label[1 + lane] = lane % 3;
    }
    float[] right = {0.5f, 2, 3};
    float[] wrong = {0.1f, 0, 0.3f};
    float[] y = Samples.blank(3 * 16 + 2);
    Rows.oneHot(label, 1, 1, right, wrong, y, 2);
    for (int i = 0; i < 3 * 16; i++) {
      assertThat(y[2 + i]).isEqualTo(i % 16 % 3 == i / 16 ? right[i / 16] : wrong[i / 16]);
    }
    float[] single = Samples.blank(16);
    Rows.oneHot(label, 1, 1, new float[] {1}, new float[] {0}, single, 0);
    assertThat(single[5]).isEqualTo(2);
  }
}
