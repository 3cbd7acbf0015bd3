package dev.lanewise.runtime.data.format.image;

import dev.lanewise.runtime.file.Allowance;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Decodes one image file, and brings it to a size: PNG, JPEG, GIF (its first picture), BMP, WBMP, TIFF (likewise), WebP
 * and what Netpbm writes. What a camera says of how it was held is followed; {@link Pixels} says what becomes of colours
 * and of what is transparent. The size that the file declares is looked at before anything is unpacked, and of several
 * threads each waits for what the others have taken ({@link Allowance}).
 *
 * <pre>{@code byte[] photo = ImageFile.square(Path.of("cat.jpg"), 3, 32);  // [3][32][32]
 * byte[] digit = ImageFile.likeMnist(Path.of("seven.jpg"), 28); // [28][28] }</pre>
 */
public final class ImageFile {
  /** A drawing is looked at in at most so many pixels a side. */
  private static final int FINE = 1_024;

  private ImageFile() {}

  /** Whether a file of a folder is meant as an image, by its ending or its first bytes. */
  public static boolean isMeant(Path file) throws IOException {
    return ImageKind.isMeant(file);
  }

  /**
   * The image stretched to a square, channel after channel, row by row, 0 to 255.
   *
   * @param channels 1 for grey, 3 for red, green and blue
   * @throws IOException naming the file, and the offset where decoding ended
   */
  public static byte[] square(Path file, int channels, int size) throws IOException {
    return Decoding.of(file, (image, orientation) -> {
      float[][] planes = planes(image, channels, size, size);
      byte[] out = new byte[channels * size * size];
      for (int c = 0; c < channels; c++) {
        put(Orientation.upright(planes[c], size, size, orientation), out, c * size * size);
      }
      return out;
    });
  }

  /** An image as it is. @param values of each channel, row by row */
  public record Planes(byte[][] values, int width, int height) {}

  /**
   * The image in its own size.
   *
   * @param channels 1 for grey, 3 for red, green and blue
   * @throws IOException as {@link #square}
   */
  public static Planes planes(Path file, int channels) throws IOException {
    return Decoding.of(file, (image, orientation) -> {
      int width = image.getWidth();
      int height = image.getHeight();
      float[][] planes = planes(image, channels, width, height);
      byte[][] values = new byte[channels][width * height];
      for (int c = 0; c < channels; c++) {
        put(Orientation.upright(planes[c], width, height, orientation), values[c], 0);
      }
      boolean swaps = Orientation.swaps(orientation);
      return new Planes(values, swaps ? height : width, swaps ? width : height);
    });
  }

  /**
   * What is drawn or written in the image, as the authors of MNIST prepared their digits: light on black, its box in the
   * middle 20 of 28 pixels with its proportions kept, its centre of mass in the middle. {@link Ink} says how.
   *
   * @throws IOException as {@link #square}, or if nothing is drawn
   */
  public static byte[] likeMnist(Path file, int size) throws IOException {
    byte[] out = new byte[size * size];
    put(drawing(file).centred(size), out, 0);
    return out;
  }

  private static Ink drawing(Path file) throws IOException {
    Upright found = Decoding.of(file, (image, orientation) -> {
      double step = Math.max(1, Math.max(image.getWidth(), image.getHeight()) / (double) FINE);
      int width = (int) Math.max(1, Math.round(image.getWidth() / step));
      int height = (int) Math.max(1, Math.round(image.getHeight() / step));
      float[] stored = planes(image, 1, width, height)[0];
      boolean swaps = Orientation.swaps(orientation);
      return new Upright(Orientation.upright(stored, width, height, orientation), swaps ? height : width, swaps ? width : height);
    });
    return new Ink(file, found.plane(), found.width(), found.height());
  }

  /** Grey values, row by row. */
  private record Upright(float[] plane, int width, int height) {}

  private static float[][] planes(BufferedImage image, int channels, int width, int height) throws IOException {
    Pixels pixels = new Pixels(image, channels);
    Resized[] to = new Resized[channels];
    for (int c = 0; c < channels; c++) {
      to[c] = new Resized(pixels.width(), pixels.height(), width, height);
    }
    float[][] row = new float[channels][pixels.width()];
    for (int y = 0; y < pixels.height(); y++) {
      pixels.row(y, row);
      for (int c = 0; c < channels; c++) {
        to[c].row(y, row[c]);
      }
    }
    float[][] planes = new float[channels][];
    for (int c = 0; c < channels; c++) {
      planes[c] = to[c].plane();
    }
    return planes;
  }

  private static void put(float[] plane, byte[] out, int offset) {
    for (int i = 0; i < plane.length; i++) {
      out[offset + i] = (byte) Math.clamp(Math.round(plane[i]), 0, 255);
    }
  }
}
