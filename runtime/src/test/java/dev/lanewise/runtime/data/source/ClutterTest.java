package dev.lanewise.runtime.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.runtime.data.ByteImages;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.tensor.Shape;
import org.junit.jupiter.api.Test;

class ClutterTest {
  private static final int SIZE = 20;

  /** Digits of 6x6: a frame of light around a dark middle, brighter the higher its number. */
  private static DataSplit digits() {
    byte[] pixels = new byte[40 * 36];
    for (int i = 0; i < pixels.length; i++) {
      int row = i % 36 / 6;
      int column = i % 6;
      boolean frame = row == 0 || row == 5 || column == 0 || column == 5;
      pixels[i] = (byte) (frame ? 160 + i / 36 * 2 : 0);
    }
    Dataset images = new ByteImages(Shape.of(1, 6, 6), pixels, new byte[40], 10, 0, 1);
    return new DataSplit("digits", images, null, images);
  }

  private static float[] read(Dataset data, int index, boolean target) {
    float[] out = new float[SIZE * SIZE];
    if (target) {
      data.readTarget(index, out, 0, 1);
    } else {
      data.read(index, out, 0, 1);
    }
    return out;
  }

  @Test
  void eachSceneHasOneWholeDigitUnderItsMask() {
    DataSplit scenes = Clutter.of(digits(), SIZE, 30, 1);
    assertThat(scenes.train().size()).isEqualTo(30);
    assertThat(scenes.test().size()).isEqualTo(6);
    assertThat(scenes.train().target()).isEqualTo(Target.numbers(Shape.of(1, SIZE, SIZE)));
    for (int i = 0; i < 30; i++) {
      float[] scene = read(scenes.train(), i, false);
      float[] mask = read(scenes.train(), i, true);
      int marked = 0;
      int outside = 0;
      double inside = 0;
      for (int k = 0; k < mask.length; k++) {
        assertThat(mask[k]).isIn(0f, 1f);
        marked += mask[k] > 0 ? 1 : 0;
        inside += mask[k] * scene[k];
        outside += mask[k] == 0 && scene[k] > 0.5f ? 1 : 0;
      }
      assertThat(marked).as("the frame").isEqualTo(20);
      assertThat(inside / marked).as("as bright as the digit, or the clutter over it").isGreaterThan(0.55);
      assertThat(outside).as("there is clutter").isPositive();
    }
  }

  @Test
  void theSameSeedMakesTheSameScenes() {
    DataSplit first = Clutter.of(digits(), SIZE, 10, 1);
    DataSplit again = Clutter.of(digits(), SIZE, 10, 1);
    DataSplit other = Clutter.of(digits(), SIZE, 10, 2);
    assertThat(read(again.train(), 3, false)).isEqualTo(read(first.train(), 3, false));
    assertThat(read(again.test(), 1, true)).isEqualTo(read(first.test(), 1, true));
    assertThat(read(other.train(), 3, false)).isNotEqualTo(read(first.train(), 3, false));
    assertThat(read(first.test(), 0, false)).isNotEqualTo(read(first.train(), 0, false));
  }

  @Test
  void masksAreNotNormalised() {
    DataSplit scenes = Clutter.of(digits(), SIZE, 10, 1).normalizeAuto();
    assertThat(read(scenes.train(), 2, true)).containsOnly(0, 1);
    assertThat(read(scenes.train(), 2, false)).isNotEqualTo(read(Clutter.of(digits(), SIZE, 10, 1).train(), 2, false));
  }

  @Test
  void aDigitMustFit() {
    assertThatThrownBy(() -> Clutter.of(digits(), 5, 10, 1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a scene of 5x5 must hold an image of 1x6x6");
    assertThatThrownBy(() -> Clutter.of(digits(), SIZE, 0, 1)).hasMessageContaining("there must be one, not 0");
  }
}
