package dev.lanewise.runtime.explain;

import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.data.Noised;
import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.train.StoppedException;

/**
 * An image that excites a part of a network: uphill from noise, by the gradient of the score with respect to the pixels (Erhan et al. 2009; Simonyan, Vedaldi and Zisserman
 * 2014, section 2). So that it is no pattern of single pixels, it is moved a little before each step, and blurred less and less (Mordvintsev, Olah and Tyka 2015).
 *
 * @param steps uphill
 * @param step how far a pixel goes in one, in the mean, as a share of its range
 * @param jitter by how many pixels it is moved at most
 * @param seed of the noise and of the moves
 */
public record Dream(int steps, double step, int jitter, long seed) {
  private static final long SALT = 0x647265616dL;
  private static final double NOISE = 0.1;
  private static final double MOST_BLUR = 0.5;

  /**
   * What came of it.
   *
   * @param pixels in their own units
   * @param before the score of the noise
   * @param after the score of the image
   * @param steps that were gone; fewer than were wanted if it was told to stop
   */
  public record Found(float[] pixels, double before, double after, int steps) {}

  /** What pixels may be, in their own units. */
  public record Range(double low, double high) {}

  /** @param scale by which the network is shown pixels */
  public Found of(ScoreFunction score, Shape shape, Normalization scale, Range range) {
    double[] pixels = noise(shape.size(), range);
    double before = score.value(floats(scale.of(pixels)));
    double after = before;
    int gone = 0;
    try {
      while (gone < steps) {
        climb(score, pixels, shape, scale, range, gone);
        gone++;
      }
      after = score.value(floats(scale.of(pixels)));
    } catch (StoppedException e) {
      // What is there is worth looking at.
      after = Double.NaN;
    }
    return new Found(floats(pixels), before, after, gone);
  }

  private double[] noise(int size, Range range) {
    double[] pixels = new double[size];
    for (int i = 0; i < size; i++) {
      double share = 0.5 + NOISE * Noised.Source.NORMAL.at(Draws.mix(seed, SALT), 0, i);
      pixels[i] = range.low + (range.high - range.low) * Math.clamp(share, 0, 1);
    }
    return pixels;
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private void climb(ScoreFunction score, double[] pixels, Shape shape, Normalization scale, Range range, int number) {
    long key = Draws.mix(seed, SALT + 1 + number);
    int down = Draws.below(2 * jitter + 1, key, 0) - jitter;
    int right = Draws.below(2 * jitter + 1, key, 1) - jitter;
    float[] shown = floats(scale.of(moved(pixels, shape, down, right)));
    double[] slopes = moved(Saliency.slopes(score, shown, shape, scale), shape, -down, -right);
    double mean = 0;
    for (double s : slopes) {
      mean += Math.abs(s) / slopes.length;
    }
    for (int i = 0; i < pixels.length && mean > 0; i++) {
      pixels[i] = Math.clamp(pixels[i] + step * (range.high - range.low) * slopes[i] / mean, range.low, range.high);
    }
    // The last one stays as sharp as it is.
    blur(pixels, shape, MOST_BLUR * (steps - 1 - number) / steps);
  }

  /** What leaves at one side comes back at the other. */
  private static double[] moved(double[] values, Shape shape, int down, int right) {
    int height = shape.height();
    int width = shape.width();
    double[] moved = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int x = Math.floorMod(i % width + right, width);
      int y = Math.floorMod(i / width % height + down, height);
      moved[i / (height * width) * height * width + y * width + x] = values[i];
    }
    return moved;
  }

  /** Towards the mean of a pixel (4 of 16), those beside it (2) and those at its corners (1). */
  private static void blur(double[] pixels, Shape shape, double share) {
    int height = shape.height();
    int width = shape.width();
    double[] old = pixels.clone();
    for (int i = 0; i < pixels.length; i++) {
      int plane = i / (height * width) * height * width;
      int y = i / width % height;
      int x = i % width;
      double sum = 0;
      for (int dy = -1; dy <= 1; dy++) {
        for (int dx = -1; dx <= 1; dx++) {
          int at = plane + Math.clamp(y + dy, 0, height - 1) * width + Math.clamp(x + dx, 0, width - 1);
          sum += (2 - Math.abs(dy)) * (2 - Math.abs(dx)) * old[at];
        }
      }
      pixels[i] += share * (sum / 16 - old[i]);
    }
  }
}
