package dev.lanewise.runtime.kernel.element;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.runtime.kernel.lane.Samples;
import dev.lanewise.runtime.random.Draws;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernels")
class DropoutMaskTest {
  @Test
  void dropoutKeepsItsShareAndItsKeysDiffer() {
    int count = 160_000;
    float[] mask = Samples.blank(count + 1);
    float[] other = new float[count + 1];
    DropoutMask.fill(mask, 1, count, Draws.mix(1, 2), 0.3f);
    DropoutMask.fill(other, 1, count, Draws.mix(1, 3), 0.3f);
    int dropped = 0;
    int both = 0;
    for (int i = 0; i < count; i++) {
      assertThat(mask[1 + i]).isEqualTo(Draws.uniform(Draws.mix(1, 2), i) < 0.3f ? 0 : 1 / (1 - 0.3f));
      dropped += mask[1 + i] == 0 ? 1 : 0;
      both += mask[1 + i] == 0 && other[1 + i] == 0 ? 1 : 0;
    }
    assertThat((double) dropped / count).isBetween(0.295, 0.305);
    assertThat((double) both / count).isBetween(0.087, 0.093);
  }

  @Test
  void sameBitsAtEveryWidth() {
    float[] mask = new float[784];
    DropoutMask.fill(mask, 0, 784, 42, 0.5f);
    assertThat(Samples.crc(mask)).isEqualTo("7f7aee6b");
  }
}
