package dev.lanewise.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.tensor.Shape;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteImagesTest {
  private static byte[] random(int length) {
    byte[] pixels = new byte[length];
    new Random(5).nextBytes(pixels);
    return pixels;
  }

  /** Three channels of another scale each, planes that no tile divides, and a block that is not full. */
  @Test
  void aBlockHoldsWhatItsExamplesAreReadAs() {
    Shape shape = Shape.of(3, 7, 11);
    Normalization normalization = new Normalization(new float[] {0.1f, 0.5f, 0.9f}, new float[] {0.2f, 1, 3});
    ByteImages images = new ByteImages(shape, random(9 * shape.size()), new byte[9], 2, normalization);
    int[] order = {8, 0, 3, 3, 7, 1};
    int offset = 5;
    float[] block = new float[offset + shape.size() * Lanes.BLOCK];
    Arrays.fill(block, -7);
    images.readBlock(order, 1, 5, block, offset);
    float[] example = new float[shape.size()];
    for (int lane = 0; lane < Lanes.BLOCK; lane++) {
      Arrays.fill(example, -7);
      if (lane < 5) {
        images.read(order[1 + lane], example, 0, 1);
      }
      for (int i = 0; i < example.length; i++) {
        assertThat(block[offset + i * Lanes.BLOCK + lane]).isEqualTo(example[i]);
      }
    }
    assertThat(block).startsWith(-7, -7, -7, -7, -7);
  }

  /** Planes of more pixels than are summed at once. */
  @Test
  void bytesAreMeasuredAsNumbersAre() {
    Shape shape = Shape.of(3, 190, 211);
    byte[] pixels = random(4 * shape.size());
    Arrays.fill(pixels, shape.size() / 3, 2 * shape.size() / 3, (byte) 255);
    ByteImages images = new ByteImages(shape, pixels, new byte[4], 2, 0.1f, 0.2f);
    Normalization exact = images.measured();
    Normalization summed = Normalization.measured(images, 0);
    assertThat(exact.mean()).containsExactly(summed.mean(), within(1e-6f));
    assertThat(exact.std()).containsExactly(summed.std(), within(1e-6f));
    assertThat(exact.mean()[1]).isGreaterThan(exact.mean()[0] + 0.05f);
  }
}
