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
    float[] y = Samples.blank(3 * 16 + 2);
    Rows.oneHot(label, 1, 1, 3, y, 2);
    for (int i = 0; i < 3 * 16; i++) {
      assertThat(y[2 + i]).isEqualTo(i % 16 % 3 == i / 16 ? 1 : 0);
    }
    float[] places = Samples.random(3, 3 * 2 * 16);
    float[] two = new float[2 * 16];
    for (int i = 0; i < two.length; i++) {
      two[i] = i % 3;
    }
    Rows.oneHot(two, 0, 2, 3, places, 0);
    for (int i = 0; i < places.length; i++) {
      assertThat(places[i]).isEqualTo(i % 32 % 3 == i / 32 ? 1 : 0);
    }
    float[] single = Samples.blank(16);
    Rows.oneHot(label, 1, 1, 1, single, 0);
    assertThat(single[5]).isEqualTo(2);
  }
}
