package dev.lanewise.runtime.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PrincipalComponentsTest {
  /** Each is an eigenvector of the covariance, as that is written out; and no other direction has more variance. */
  @Test
  void areEigenvectorsOfTheCovariance() {
    Random random = new Random(4);
    double[][] points = new double[60][12];
    for (double[] p : points) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      for (int i = 0; i < 12; i++) {
        p[i] = 5 + 3 * a * Math.sin(i) + 2 * b * i / 6 + 0.3 * random.nextGaussian();
      }
    }
    PrincipalComponents found = PrincipalComponents.of(points, 2);
    double[][] covariance = covariance(points);
    double trace = 0;
    for (int i = 0; i < 12; i++) {
      trace += covariance[i][i];
    }
    for (int k = 0; k < 2; k++) {
      double[] d = found.directions()[k];
      double[] made = times(covariance, d);
      for (int i = 0; i < 12; i++) {
        assertThat(made[i]).isCloseTo(found.shares()[k] * trace * d[i], within(1e-6));
      }
      assertThat(dot(d, d)).isCloseTo(1, within(1e-12));
    }
    assertThat(dot(found.directions()[0], found.directions()[1])).isCloseTo(0, within(1e-9));
    assertThat(found.shares()[0]).isGreaterThan(found.shares()[1]);
    for (int n = 0; n < 50; n++) {
      double[] other = random.doubles(12, -1, 1).toArray();
      assertThat(dot(other, times(covariance, other)) / dot(other, other)).isLessThanOrEqualTo(found.shares()[0] * trace + 1e-9);
    }
    assertThat(found.places()[7][1]).isCloseTo(dot(found.directions()[1], off(points, 7)), within(1e-9));
  }

  /** More numbers than points, as behind a wide layer; and points that are all the same. */
  @Test
  void ofFewPointsAndOfOne() {
    double[][] two = {{1, 2, 3, 4, 5}, {3, 2, 3, 4, 5}};
    PrincipalComponents found = PrincipalComponents.of(two, 2);
    assertThat(found.directions()[0]).containsExactly(new double[] {1, 0, 0, 0, 0}, within(1e-12));
    assertThat(found.shares()[0]).isCloseTo(1, within(1e-12));
    assertThat(found.shares()[1]).isCloseTo(0, within(1e-12));
    PrincipalComponents same = PrincipalComponents.of(new double[][] {{1, 1}, {1, 1}}, 2);
    assertThat(same.shares()).containsOnly(0);
    assertThat(same.places()[0]).containsOnly(0);
    assertThat(PrincipalComponents.of(new double[][] {{1}, {4}}, 2).places()[1]).containsExactly(1.5, 0);
  }

  private static double[] mean(double[][] points) {
    double[] mean = new double[points[0].length];
    for (double[] p : points) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += p[i] / points.length;
      }
    }
    return mean;
  }

  private static double[] off(double[][] points, int which) {
    double[] off = mean(points);
    for (int i = 0; i < off.length; i++) {
      off[i] = points[which][i] - off[i];
    }
    return off;
  }

  private static double[][] covariance(double[][] points) {
    double[][] c = new double[points[0].length][points[0].length];
    for (int p = 0; p < points.length; p++) {
      double[] off = off(points, p);
      for (int i = 0; i < off.length; i++) {
        for (int j = 0; j < off.length; j++) {
          c[i][j] += off[i] * off[j];
        }
      }
    }
    return c;
  }

  private static double[] times(double[][] m, double[] v) {
    double[] product = new double[v.length];
    for (int i = 0; i < v.length; i++) {
      product[i] = dot(m[i], v);
    }
    return product;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
