package dev.lanewise.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.data.Augmentation.Change;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AugmentationTest {
  private static final Shape SHAPE = Shape.of(2, 9, 7);
  private static final ByteImages IMAGES = images();

  private static ByteImages images() {
    byte[] pixels = new byte[3 * SHAPE.size()];
    new Random(1).nextBytes(pixels);
    return new ByteImages(SHAPE, pixels, new byte[3], 2, 0.25f, 0.5f);
  }

  private static float[] read(long key, Change... changes) {
    float[] out = new float[SHAPE.size() * 16 + 3];
    new Augmentation(List.of(changes)).read(IMAGES, 1, key, out, 3, 16);
    float[] dense = new float[SHAPE.size()];
    for (int i = 0; i < dense.length; i++) {
      dense[i] = out[3 + i * 16];
    }
    return dense;
  }

  private static float[] original() {
    float[] image = new float[SHAPE.size()];
    IMAGES.read(1, image, 0, 1);
    return image;
  }

  private static int at(int c, int r, int k) {
    return (c * 9 + r) * 7 + k;
  }

  @Test
  void nothingChangesNothing() {
    assertThat(read(5)).containsExactly(original());
    assertThat(read(5, new Augmentation.Rotate(0), new Augmentation.Shift(0), new Augmentation.Scale(1, 1)))
        .containsExactly(original(), within(1e-6f));
  }

  @Test
  void theSameKeyIsTheSameChange() {
    Change[] changes = {
      new Augmentation.Rotate(20), new Augmentation.Shift(3), new Augmentation.Scale(0.8, 1.2), new Augmentation.Shear(10),
      new Augmentation.Flip(0.5), new Augmentation.Erase(3, 0.5), new Augmentation.Noise(0.1)
    };
    assertThat(read(7, changes)).containsExactly(read(7, changes)).isNotEqualTo(read(8, changes));
  }

  @Test
  void aFlipMirrors() {
    float[] flipped = read(3, new Augmentation.Flip(1));
    float[] image = original();
    for (int c = 0; c < 2; c++) {
      for (int r = 0; r < 9; r++) {
        for (int k = 0; k < 7; k++) {
          assertThat(flipped[at(c, r, k)]).isCloseTo(image[at(c, r, 6 - k)], within(1e-5f));
        }
      }
    }
  }

  /** Bilinear interpolation, written the long way, in double. */
  @Test
  void rotationIsThatOfTheFormula() {
    long key = 11;
    double angle = Math.toRadians(30 * (2 * dev.lanewise.runtime.random.Draws.uniform(key, 0) - 1));
    float[] rotated = read(key, new Augmentation.Rotate(30));
    float[] image = original();
    for (int c = 0; c < 2; c++) {
      for (int r = 0; r < 9; r++) {
        for (int k = 0; k < 7; k++) {
          double x = Math.cos(angle) * (k - 3) + Math.sin(angle) * (r - 4) + 3;
          double y = -Math.sin(angle) * (k - 3) + Math.cos(angle) * (r - 4) + 4;
          double expected = 0;
          for (int dr = 0; dr < 2; dr++) {
            for (int dk = 0; dk < 2; dk++) {
              int row = (int) Math.floor(y) + dr;
              int column = (int) Math.floor(x) + dk;
              double weight = (1 - Math.abs(x - column)) * (1 - Math.abs(y - row));
              boolean inside = row >= 0 && row < 9 && column >= 0 && column < 7;
              expected += weight * (inside ? image[at(c, row, column)] : IMAGES.zero(0));
            }
          }
          // Places are rounded to 1/4096 of a pixel, nine times over.
          assertThat(rotated[at(c, r, k)]).as("%d %d %d", c, r, k).isCloseTo((float) expected, within(0.02f));
        }
      }
    }
  }

  @Test
  void whatIsErasedIsBackground() {
    int erased = 0;
    for (long key = 0; key < 50; key++) {
      float[] image = read(key, new Augmentation.Erase(4, 1));
      for (int i = 0; i < image.length; i++) {
        if (image[i] != original()[i]) {
          assertThat(image[i]).isEqualTo(IMAGES.zero(0));
          erased++;
        }
      }
    }
    assertThat(erased).isPositive();
  }

  @Test
  void noiseHasItsDeviation() {
    double squares = 0;
    double sum = 0;
    int count = 0;
    for (long key = 0; key < 100; key++) {
      float[] noisy = read(key, new Augmentation.Noise(0.5));
      for (int i = 0; i < noisy.length; i++) {
        double d = noisy[i] - original()[i];
        sum += d;
        squares += d * d;
        count++;
      }
    }
    assertThat(Math.sqrt(squares / count)).isCloseTo(0.5, within(0.02));
    assertThat(sum / count).isCloseTo(0, within(0.02));
  }
}
