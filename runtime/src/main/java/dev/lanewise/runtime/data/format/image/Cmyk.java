package dev.lanewise.runtime.data.format.image;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.stream.ImageInputStream;

/**
 * A JPEG image in the four colours of print, which Java hands out as they are stored. Adobe's programs, which write
 * nearly all of them, store how much of an ink is missing, and say so in a segment APP14, whose last byte is 2 if the
 * inks are stored as brightness and colour differences.
 */
final class Cmyk {
  private static final int APP14 = 0xffee;
  private static final int START_OF_SCAN = 0xffda;
  private static final int ADOBE = 0x41646f62;
  private static final int NOT_ADOBE = -1;
  private static final int DIFFERENCES = 2;

  private Cmyk() {}

  /** As red, green and blue: the light that the inks let through. */
  static BufferedImage rgb(ImageInputStream in, Raster inks) throws IOException {
    int transform = transform(in);
    int width = inks.getWidth();
    BufferedImage image = new BufferedImage(width, inks.getHeight(), BufferedImage.TYPE_INT_RGB);
    int[] row = new int[4 * width];
    for (int y = 0; y < inks.getHeight(); y++) {
      inks.getPixels(inks.getMinX(), inks.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, light(transform, row[4 * x], row[4 * x + 1], row[4 * x + 2], row[4 * x + 3]));
      }
    }
    return image;
  }

  private static int light(int transform, int a, int b, int c, int black) {
    int[] missing =
        transform == DIFFERENCES
            ? new int[] {
                255 - byteOf(a + 1.402 * (c - 128)), 255 - byteOf(a - 0.344136 * (b - 128) - 0.714136 * (c - 128)),
                255 - byteOf(a + 1.772 * (b - 128))
            }
            : new int[] {a, b, c};
    int rgb = 0;
    for (int ink : missing) {
      rgb = rgb << 8 | (transform == NOT_ADOBE ? (255 - ink) * (255 - black) : ink * black) / 255;
    }
    return rgb;
  }

  private static int byteOf(double value) {
    return Math.clamp(Math.round(value), 0, 255);
  }

  /** What Adobe's segment says. */
  private static int transform(ImageInputStream in) throws IOException {
    in.seek(2);
    for (int marker = in.readUnsignedShort(); marker >> 8 == 0xff && marker != START_OF_SCAN; marker = in.readUnsignedShort()) {
      long next = in.getStreamPosition() + in.readUnsignedShort();
      if (marker == APP14 && in.readInt() == ADOBE) {
        in.skipBytes(7);
        return in.readUnsignedByte();
      }
      in.seek(next);
    }
    return NOT_ADOBE;
  }
}
