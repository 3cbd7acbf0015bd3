package dev.lanewise.runtime.data.format.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.runtime.data.format.Idx;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Digits of MNIST, painted large, elsewhere and in other colours, come back as they were; so do strokes that are drawn. */
class InkTest {
  private static final int SIZE = 28;
  private static final int DIGITS = 40;
  private static final int KNOWN = 2_000;
  private static final Path MNIST = Path.of("../samples/mnist");

  @TempDir Path folder;

  private enum Paint {
    /** On white paper, in one corner, as a JPEG. */
    PHOTO("jpg"),
    /** Chalk on a grey board. */
    CHALK("png"),
    /** Paper that is twice as light on one side as on the other, with its own noise. */
    UNEVEN("jpg"),
    /** Black on nothing. */
    CLEAR("png"),
    /** As in MNIST itself. */
    SAME("png");

    final String ending;

    Paint(String ending) {
      this.ending = ending;
    }
  }

  @ParameterizedTest
  @CsvSource({"SAME, 1, 1, 0.97", "PHOTO, 10, 10, 0.9", "CHALK, 10, 10, 0.9", "UNEVEN, 10, 12, 0.85", "CLEAR, 4, 10, 0.9", "PHOTO, 40, 12, 0.8"})
  void digitsComeBack(Paint paint, int scale, double apart, double share) throws IOException {
    Idx images = Idx.read(MNIST.resolve("t10k-images-idx3-ubyte.gz"));
    Idx known = Idx.read(MNIST.resolve("train-images-idx3-ubyte.gz"));
    byte[] labels = Idx.read(MNIST.resolve("train-labels-idx1-ubyte.gz")).values();
    int count = scale > 20 ? 10 : DIGITS;
    double difference = 0;
    int same = 0;
    for (int i = 0; i < count; i++) {
      Path file = folder.resolve("digit." + paint.ending);
      ImageIO.write(painted(images.values(), i, scale, paint), paint.ending, file.toFile());
      byte[] back = ImageFile.likeMnist(file, SIZE);
      for (int k = 0; k < SIZE * SIZE; k++) {
        difference += Math.abs((back[k] & 255) - (images.values()[i * SIZE * SIZE + k] & 255));
      }
      int before = nearest(known.values(), images.values(), i * SIZE * SIZE);
      same += labels[before] == labels[nearest(known.values(), back, 0)] ? 1 : 0;
    }
    assertThat(difference / count / SIZE / SIZE).as("mean difference of pixels").isLessThan(apart);
    assertThat(same / (double) count).as("share with the same nearest digit").isGreaterThanOrEqualTo(share);
  }

  private static int nearest(byte[] known, byte[] image, int from) {
    int best = 0;
    long least = Long.MAX_VALUE;
    for (int i = 0; i < KNOWN; i++) {
      long sum = 0;
      for (int k = 0; k < SIZE * SIZE && sum < least; k++) {
        int d = (known[i * SIZE * SIZE + k] & 255) - (image[from + k] & 255);
        sum += d * d;
      }
      if (sum < least) {
        least = sum;
        best = i;
      }
    }
    return best;
  }

  private static BufferedImage painted(byte[] images, int index, int scale, Paint paint) {
    BufferedImage digit = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_ARGB);
    boolean light = paint == Paint.CHALK || paint == Paint.SAME;
    for (int k = 0; k < SIZE * SIZE; k++) {
      int level = images[index * SIZE * SIZE + k] & 255;
      digit.setRGB(k % SIZE, k / SIZE, level << 24 | (light ? paint == Paint.CHALK ? 0xd0d0d0 : 0xffffff : 0x101018));
    }
    int own = SIZE * scale;
    int width = paint == Paint.SAME ? own : own * 3 / 2;
    BufferedImage image =
        new BufferedImage(width, own, paint == Paint.CLEAR ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
    ground(image, paint);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_INTERPOLATION,
        scale == 1 ? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR : RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    g.drawImage(digit, width - own, 0, own, own, null);
    g.dispose();
    return image;
  }

  private static void ground(BufferedImage image, Paint paint) {
    Random random = new Random(1);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int level = switch (paint) {
          case PHOTO -> 235;
          case CHALK -> 90;
          case UNEVEN -> 110 + 110 * x / image.getWidth() + random.nextInt(8);
          case CLEAR, SAME -> 0;
        };
        image.setRGB(x, y, paint == Paint.CLEAR ? 0 : 0xff000000 | level * 0x10101);
      }
    }
  }

  private BufferedImage drawn(int size, double stroke, Color ground, Color ink) {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setColor(ground);
    g.fillRect(0, 0, size, size);
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setColor(ink);
    g.setStroke(new BasicStroke((float) (stroke * size), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(new Line2D.Double(0.2 * size, 0.2 * size, 0.6 * size, 0.2 * size));
    g.draw(new Line2D.Double(0.6 * size, 0.2 * size, 0.3 * size, 0.8 * size));
    g.dispose();
    return image;
  }

  /** A seven, drawn in any size and colour, is the same seven. */
  @ParameterizedTest
  @CsvSource({"28, 0.1, 255, 0", "100, 0.1, 255, 0", "1000, 0.1, 0, 255", "3000, 0.1, 120, 20", "3000, 0.1, 120, 230", "1000, 0.1, 255, 180"})
  void aDrawingIsTheSameInAnySizeAndColour(int size, double stroke, int ground, int ink) throws IOException {
    byte[] expected = like(drawn(500, 0.1, Color.BLACK, Color.WHITE));
    byte[] found = like(drawn(size, stroke, new Color(ground, ground, ground), new Color(ink, ink, ink)));
    double difference = 0;
    for (int k = 0; k < found.length; k++) {
      difference += Math.abs((found[k] & 255) - (expected[k] & 255));
    }
    assertThat(difference / found.length).isLessThan(size < 50 ? 12 : 4);
  }

  @Test
  void aHairThinStrokeIsSeen() throws IOException {
    byte[] found = like(drawn(2_000, 0.001, Color.WHITE, Color.BLACK));
    int bright = 0;
    for (byte b : found) {
      bright += (b & 255) > 100 ? 1 : 0;
    }
    assertThat(bright).isGreaterThan(15);
  }

  @Test
  void specksDoNotCount() throws IOException {
    BufferedImage image = drawn(500, 0.1, Color.WHITE, Color.BLACK);
    byte[] expected = like(image);
    image.setRGB(495, 495, 0);
    image.setRGB(3, 300, 0);
    assertThat(like(image)).isEqualTo(expected);
  }

  private byte[] like(BufferedImage image) throws IOException {
    Path file = folder.resolve("drawn.png");
    ImageIO.write(image, "png", file.toFile());
    return ImageFile.likeMnist(file, SIZE);
  }

  @Test
  void anEmptyPageIsTold() throws IOException {
    BufferedImage page = new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB);
    assertThatThrownBy(() -> like(page)).isInstanceOf(IOException.class).hasMessageContaining("drawn.png: ").hasMessageContaining("nothing is drawn in it");
    ground(page, Paint.UNEVEN);
    assertThatThrownBy(() -> like(page)).hasMessageContaining("nothing is drawn in it");
  }
}
