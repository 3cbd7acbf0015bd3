package dev.lanewise.runtime.spec;

import dev.lanewise.runtime.random.Draws;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** The first values of a parameter. */
public sealed interface Initializer {
  /** Writes {@code count} values, all that the parameter has. */
  void fill(RandomGenerator random, float[] to, int at, int count);

  /** Uniform in [-bound, bound]. */
  record Uniform(double bound) implements Initializer {
    @Override
    public void fill(RandomGenerator random, float[] to, int at, int count) {
      for (int i = 0; i < count; i++) {
        to[at + i] = (float) ((2 * random.nextDouble() - 1) * bound);
      }
    }
  }

  /** Normal with mean 0. */
  record Normal(double deviation) implements Initializer {
    @Override
    public void fill(RandomGenerator random, float[] to, int at, int count) {
      for (int i = 0; i < count; i++) {
        to[at + i] = (float) (Draws.normal(random.nextDouble(), random.nextDouble()) * deviation);
      }
    }
  }

  /** These. */
  record Given(float[] values) implements Initializer {
    @Override
    public void fill(RandomGenerator random, float[] to, int at, int count) {
      System.arraycopy(values, 0, to, at, count);
    }

    /** The same for the same values: it is compared with what another process says. */
    @Override
    public String toString() {
      return "Given[" + values.length + " values, " + Integer.toHexString(Arrays.hashCode(values)) + "]";
    }
  }

  /** All the same. */
  record Constant(double value) implements Initializer {
    @Override
    public void fill(RandomGenerator random, float[] to, int at, int count) {
      for (int i = 0; i < count; i++) {
        to[at + i] = (float) value;
      }
    }
  }

  /**
   * A matrix whose rows, or columns where there are fewer, have the length {@code gain} and are at right angles to each other: the factor
   * Q of a matrix of normal numbers, each column's sign such that the diagonal of R is positive (as PyTorch's orthogonal_).
   */
  record Orthogonal(int rows, int columns, double gain) implements Initializer {
    @Override
    public void fill(RandomGenerator random, float[] to, int at, int count) {
      int vectors = Math.min(rows, columns);
      int length = Math.max(rows, columns);
      double[][] q = new double[vectors][length];
      for (double[] vector : q) {
        for (int i = 0; i < length; i++) {
          vector[i] = Draws.normal(random.nextDouble(), random.nextDouble());
        }
      }
      orthogonalize(q);
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          to[at + r * columns + c] = (float) (gain * (rows < columns ? q[r][c] : q[c][r]));
        }
      }
    }

    /** Gram and Schmidt, twice for each vector: once leaves an error where vectors are nearly parallel. */
    private static void orthogonalize(double[][] q) {
      for (int v = 0; v < q.length; v++) {
        for (int round = 0; round < 2; round++) {
          for (int u = 0; u < v; u++) {
            double dot = dot(q[u], q[v]);
            for (int i = 0; i < q[v].length; i++) {
              q[v][i] -= dot * q[u][i];
            }
          }
        }
        double norm = Math.sqrt(dot(q[v], q[v]));
        for (int i = 0; i < q[v].length; i++) {
          q[v][i] /= norm;
        }
      }
    }

    private static double dot(double[] a, double[] b) {
      double sum = 0;
      for (int i = 0; i < a.length; i++) {
        sum += a[i] * b[i];
      }
      return sum;
    }
  }
}
