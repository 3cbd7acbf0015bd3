package dev.lanewise.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.data.Augmentation.Change;
import dev.lanewise.runtime.random.Draws;
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

  /** Example 1, read in the third of five lanes, where its key is {@link #changed}. */
  private static float[] read(long batch, Change... changes) {
    return read(new Augmentation(List.of(changes)), IMAGES, batch, 0, 2, 1, 2);
  }

  private static long changed(long batch) {
    return Augmentation.key(batch, 2);
  }

  /** A block of some lanes, of which one reads an example, and the others another. */
  private static float[] read(Augmentation by, Dataset data, long batch, int place, int lane, int example, int other) {
    int[] order = {-1, other, other, other, other, other};
    order[1 + lane] = example;
    float[] out = new float[data.shape().size() * 16 + 3];
    by.readBlock(data, order, 1, 5, batch, place, out, 3);
    float[] dense = new float[data.shape().size()];
    for (int i = 0; i < dense.length; i++) {
      dense[i] = out[3 + i * 16 + lane];
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
      new Augmentation.Flip(0.5), new Augmentation.Erase(3, 0.5), new Augmentation.Brightness(0.5, 1.5), new Augmentation.Noise(0.1),
      new Augmentation.Elastic(1, 3), new Augmentation.Mixup(0.4)
    };
    assertThat(read(7, changes)).containsExactly(read(7, changes)).isNotEqualTo(read(8, changes));
    // Whatever lane it is read in, and whatever is read beside it.
    Augmentation all = new Augmentation(List.of(changes));
    assertThat(read(all, IMAGES, 7, 1, 1, 1, 0)).containsExactly(read(all, IMAGES, 7, 0, 2, 1, 2));
    assertThat(read(all, IMAGES, 7, 1, 2, 1, 0)).isNotEqualTo(read(all, IMAGES, 7, 0, 2, 1, 2));
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
    double angle = Math.toRadians(30 * (2 * Draws.uniform(changed(key), 0) - 1));
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

  /** The grid's points move, and what lies between with them, written the long way, in double. */
  @Test
  void elasticIsThatOfTheFormula() {
    long key = 5;
    int grid = 4;
    double pixels = 1.5;
    long own = Draws.mix(changed(key), 300);
    int across = 6 / grid + 2;
    float[] bent = read(key, new Augmentation.Elastic(pixels, grid));
    float[] image = original();
    for (int r = 0; r < 9; r++) {
      for (int k = 0; k < 7; k++) {
        double[] moved = {k, r};
        for (int node = 0; node < 4; node++) {
          int nodeRow = r / grid + node / 2;
          int nodeColumn = k / grid + node % 2;
          double weight = (1 - Math.abs(r / (double) grid - nodeRow)) * (1 - Math.abs(k / (double) grid - nodeColumn));
          for (int axis = 0; axis < 2; axis++) {
            double draw = 2 * Draws.uniform(own, 2 * (nodeRow * across + nodeColumn) + axis) - 1;
            moved[axis] += weight * pixels * draw;
          }
        }
        assertThat(bent[at(1, r, k)]).as("%d %d", r, k).isCloseTo((float) bilinear(image, 1, moved[0], moved[1]), within(0.02f));
      }
    }
  }

  private static double bilinear(float[] image, int channel, double x, double y) {
    double value = 0;
    for (int dr = 0; dr < 2; dr++) {
      for (int dk = 0; dk < 2; dk++) {
        int row = (int) Math.floor(y) + dr;
        int column = (int) Math.floor(x) + dk;
        boolean inside = row >= 0 && row < 9 && column >= 0 && column < 7;
        value += (1 - Math.abs(x - column)) * (1 - Math.abs(y - row)) * (inside ? image[at(channel, row, column)] : IMAGES.zero(channel));
      }
    }
    return value;
  }

  /** Two points, so that a mixed value tells both the share and the partner. */
  private static Dataset pair(boolean classes) {
    float[][] values = {{0}, {1}};
    return classes
        ? new Points(Shape.of(1), values, new int[] {0, 1}, 2)
        : new Paired(new Points(Shape.of(1), values), new Points(Shape.of(1), new float[][] {{10}, {20}}));
  }

  private static float target(Augmentation augmentation, Dataset data, long key) {
    float[] target = new float[1];
    augmentation.readTarget(data, 0, key, target, 0, 1);
    return target[0];
  }

  @Test
  void mixupDrawsSharesAndLabelsAccordingly() {
    Augmentation mixup = new Augmentation(List.of(new Augmentation.Mixup(1)));
    int mixed = 0;
    int others = 0;
    double shares = 0;
    for (long batch = 0; batch < 4_000; batch++) {
      float[] out = read(mixup, pair(true), batch, 0, 2, 0, 1);
      float label = target(mixup, pair(true), changed(batch));
      float target = target(mixup, pair(false), changed(batch));
      assertThat(target).isCloseTo(10 + 10 * out[0], within(1e-4f));
      if (out[0] > 0) {
        mixed++;
        others += label == 1 ? 1 : 0;
        shares += out[0];
      } else {
        assertThat(label).isZero();
      }
    }
    // Every second partner is the other point; Beta(1, 1) is uniform.
    assertThat(mixed).isBetween(1_850, 2_150);
    assertThat(shares / mixed).isCloseTo(0.5, within(0.03));
    assertThat(others / (double) mixed).isCloseTo(shares / mixed, within(0.03));
  }

  @Test
  void smallAlphaLeavesMostExamplesNearlyAlone() {
    Augmentation mixup = new Augmentation(List.of(new Augmentation.Mixup(0.2)));
    double squares = 0;
    int mixed = 0;
    for (long batch = 0; batch < 4_000; batch++) {
      float[] out = read(mixup, pair(true), batch, 0, 2, 0, 1);
      if (target(mixup, pair(false), changed(batch)) != 10) {
        mixed++;
        squares += (out[0] - 0.5) * (out[0] - 0.5);
      }
    }
    // The variance of Beta(a, a) is 1 / (4 (2 a + 1)); those with a share of exactly 0 are not counted here.
    assertThat(squares / mixed).isCloseTo(1 / 5.6, within(0.012));
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

  /** All values of an image by one factor, from what an original 0 is read as. */
  @Test
  void brightnessIsAFactor() {
    double least = 9;
    double most = 0;
    for (long key = 0; key < 200; key++) {
      float[] image = read(key, new Augmentation.Brightness(0.5, 1.5));
      float zero = IMAGES.zero(0);
      int brightest = 0;
      for (int i = 0; i < image.length; i++) {
        brightest = Math.abs(original()[i] - zero) > Math.abs(original()[brightest] - zero) ? i : brightest;
      }
      float factor = (image[brightest] - zero) / (original()[brightest] - zero);
      least = Math.min(least, factor);
      most = Math.max(most, factor);
      for (int i = 0; i < image.length; i++) {
        assertThat(image[i]).isCloseTo(zero + factor * (original()[i] - zero), within(1e-4f));
      }
    }
    assertThat(least).isBetween(0.5, 0.55);
    assertThat(most).isBetween(1.45, 1.5);
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
