package dev.lanewise.runtime.kernel.conv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.runtime.kernel.lane.Samples;
import org.junit.jupiter.api.Test;

class WeightOrderTest {
  /** Channels last, in rows of 4 for 3 channels; from and to places in the middle of arrays. */
  @Test
  void weightsGoToTheirPlacesAndGradientsComeBack() {
    ConvShape shape = new ConvShape(3, 5, 6, 2, 2, 3, 1, 0);
    WeightOrder order = new WeightOrder(shape, (o, c, tap) -> (o * 6 + tap) * 4 + c);
    float[] weight = Samples.random(7, 2 + 36);
    float[] packed = new float[3 + 48];
    order.pack(weight, 2, packed, 3);
    for (int o = 0; o < 2; o++) {
      for (int c = 0; c < 4; c++) {
        for (int tap = 0; tap < 6; tap++) {
          assertThat(packed[3 + (o * 6 + tap) * 4 + c]).isEqualTo(c == 3 ? 0 : weight[2 + (o * 3 + c) * 6 + tap]);
        }
      }
    }
    float[] gradient = new float[1 + 36];
    gradient[1] = 10;
    order.addBack(packed, 3, gradient, 1);
    assertThat(gradient[0]).isZero();
    assertThat(gradient[1]).isEqualTo(10 + weight[2]);
    for (int i = 1; i < 36; i++) {
      assertThat(gradient[1 + i]).isEqualTo(weight[2 + i]);
    }
  }
}
