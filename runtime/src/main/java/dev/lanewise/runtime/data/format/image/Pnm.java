package dev.lanewise.runtime.data.format.image;

import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import javax.imageio.stream.ImageInputStream;

/**
 * The plain formats of Netpbm: PBM (P1, P4: bits, where 1 is black), PGM (P2, P5: grey) and PPM (P3, P6: colours), with
 * numbers as text or as bytes. A header of words, among which comments may stand, says width, height and the greatest
 * value.
 */
final class Pnm {
  private static final int LONGEST_NUMBER = 9;

  private final ImageInputStream in;
  private final int form;
  private final int most;
  final int width;
  final int height;

  /** Reads the header. */
  Pnm(ImageInputStream in) throws IOException {
    this.in = in;
    in.readByte();
    form = in.readByte() - '0';
    width = number();
    height = number();
    most = form == 1 || form == 4 ? 1 : number();
    if (most < 1 || most > 65_535) {
      throw new IOException("a greatest value of " + most + ", expected 1 to 65535");
    }
  }

  /** Brought to 8 bits, or to 16 if there are more than 8 and it is grey. */
  BufferedImage image() throws IOException {
    boolean colour = form == 3 || form == 6;
    int type = colour ? BufferedImage.TYPE_INT_RGB : most > 255 ? BufferedImage.TYPE_USHORT_GRAY : BufferedImage.TYPE_BYTE_GRAY;
    BufferedImage image = new BufferedImage(width, height, type);
    int white = most > 255 && !colour ? 65_535 : 255;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < (colour ? 3 : 1); c++) {
          image.getRaster().setSample(x, y, c, scaled(sample(x), white));
        }
      }
      in.flush();
    }
    return image;
  }

  private int scaled(int sample, int white) throws IOException {
    if (sample > most) {
      throw new IOException("a value of " + sample + ", above the greatest, " + most);
    }
    return (int) (((long) sample * white + most / 2) / most);
  }

  private int sample(int x) throws IOException {
    return switch (form) {
      // Digits may stand without a space between them.
      case 1 -> '1' - digit(next());
      case 4 -> bit(x);
      case 2, 3 -> number();
      default -> most > 255 ? in.readUnsignedShort() : in.readUnsignedByte();
    };
  }

  private int bit(int x) throws IOException {
    int bit = 1 - (int) in.readBits(1);
    if (x == width - 1) {
      in.setBitOffset(0);
      if (width % 8 != 0) {
        in.readByte();
      }
    }
    return bit;
  }

  private int number() throws IOException {
    int value = 0;
    int digits = 0;
    int letter = next();
    for (; letter >= '0' && letter <= '9' && digits < LONGEST_NUMBER; letter = in.read()) {
      value = 10 * value + letter - '0';
      digits++;
    }
    // After the last number of the header there is a single space: bytes may follow.
    if (digits == 0 || letter >= 0 && !Character.isWhitespace(letter)) {
      throw new IOException("expected a number of at most " + LONGEST_NUMBER + " digits");
    }
    return value;
  }

  private static int digit(int letter) throws IOException {
    if (letter != '0' && letter != '1') {
      throw new IOException("expected 0 or 1");
    }
    return letter;
  }

  /** The next letter that is neither a space nor in a comment. */
  private int next() throws IOException {
    int letter = in.read();
    while (letter == '#' || Character.isWhitespace(letter)) {
      if (letter == '#') {
        in.readLine();
      }
      letter = in.read();
    }
    if (letter < 0) {
      throw new EOFException("the file ends");
    }
    return letter;
  }
}
