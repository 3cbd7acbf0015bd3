package dev.lanewise.runtime.data.source;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Paired;
import dev.lanewise.runtime.data.Points;
import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.tensor.Shape;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Data sets of points in the plane that a teacher draws on the blackboard, made by a generator: the same seed, the
 * same points. A fifth of as many again is there to test on.
 *
 * <pre>{@code Synthetic.spirals(2, 1000, 0.05, 1) }</pre>
 */
public final class Synthetic {
  private Synthetic() {}

  /** Where a point of a class lies. */
  private interface Place {
    /**
     * @param label its class
     * @param t uniform in [0, 1)
     */
    float[] at(int label, double t);
  }

  /** Arms of a spiral around each other, one and a half turns each. */
  public static DataSplit spirals(int classes, int count, double noise, long seed) {
    return split("spirals", classes, count, noise, seed, (label, t) -> {
      double radius = 0.1 + 0.9 * t;
      double angle = 3 * Math.PI * t + 2 * Math.PI * label / classes;
      return new float[] {(float) (radius * StrictMath.cos(angle)), (float) (radius * StrictMath.sin(angle))};
    });
  }

  /** Two half moons that reach into each other, as scikit-learn's make_moons. */
  public static DataSplit moons(int count, double noise, long seed) {
    return split("moons", 2, count, noise, seed, (label, t) -> {
      double x = StrictMath.cos(Math.PI * t);
      double y = StrictMath.sin(Math.PI * t);
      return label == 0 ? new float[] {(float) x, (float) y} : new float[] {(float) (1 - x), (float) (0.5 - y)};
    });
  }

  /** Rings around each other. */
  public static DataSplit circles(int classes, int count, double noise, long seed) {
    return split("circles", classes, count, noise, seed, (label, t) -> {
      double radius = (label + 1.0) / classes;
      return new float[] {(float) (radius * StrictMath.cos(2 * Math.PI * t)),
          (float) (radius * StrictMath.sin(2 * Math.PI * t))};
    });
  }

  /** Clouds on a ring, normal in both directions; noise is their deviation. */
  public static DataSplit gaussians(int classes, int count, double noise, long seed) {
    return split("gaussians", classes, count, noise, seed, (label, _) -> {
      double angle = 2 * Math.PI * label / classes;
      return new float[] {(float) StrictMath.cos(angle), (float) StrictMath.sin(angle)};
    });
  }

  /** Points (x, sin x) with x uniform in [-π, π): the second, with noise, is to be predicted from the first. */
  public static DataSplit sine(int count, double noise, long seed) {
    if (count < 1 || !(noise >= 0)) {
      throw new IllegalArgumentException("sine needs a point, and noise that is not negative, not " + count + ", "
          + noise);
    }
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    Dataset train = curve(count, noise, random);
    return new DataSplit("sine", train, null, curve(Math.max(1, count / 5), noise, random));
  }

  private static Dataset curve(int count, double noise, RandomGenerator random) {
    float[][] values = new float[count][1];
    float[][] heights = new float[count][1];
    for (int i = 0; i < count; i++) {
      double x = (2 * random.nextDouble() - 1) * Math.PI;
      values[i][0] = (float) x;
      heights[i][0] = (float) (StrictMath.sin(x) + noise * Draws.normal(random.nextDouble(), random.nextDouble()));
    }
    return new Paired(new Points(Shape.of(1), values), new Points(Shape.of(1), heights));
  }

  private static DataSplit split(String name, int classes, int count, double noise, long seed, Place place) {
    if (classes < 2 || count < classes || !(noise >= 0)) {
      throw new IllegalArgumentException(
          name + " needs at least two classes, a point for each, and noise that is not negative, not "
              + classes + ", " + count + ", " + noise);
    }
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    Dataset train = points(classes, count, noise, random, place);
    return new DataSplit(name, train, null, points(classes, Math.max(classes, count / 5), noise, random, place));
  }

  private static Dataset points(int classes, int count, double noise, RandomGenerator random, Place place) {
    float[][] values = new float[count][];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % classes;
      values[i] = place.at(labels[i], random.nextDouble());
      for (int k = 0; k < values[i].length; k++) {
        values[i][k] += (float) (noise * Draws.normal(random.nextDouble(), random.nextDouble()));
      }
    }
    return new Points(Shape.of(2), values, labels, classes);
  }
}
