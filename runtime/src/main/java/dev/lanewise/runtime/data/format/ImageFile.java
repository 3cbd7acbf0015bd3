package dev.lanewise.runtime.data.format;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;

/**
 * Decodes one image file, and brings it to a size. Grey is 0.299 red + 0.587 green + 0.114 blue (ITU-R 601); what is
 * transparent counts as if it were not.
 */
public final class ImageFile {
  /** A broken header must not take all memory. */
  private static final long MOST_PIXELS = 50_000_000;

  private final int width;
  private final int height;
  /** Of each channel, row by row, 0 to 255. */
  private final float[][] planes;

  private ImageFile(int width, int height, float[][] planes) {
    this.width = width;
    this.height = height;
    this.planes = planes;
  }

  /**
   * @param channels 1 for grey, 3 for red, green and blue
   * @throws IOException naming the file, and the offset where decoding ended
   */
  public static ImageFile read(Path file, int channels) throws IOException {
    try (FileImageInputStream in = new FileImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IOException(file + ": offset 0: not an image of a known format (png, jpeg, gif, bmp, tiff)");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels < 1 || pixels > MOST_PIXELS) {
          throw new IOException("an image of " + reader.getWidth(0) + "x" + reader.getHeight(0)
              + " pixels, expected at most "
              + MOST_PIXELS / 1_000_000 + " million");
        }
        return of(reader.read(0), channels);
      } catch (IOException | RuntimeException e) {
        // The decoders throw many kinds of exceptions at broken images.
        throw new IOException(
            file + ": offset " + in.getStreamPosition() + ": the image cannot be decoded: "
                + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()),
            e);
      } finally {
        reader.dispose();
      }
    }
  }

  private static ImageFile of(BufferedImage image, int channels) {
    int width = image.getWidth();
    int height = image.getHeight();
    float[][] planes = new float[channels][width * height];
    ColorModel model = image.getColorModel();
    boolean grey = model.getNumColorComponents() == 1 && !(model instanceof IndexColorModel);
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      if (grey) {
        grey(image.getRaster(), y, model.getComponentSize(0), planes);
        continue;
      }
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        int red = row[x] >> 16 & 255;
        int green = row[x] >> 8 & 255;
        int blue = row[x] & 255;
        int at = y * width + x;
        planes[0][at] = channels == 1 ? (299 * red + 587 * green + 114 * blue) / 1000f : red;
        if (channels == 3) {
          planes[1][at] = green;
          planes[2][at] = blue;
        }
      }
    }
    return new ImageFile(width, height, planes);
  }

  /**
   * As it is stored: Java takes such values for linear ones, and would make them brighter on the way to red, green and
   * blue.
   */
  private static void grey(Raster raster, int y, int bits, float[][] planes) {
    float scale = 255f / ((1L << bits) - 1);
    for (int x = 0; x < raster.getWidth(); x++) {
      float value = raster.getSample(x + raster.getMinX(), y + raster.getMinY(), 0) * scale;
      for (float[] plane : planes) {
        plane[y * raster.getWidth() + x] = value;
      }
    }
  }

  /** Writes the image, stretched to a square, channel after channel. */
  public void write(int size, byte[] out, int offset) {
    for (int c = 0; c < planes.length; c++) {
      float[] narrow = resized(planes[c], height, width, size);
      float[] square = resized(transposed(narrow, height, size), size, height, size);
      for (int y = 0; y < size; y++) {
        for (int x = 0; x < size; x++) {
          out[offset + (c * size + y) * size + x] = (byte) Math.clamp(Math.round(square[x * size + y]), 0, 255);
        }
      }
    }
  }

  /**
   * Every row brought to another length: means weighted by a triangle, which is as wide as the step where that is above
   * a pixel.
   */
  private static float[] resized(float[] from, int rows, int length, int size) {
    float[] to = new float[rows * size];
    double step = (double) length / size;
    double reach = Math.max(1, step);
    for (int x = 0; x < size; x++) {
      double middle = (x + 0.5) * step - 0.5;
      int first = Math.max(0, (int) Math.ceil(middle - reach));
      int last = Math.min(length - 1, (int) Math.floor(middle + reach));
      double total = 0;
      for (int i = first; i <= last; i++) {
        total += 1 - Math.abs(i - middle) / reach;
      }
      for (int row = 0; row < rows; row++) {
        double sum = 0;
        for (int i = first; i <= last; i++) {
          sum += (1 - Math.abs(i - middle) / reach) * from[row * length + i];
        }
        to[row * size + x] = (float) (sum / total);
      }
    }
    return to;
  }

  private static float[] transposed(float[] from, int rows, int columns) {
    float[] to = new float[from.length];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        to[c * rows + r] = from[r * columns + c];
      }
    }
    return to;
  }
}
