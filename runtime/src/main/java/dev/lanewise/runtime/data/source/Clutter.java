package dev.lanewise.runtime.data.source;

import dev.lanewise.runtime.data.ByteImages;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Paired;
import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.tensor.Shape;

/**
 * Digits on clutter, made by a generator: each scene has one whole digit somewhere on a larger canvas, among pieces of other
 * digits, lines and noise. To be learned is the mask of the digit: 1 where it is, 0 elsewhere. The same seed, the same scenes.
 *
 * <pre>{@code Clutter.of(Mnist.load(folder), 48, 6_000, 1).train().target()   // numbers of 1x48x48 }</pre>
 */
public final class Clutter {
  private static final long TEST = 0x74657374L;

  private final Dataset digits;
  private final int size;
  private final byte[] pixels;
  private final byte[] masks;
  private final Canvas canvas;

  private Clutter(Dataset digits, int size, int count) {
    this.digits = digits;
    this.size = size;
    this.pixels = new byte[Math.multiplyExact(count, size * size)];
    this.masks = new byte[pixels.length];
    this.canvas = new Canvas(digits, size);
  }

  /**
   * Scenes of as many of the training digits, and of a fifth as many of those to test on.
   *
   * @param digits images of one channel, with original values from 0 to 1
   * @param size height and width of a scene
   * @throws IllegalArgumentException if a digit does not fit into a scene, or there are none
   */
  public static DataSplit of(DataSplit digits, int size, int count, long seed) {
    Shape shape = digits.train().shape();
    if (shape.channels() != 1 || size < shape.height() || size < shape.width() || count < 1) {
      throw new IllegalArgumentException(
          "a scene of " + size + "x" + size + " must hold an image of " + shape + " in one channel, and there must be one, not " + count);
    }
    Dataset train = new Clutter(digits.train(), size, count).scenes(Draws.mix(seed, 0));
    Dataset test = new Clutter(digits.test(), size, Math.max(1, count / 5)).scenes(Draws.mix(seed, TEST));
    return new DataSplit("clutter", train, null, test);
  }

  private Dataset scenes(long key) {
    int area = size * size;
    int count = pixels.length / area;
    for (int i = 0; i < count; i++) {
      scene(i, Draws.mix(key, i));
    }
    Shape shape = Shape.of(1, size, size);
    return new Paired(
        new ByteImages(shape, pixels, new byte[count], 0, 0, 1), new ByteImages(shape, masks, new byte[count], 0, 0, 1));
  }

  private void scene(int index, long key) {
    int at = index * size * size;
    canvas.clutter(key);
    whole(index, key, at);
    canvas.noisy(key, pixels, at);
  }

  /** The digit itself. */
  private void whole(int index, long key, int at) {
    float[] digit = canvas.digit(index % digits.size());
    int height = digits.shape().height();
    int width = digits.shape().width();
    int top = Draws.below(size - height + 1, key, 2);
    int left = Draws.below(size - width + 1, key, 3);
    canvas.draw(top, left);
    for (int r = 0; r < height; r++) {
      for (int c = 0; c < width; c++) {
        masks[at + (top + r) * size + left + c] = (byte) (digit[r * width + c] > Canvas.MARKED ? 255 : 0);
      }
    }
  }
}
