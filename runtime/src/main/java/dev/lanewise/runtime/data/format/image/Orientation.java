package dev.lanewise.runtime.data.format.image;

import java.io.IOException;
import java.nio.ByteOrder;
import javax.imageio.stream.ImageInputStream;

/**
 * How an image lies, as cameras say it: tag 274 of EXIF, from 1 (upright) to 8. EXIF is a small TIFF file, which lies in
 * a segment of JPEG, a chunk of PNG or WebP, or is the TIFF image itself.
 */
final class Orientation {
  private static final int TAG = 274;
  private static final int UPRIGHT = 1;
  private static final int NOWHERE = -1;
  private static final int APP1 = 0xffe1;
  private static final int START_OF_SCAN = 0xffda;
  private static final int EXIF = 0x45786966;
  private static final int PNG_EXIF = 0x65584966;
  private static final int PNG_END = 0x49454e44;
  private static final int WEBP_EXIF = 0x46495845;

  private Orientation() {}

  /** From 1 to 8; 1 where nothing, or nothing that can be understood, is said. Leaves the stream at its beginning. */
  static int of(ImageInputStream in, ImageKind kind) throws IOException {
    try {
      long at =
          switch (kind) {
            case JPEG -> inJpeg(in);
            case PNG -> inPng(in);
            case WEBP -> inWebp(in);
            case TIFF -> 0;
            default -> NOWHERE;
          };
      return at == NOWHERE ? UPRIGHT : tag(in, at);
    } catch (IOException | IndexOutOfBoundsException _) {
      // What is broken is found by who decodes it.
      return UPRIGHT;
    } finally {
      in.setByteOrder(ByteOrder.BIG_ENDIAN);
      in.seek(0);
    }
  }

  private static long inJpeg(ImageInputStream in) throws IOException {
    in.seek(2);
    for (int marker = in.readUnsignedShort(); marker >> 8 == 0xff && marker != START_OF_SCAN; marker = in.readUnsignedShort()) {
      long next = in.getStreamPosition() + in.readUnsignedShort();
      if (marker == APP1 && in.readInt() == EXIF && in.readUnsignedShort() == 0) {
        return in.getStreamPosition();
      }
      in.seek(next);
    }
    return NOWHERE;
  }

  private static long inPng(ImageInputStream in) throws IOException {
    in.seek(8);
    while (true) {
      long length = in.readUnsignedInt();
      int name = in.readInt();
      if (name == PNG_EXIF || name == PNG_END) {
        return name == PNG_END ? NOWHERE : in.getStreamPosition();
      }
      in.seek(in.getStreamPosition() + length + 4);
    }
  }

  private static long inWebp(ImageInputStream in) throws IOException {
    in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
    in.seek(12);
    while (true) {
      int name = in.readInt();
      long length = in.readUnsignedInt();
      if (name == WEBP_EXIF) {
        return in.getStreamPosition();
      }
      in.seek(in.getStreamPosition() + length + length % 2);
    }
  }

  /** Looks through the first directory of the TIFF file that begins there. */
  private static int tag(ImageInputStream in, long begin) throws IOException {
    in.seek(begin);
    in.setByteOrder(ByteOrder.BIG_ENDIAN);
    if (in.readUnsignedShort() == 0x4949) {
      in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
    }
    in.seek(begin + 4);
    in.seek(begin + in.readUnsignedInt());
    long entries = in.getStreamPosition() + 2;
    int count = in.readUnsignedShort();
    for (int i = 0; i < count; i++) {
      in.seek(entries + 12L * i);
      if (in.readUnsignedShort() == TAG) {
        in.seek(entries + 12L * i + 8);
        int value = in.readUnsignedShort();
        return value >= 1 && value <= 8 ? value : UPRIGHT;
      }
    }
    return UPRIGHT;
  }

  /** Whether height and width change places when the image is turned upright. */
  static boolean swaps(int orientation) {
    return orientation > 4;
  }

  /** Turns a plane upright. @param width as it is stored */
  static float[] upright(float[] plane, int width, int height, int orientation) {
    if (orientation == UPRIGHT) {
      return plane;
    }
    float[] to = new float[plane.length];
    int newWidth = swaps(orientation) ? height : width;
    for (int y = 0; y < plane.length / newWidth; y++) {
      for (int x = 0; x < newWidth; x++) {
        int column = swaps(orientation) ? y : x;
        int row = swaps(orientation) ? x : y;
        boolean fromRight = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
        boolean fromBelow = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
        to[y * newWidth + x] =
            plane[(fromBelow ? height - 1 - row : row) * width + (fromRight ? width - 1 - column : column)];
      }
    }
    return to;
  }
}
