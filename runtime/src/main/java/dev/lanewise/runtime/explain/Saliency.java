package dev.lanewise.runtime.explain;

import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.tensor.Shape;

/**
 * How strongly the score changes with each pixel (Simonyan, Vedaldi and Zisserman 2014, section 3): M[i][j] = max over c of |dScore / dx[c][i][j]|, where x are pixels in
 * their own units, before they are normalised.
 */
public final class Saliency {
  private Saliency() {}

  /** A number for each place: of several channels the largest size. @param slopes as {@link #slopes} has them */
  public static double[] map(double[] slopes, int channels) {
    int places = slopes.length / channels;
    double[] map = new double[places];
    for (int i = 0; i < slopes.length; i++) {
      map[i % places] = Math.max(map[i % places], Math.abs(slopes[i]));
    }
    return map;
  }

  /**
   * dScore / dx of every number, in original units: what changes it by d / std as the network sees it.
   *
   * @param x as the network is shown it
   * @param scale by which its original values were normalised
   */
  public static double[] slopes(ScoreFunction score, float[] x, Shape shape, Normalization scale) {
    float[] gradient = score.gradient(x);
    int places = shape.size() / shape.channels();
    double[] slopes = new double[gradient.length];
    for (int i = 0; i < slopes.length; i++) {
      slopes[i] = gradient[i] / (double) scale.std()[i / places];
    }
    return slopes;
  }
}
