package dev.lanewise.runtime.data.format.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;

/**
 * The rows of a decoded image as numbers from 0 to 255, grey or red, green and blue. Grey is 0.299 red + 0.587 green +
 * 0.114 blue (ITU-R 601).
 *
 * <p>What is transparent is laid on a ground that shows it: on black if nine tenths of what is there are light, and on
 * white otherwise, as a browser would. Colours below what is wholly transparent do not count: programs leave anything
 * there.
 */
final class Pixels {
  private static final double NEARLY_ALL = 0.9;
  private static final int OPAQUE = 255;

  private final BufferedImage image;
  private final int channels;
  private final boolean grey;
  private final float ground;
  private final int[] row;

  /** @throws IOException if the numbers of the image do not say what is black and what is white */
  Pixels(BufferedImage image, int channels) throws IOException {
    this.image = image;
    this.channels = channels;
    ColorModel model = image.getColorModel();
    int type = image.getRaster().getTransferType();
    if (type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE || type == DataBuffer.TYPE_SHORT) {
      throw new IOException(
          (type == DataBuffer.TYPE_SHORT ? "its numbers have a sign" : "its numbers are floating-point")
              + ", and nothing says which of them is white: save it with 8 or 16 bits, or all images as one array for `npy`");
    }
    grey = model.getNumColorComponents() == 1 && !(model instanceof IndexColorModel);
    row = new int[image.getWidth()];
    ground = model.hasAlpha() ? ground() : 0;
  }

  int width() {
    return image.getWidth();
  }

  int height() {
    return image.getHeight();
  }

  private float ground() {
    double there = 0;
    double light = 0;
    for (int y = 0; y < height(); y++) {
      image.getRGB(0, y, row.length, 1, row, 0, row.length);
      for (int pixel : row) {
        there += pixel >>> 24;
        light += luma(pixel) > OPAQUE / 2f ? pixel >>> 24 : 0;
      }
    }
    return there > 0 && light >= NEARLY_ALL * there ? 0 : OPAQUE;
  }

  /** Writes a row of every channel. */
  void row(int y, float[][] to) {
    if (grey) {
      grey(y, to);
      return;
    }
    image.getRGB(0, y, row.length, 1, row, 0, row.length);
    for (int x = 0; x < row.length; x++) {
      int pixel = row[x];
      float alpha = (pixel >>> 24) / (float) OPAQUE;
      if (channels == 1) {
        to[0][x] = over(luma(pixel), alpha);
      } else {
        for (int c = 0; c < 3; c++) {
          to[c][x] = over(pixel >> 16 - 8 * c & 255, alpha);
        }
      }
    }
  }

  private static float luma(int pixel) {
    return (299 * (pixel >> 16 & 255) + 587 * (pixel >> 8 & 255) + 114 * (pixel & 255)) / 1000f;
  }

  private float over(float value, float alpha) {
    return alpha == 1 ? value : alpha * value + (1 - alpha) * ground;
  }

  /**
   * As it is stored: Java takes such values for linear ones, and would make them brighter on the way to red, green and
   * blue.
   */
  private void grey(int y, float[][] to) {
    Raster raster = image.getRaster();
    int column = raster.getMinX();
    int line = raster.getMinY() + y;
    boolean clear = image.getColorModel().hasAlpha();
    for (int x = 0; x < row.length; x++) {
      float alpha = clear ? share(raster.getSample(column + x, line, 1), 1) : 1;
      float value = over(OPAQUE * share(raster.getSample(column + x, line, 0), 0), alpha);
      for (float[] channel : to) {
        channel[x] = value;
      }
    }
  }

  private float share(int sample, int band) {
    long most = (1L << image.getColorModel().getComponentSize(band)) - 1;
    return (float) ((sample & 0xffffffffL & most) / (double) most);
  }
}
