package dev.lanewise.runtime.explain;

import dev.lanewise.runtime.random.Draws;
import java.util.Arrays;

/**
 * The directions in which points differ most (Pearson 1901, Hotelling 1933): eigenvectors of their covariance, found by iterating a few directions at once and turning
 * them (Rayleigh and Ritz). Of each direction the largest part is above 0, so that the same points lie on the same side always.
 *
 * @param directions of length 1, at right angles to each other, the one with most variance first
 * @param shares of the whole variance along each
 * @param places of the points along each, from their mean
 */
public record PrincipalComponents(double[][] directions, double[] shares, double[][] places) {
  /** Iterated besides those that are asked for: the more, the sooner it is done. */
  private static final int MORE = 6;
  private static final int MOST_STEPS = 300;
  private static final double EXACT = 1e-13;
  private static final long KEY = 0x706361L;

  /**
   * @param points all of one length, two or more
   * @param count of directions; of points that have fewer, the rest is zeros
   */
  public static PrincipalComponents of(double[][] points, int count) {
    double[][] centred = centred(points);
    int length = points[0].length;
    double all = Arrays.stream(centred).flatMapToDouble(Arrays::stream).map(v -> v * v).sum();
    double[][] basis = new double[Math.min(count + MORE, length)][length];
    for (int k = 0; k < basis.length; k++) {
      for (int i = 0; i < length; i++) {
        basis[k][i] = Draws.uniform(KEY + k, i) - 0.5;
      }
    }
    double[] variances = new double[basis.length];
    for (int step = 0; step < MOST_STEPS; step++) {
      orthonormalize(basis);
      double[][] next = new double[basis.length][];
      for (int k = 0; k < basis.length; k++) {
        next[k] = scattered(centred, basis[k]);
      }
      double[] found = turn(basis, next);
      boolean done = true;
      for (int k = 0; k < Math.min(count, found.length); k++) {
        done &= Math.abs(found[k] - variances[k]) <= EXACT * all;
      }
      variances = found;
      if (done) {
        break;
      }
      basis = next;
    }
    orthonormalize(basis);
    return told(centred, basis, all, count);
  }

  private static PrincipalComponents told(double[][] centred, double[][] basis, double all, int count) {
    double[][] directions = new double[count][centred[0].length];
    double[][] places = new double[centred.length][count];
    double[] shares = new double[count];
    for (int k = 0; k < Math.min(count, basis.length); k++) {
      directions[k] = upright(basis[k]);
      for (int i = 0; i < centred.length; i++) {
        places[i][k] = dot(centred[i], directions[k]);
        shares[k] += all == 0 ? 0 : places[i][k] * places[i][k] / all;
      }
    }
    return new PrincipalComponents(directions, shares, places);
  }

  private static double[][] centred(double[][] points) {
    double[] mean = new double[points[0].length];
    for (double[] p : points) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += p[i] / points.length;
      }
    }
    double[][] centred = new double[points.length][mean.length];
    for (int p = 0; p < points.length; p++) {
      for (int i = 0; i < mean.length; i++) {
        centred[p][i] = points[p][i] - mean[i];
      }
    }
    return centred;
  }

  /** The covariance, but for a factor, times a direction: X^T (X v). */
  private static double[] scattered(double[][] centred, double[] v) {
    double[] product = new double[v.length];
    for (double[] row : centred) {
      add(product, row, dot(row, v));
    }
    return product;
  }

  /** Gram and Schmidt, twice over for the sake of rounding. What depends on those before becomes zeros. */
  private static void orthonormalize(double[][] basis) {
    for (int k = 0; k < basis.length; k++) {
      double before = Math.sqrt(dot(basis[k], basis[k]));
      for (int round = 0; round < 2; round++) {
        for (int j = 0; j < k; j++) {
          add(basis[k], basis[j], -dot(basis[k], basis[j]));
        }
      }
      double length = Math.sqrt(dot(basis[k], basis[k]));
      for (int i = 0; i < basis[k].length; i++) {
        basis[k][i] = length <= 1e-12 * before || length == 0 ? 0 : basis[k][i] / length;
      }
    }
  }

  /**
   * Turns directions so that each is by itself within their span, the one with most variance first (Jacobi 1846).
   *
   * @param next what the covariance makes of each, turned alike
   * @return their variances, but for a factor
   */
  private static double[] turn(double[][] basis, double[][] next) {
    int n = basis.length;
    double[][] m = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        m[i][j] = (dot(basis[i], next[j]) + dot(basis[j], next[i])) / 2;
      }
    }
    for (int sweep = 0; sweep < 30; sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          if (m[p][q] != 0) {
            double angle = 0.5 * Math.atan2(2 * m[p][q], m[p][p] - m[q][q]);
            rotate(m, p, q, angle);
            rotate(basis, p, q, angle);
            rotate(next, p, q, angle);
            for (double[] row : m) {
              rotate(row, p, q, angle);
            }
          }
        }
      }
    }
    sort(m, basis, next);
    double[] variances = new double[n];
    Arrays.setAll(variances, i -> m[i][i]);
    return variances;
  }

  private static void rotate(double[][] rows, int p, int q, double angle) {
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    for (int i = 0; i < rows[p].length; i++) {
      double a = rows[p][i];
      double b = rows[q][i];
      rows[p][i] = cos * a + sin * b;
      rows[q][i] = cos * b - sin * a;
    }
  }

  private static void rotate(double[] row, int p, int q, double angle) {
    double a = row[p];
    double b = row[q];
    row[p] = Math.cos(angle) * a + Math.sin(angle) * b;
    row[q] = Math.cos(angle) * b - Math.sin(angle) * a;
  }

  /** By what stands on the diagonal, the largest first. */
  private static void sort(double[][] m, double[][] basis, double[][] next) {
    for (int i = 0; i < m.length; i++) {
      int most = i;
      for (int j = i + 1; j < m.length; j++) {
        most = m[j][j] > m[most][most] ? j : most;
      }
      swap(basis, i, most);
      swap(next, i, most);
      double variance = m[i][i];
      m[i][i] = m[most][most];
      m[most][most] = variance;
    }
  }

  private static void swap(double[][] rows, int a, int b) {
    double[] row = rows[a];
    rows[a] = rows[b];
    rows[b] = row;
  }

  private static double[] upright(double[] direction) {
    int most = 0;
    for (int i = 1; i < direction.length; i++) {
      most = Math.abs(direction[i]) > Math.abs(direction[most]) ? i : most;
    }
    double sign = direction[most] < 0 ? -1 : 1;
    return Arrays.stream(direction).map(v -> sign * v).toArray();
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void add(double[] to, double[] v, double factor) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * v[i];
    }
  }
}
