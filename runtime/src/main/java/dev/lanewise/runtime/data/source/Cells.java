package dev.lanewise.runtime.data.source;

import dev.lanewise.runtime.data.ByteImages;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Cells under a microscope, made by a generator: ellipses, of which the sick ones are longer on average. The logarithm of length by width
 * is normal in both classes, with one deviation; how far the means lie apart says how well they can be told apart at all. The same seed,
 * the same cells.
 *
 * <pre>{@code Cells.of(1_000, 0.3, 2, 1)   // nobody's area under the curve is above 0.921 on average: Φ(2 / √2) }</pre>
 */
public final class Cells {
  public static final Shape SHAPE = Shape.of(1, 28, 28);
  public static final List<String> CLASSES = List.of("healthy", "sick");

  private static final int SIZE = 28;
  /** Of the logarithm, in healthy cells: hardly one is wider than it is long. */
  private static final double MEAN = 0.4;
  private static final double DEVIATION = 0.13;
  /** The root of length times width, halved, in pixels. */
  private static final double RADIUS = 6;
  private static final double NOISE = 0.04;
  /** From inside to outside, in pixels. */
  private static final double EDGE = 1;

  private final RandomGenerator random;
  private final double share;
  private final double apart;

  private Cells(double share, double apart, long seed) {
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    this.share = share;
    this.apart = apart;
  }

  /**
   * Cells to train on, and as many again to test on.
   *
   * @param share of them that are sick
   * @param apart how many deviations lie between the means of the classes
   */
  public static DataSplit of(int count, double share, double apart, long seed) {
    Cells cells = new Cells(share, apart, seed);
    Dataset train = cells.made(count);
    return new DataSplit("cells", train, null, cells.made(count)).classesNamed(CLASSES);
  }

  private Dataset made(int count) {
    byte[] pixels = new byte[count * SIZE * SIZE];
    byte[] labels = new byte[count];
    int sick = Math.clamp(Math.round(share * count), 1, count - 1);
    for (int i = 0; i < count; i++) {
      // Spread over all, so that the first ones have both.
      labels[i] = (byte) ((long) (i + 1) * sick / count - (long) i * sick / count);
      draw(pixels, i * SIZE * SIZE, labels[i]);
    }
    return new ByteImages(SHAPE, pixels, labels, CLASSES.size(), 0, 1);
  }

  private double normal() {
    return Draws.normal(random.nextDouble(), random.nextDouble());
  }

  private double between(double least, double most) {
    return least + random.nextDouble() * (most - least);
  }

  private void draw(byte[] pixels, int at, int label) {
    double ratio = StrictMath.exp(MEAN + DEVIATION * (normal() + label * apart));
    double radius = RADIUS * between(0.9, 1.1);
    double length = radius * Math.sqrt(ratio);
    double width = radius / Math.sqrt(ratio);
    double angle = Math.PI * random.nextDouble();
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    double x = (SIZE - 1) / 2.0 + between(-2, 2);
    double y = (SIZE - 1) / 2.0 + between(-2, 2);
    double ground = between(0.7, 0.85);
    double cell = between(0.3, 0.5);
    for (int row = 0; row < SIZE; row++) {
      for (int column = 0; column < SIZE; column++) {
        double along = ((column - x) * cos + (row - y) * sin) / length;
        double across = ((row - y) * cos - (column - x) * sin) / width;
        // Near the edge of the ellipse, about the distance from it.
        double outside = (Math.sqrt(along * along + across * across) - 1) * width;
        double in = Math.clamp(0.5 - outside / EDGE, 0, 1);
        double grey = ground + (cell - ground) * in + NOISE * normal();
        pixels[at + row * SIZE + column] = (byte) Math.round(255 * Math.clamp(grey, 0, 1));
      }
    }
  }
}
