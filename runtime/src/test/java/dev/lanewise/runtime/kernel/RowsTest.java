package dev.lanewise.runtime.kernel;

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
}
