package dev.lanewise.runtime.data.source;

import dev.lanewise.runtime.data.ByteImages;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Paired;
import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.tensor.Shape;
import java.util.Arrays;

/**
 * Digits on clutter, made by a generator: each scene has one whole digit somewhere on a larger canvas, among pieces of other
 * digits, lines and noise. To be learned is the mask of the digit: 1 where it is, 0 elsewhere. The same seed, the same scenes.
 *
 * <pre>{@code Clutter.of(Mnist.load(folder), 48, 6_000, 1).train().target()   // numbers of 1x48x48 }</pre>
 */
public final class Clutter {
  /** Of a piece of another digit, in pixels. */
  private static final int PIECE = 10;
  private static final int LEAST_PIECES = 6;
  private static final int MORE_PIECES = 5;
  private static final int LEAST_LINES = 2;
  private static final int MORE_LINES = 3;
  /** From the middle of a line to where it ends, in pixels. */
  private static final double HALF_WIDTH = 1.5;
  private static final double NOISE = 0.1;
  /** A digit's pixel is part of the mask from here on. */
  private static final float MARKED = 0.5f;
  // Draws keep apart by their salt.
  private static final int PIECES = 1_000;
  private static final int LINES = 2_000;
  private static final int NOISES = 3_000;
  private static final long TEST = 0x74657374L;

  private final Dataset digits;
  private final int size;
  private final byte[] pixels;
  private final byte[] masks;
  private final float[] digit;
  /** The scene at work. */
  private final float[] canvas;

  private Clutter(Dataset digits, int size, int count) {
    this.digits = digits;
    this.size = size;
    this.pixels = new byte[Math.multiplyExact(count, size * size)];
    this.masks = new byte[pixels.length];
    this.digit = new float[digits.shape().size()];
    this.canvas = new float[size * size];
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
    Arrays.fill(canvas, 0);
    int pieces = LEAST_PIECES + Draws.below(MORE_PIECES, key, 0);
    for (int i = 0; i < pieces; i++) {
      piece(Draws.mix(key, PIECES + i));
    }
    int lines = LEAST_LINES + Draws.below(MORE_LINES, key, 1);
    for (int i = 0; i < lines; i++) {
      line(Draws.mix(key, LINES + i));
    }
    int at = index * size * size;
    whole(index, key, at);
    long noise = Draws.mix(key, NOISES);
    for (int i = 0; i < canvas.length; i++) {
      double value = canvas[i] + NOISE * Draws.normal(Draws.uniform(noise, 2 * i), Draws.uniform(noise, 2 * i + 1));
      pixels[at + i] = (byte) Math.round(255 * Math.clamp(value, 0, 1));
    }
  }

  /** The digit itself: it lies over the clutter where it is brighter. */
  private void whole(int index, long key, int at) {
    digits.read(index % digits.size(), digit, 0, 1);
    int height = digits.shape().height();
    int width = digits.shape().width();
    int top = Draws.below(size - height + 1, key, 2);
    int left = Draws.below(size - width + 1, key, 3);
    for (int r = 0; r < height; r++) {
      for (int c = 0; c < width; c++) {
        int place = (top + r) * size + left + c;
        float value = digit[r * width + c];
        canvas[place] = Math.max(canvas[place], value);
        masks[at + place] = (byte) (value > MARKED ? 255 : 0);
      }
    }
  }

  /** A square cut out of the middle of some digit. */
  private void piece(long key) {
    digits.read(Draws.below(digits.size(), key, 0), digit, 0, 1);
    int height = digits.shape().height();
    int width = digits.shape().width();
    int side = Math.min(PIECE, Math.min(height, width));
    int fromRow = Draws.below(height - side + 1, key, 1);
    int fromColumn = Draws.below(width - side + 1, key, 2);
    int top = Draws.below(size - side + 1, key, 3);
    int left = Draws.below(size - side + 1, key, 4);
    for (int r = 0; r < side; r++) {
      for (int c = 0; c < side; c++) {
        int place = (top + r) * size + left + c;
        canvas[place] = Math.max(canvas[place], digit[(fromRow + r) * width + fromColumn + c]);
      }
    }
  }

  /** A stretch between two points, bright in its middle, as a stroke is. */
  private void line(long key) {
    double x = size * Draws.uniform(key, 0);
    double y = size * Draws.uniform(key, 1);
    double dx = size * (Draws.uniform(key, 2) - 0.5);
    double dy = size * (Draws.uniform(key, 3) - 0.5);
    double length = Math.max(1e-6, dx * dx + dy * dy);
    float brightness = 0.5f + 0.5f * Draws.uniform(key, 4);
    for (int r = 0; r < size; r++) {
      for (int c = 0; c < size; c++) {
        double along = Math.clamp(((c - x) * dx + (r - y) * dy) / length, 0, 1);
        double across = Math.sqrt(square(c - x - along * dx) + square(r - y - along * dy));
        if (across < HALF_WIDTH) {
          int place = r * size + c;
          canvas[place] = Math.max(canvas[place], brightness * (float) Math.min(1, 2 - 2 * across / HALF_WIDTH));
        }
      }
    }
  }

  private static double square(double x) {
    return x * x;
  }
}
