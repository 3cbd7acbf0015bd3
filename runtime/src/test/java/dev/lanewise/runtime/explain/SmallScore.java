package dev.lanewise.runtime.explain;

import java.util.Arrays;
import java.util.Random;

/** A score by hand, in double: s(x) = v . tanh(W x), and its gradient W^T (v (1 - tanh(W x)^2)). */
record SmallScore(double[][] w, double[] v) implements ScoreFunction {
  static SmallScore random(int inputs, long seed) {
    Random random = new Random(seed);
    double[][] w = new double[5][inputs];
    Arrays.stream(w).forEach(row -> Arrays.setAll(row, _ -> random.nextGaussian()));
    return new SmallScore(w, random.doubles(5, -1, 1).toArray());
  }

  @Override
  public double[] values(float[][] inputs) {
    return Arrays.stream(inputs).mapToDouble(x -> {
      double score = 0;
      for (int k = 0; k < v.length; k++) {
        score += v[k] * Math.tanh(sum(w[k], x));
      }
      return score;
    }).toArray();
  }

  @Override
  public float[][] gradients(float[][] inputs) {
    return Arrays.stream(inputs).map(x -> {
      double[] gradient = new double[x.length];
      for (int k = 0; k < v.length; k++) {
        double t = Math.tanh(sum(w[k], x));
        for (int i = 0; i < x.length; i++) {
          gradient[i] += v[k] * (1 - t * t) * w[k][i];
        }
      }
      float[] floats = new float[x.length];
      for (int i = 0; i < x.length; i++) {
        floats[i] = (float) gradient[i];
      }
      return floats;
    }).toArray(float[][]::new);
  }

  private static double sum(double[] row, float[] x) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += row[i] * x[i];
    }
    return sum;
  }

  static float[] example(int size, long seed) {
    Random random = new Random(seed);
    float[] x = new float[size];
    for (int i = 0; i < size; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }
}
