package dev.lanewise.runtime.kernel.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.runtime.kernel.lane.Samples;
import dev.lanewise.runtime.tensor.Blend;
import dev.lanewise.runtime.tensor.Windows;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("kernels")
class PoolKernelsTest {
  private static final int OFFSET = 5;

  static Stream<PoolShape> shapes() {
    return Stream.of(
        new PoolShape(1, 2, 2, 2, 2, 0),
        new PoolShape(10, 24, 24, 2, 2, 0),
        new PoolShape(3, 7, 5, 2, 2, 0),
        new PoolShape(2, 9, 9, 3, 2, 1),
        new PoolShape(5, 8, 6, 3, 1, 1),
        new PoolShape(1, 7, 7, 2, 3, 0),
        new PoolShape(2, 6, 6, 5, 1, 2),
        new PoolShape(7, 4, 4, 4, 4, 0),
        new PoolShape(2, 3, 3, 1, 1, 0),
        new PoolShape(3, new Windows.Sliding(6, 3, 3, 0), new Windows.Sliding(8, 2, 2, 0)),
        new PoolShape(2, new Windows.Sliding(1, 1, 1, 0), new Windows.Sliding(11, 3, 2, 1)),
        new PoolShape(2, Windows.bins(7, 3), Windows.bins(9, 9)),
        new PoolShape(1, Windows.bins(10, 4), Windows.bins(5, 2)));
  }

  /** The element of x under a tap of the window of result i, or -1 outside; all without lanes. */
  private static int under(PoolShape s, int i, int tap) {
    int plane = i / (s.outHeight() * s.outWidth());
    int oy = i / s.outWidth() % s.outHeight();
    int ox = i % s.outWidth();
    int row = s.rows().from(oy) + tap / s.columns().size();
    int column = s.columns().from(ox) + tap % s.columns().size();
    boolean inside = row >= 0 && row < Math.min(s.height(), s.rows().to(oy))
        && column >= 0 && column < Math.min(s.width(), s.columns().to(ox));
    return inside ? (plane * s.height() + row) * s.width() + column : -1;
  }

  private static int taps(PoolShape s) {
    return s.rows().size() * s.columns().size();
  }

  /** The size of the window of result i, padding included. */
  private static int area(PoolShape s, int i) {
    int oy = i / s.outWidth() % s.outHeight();
    int ox = i % s.outWidth();
    return (s.rows().to(oy) - s.rows().from(oy)) * (s.columns().to(ox) - s.columns().from(ox));
  }

  private static int outputs(PoolShape s) {
    return s.channels() * s.outHeight() * s.outWidth();
  }

  private static int inputs(PoolShape s) {
    return s.channels() * s.height() * s.width();
  }

  /** Few different values, so that windows have ties; all negative, so that a padded zero would win. */
  private static float[] ties(PoolShape s) {
    float[] x = Samples.random(1, inputs(s) * 16 + OFFSET);
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.round(x[i] * 3) - 5;
    }
    return x;
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void max(PoolShape s) {
    float[] x = ties(s);
    float[] dy = Samples.random(2, outputs(s) * 16 + OFFSET);
    double[] y = new double[outputs(s) * 16];
    double[] argmax = new double[y.length];
    double[] dx = new double[inputs(s) * 16];
    for (int i = 0; i < y.length; i++) {
      y[i] = Double.NEGATIVE_INFINITY;
      int winner = -1;
      for (int tap = 0; tap < taps(s); tap++) {
        int at = under(s, i / 16, tap);
        if (at >= 0 && x[OFFSET + at * 16 + i % 16] > y[i]) {
          y[i] = x[OFFSET + at * 16 + i % 16];
          argmax[i] = tap;
          winner = at;
        }
      }
      dx[winner * 16 + i % 16] += dy[OFFSET + i];
    }
    float[] actual = Samples.blank(y.length + 2 * OFFSET);
    float[] actualArgmax = Samples.blank(y.length + 2 * OFFSET);
    float[] actualDx = Samples.blank(dx.length + 2 * OFFSET);
    MaxPoolKernel.forward(s, x, OFFSET, actual, OFFSET, actualArgmax, OFFSET);
    MaxPoolKernel.gradient(s, dy, OFFSET, actualArgmax, OFFSET, actualDx, OFFSET);
    Samples.assertClose(actual, OFFSET, y, 0, s);
    Samples.assertClose(actualArgmax, OFFSET, argmax, 0, s);
    Samples.assertClose(actualDx, OFFSET, dx, 1e-6, s);
    Samples.assertUntouched(actualDx, OFFSET, OFFSET + dx.length, s);
    if (WindowMaximum.fits(s)) {
      float[] again = Samples.blank(actual.length), againArgmax = Samples.blank(actual.length), againDx = Samples.blank(actualDx.length);
      WindowMaximum.forward(s).run(x, OFFSET, again, OFFSET, againArgmax, OFFSET);
      assertThat(again).as("%s", s).containsExactly(actual);
      assertThat(againArgmax).as("%s", s).containsExactly(actualArgmax);
      if (WindowMaximum.gradientFits(s)) {
        WindowMaximum.gradient(s).run(againDx, OFFSET, dy, OFFSET, againArgmax, OFFSET);
        assertThat(againDx).as("%s", s).containsExactly(actualDx);
      }
    }
  }

  @Test
  void windowsOfWhatIsNoNumberAreTheSameByBothKernels() {
    PoolShape s = new PoolShape(1, 2, 4, 2, 2, 0);
    float[] x = new float[8 * 16];
    float[] odd = {Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, -0f, 0, 1};
    for (int i = 0; i < x.length; i++) {
      x[i] = odd[(i * 7 + i / 16) % odd.length];
    }
    float[][] both = new float[4][2 * 16];
    MaxPoolKernel.forward(s, x, 0, both[0], 0, both[1], 0);
    WindowMaximum.forward(s).run(x, 0, both[2], 0, both[3], 0);
    assertThat(both[2]).containsExactly(both[0]);
    assertThat(both[3]).containsExactly(both[1]);
  }

  @Test
  void enlargingAndItsGradient() {
    Blend rows = new Blend(3, IntStream.range(0, 6).mapToObj(i -> new Blend.Part(i / 2, List.of(1.0))).toList());
    Blend columns = new Blend(5, IntStream.range(0, 10).mapToObj(i -> new Blend.Part(i / 2, List.of(1.0))).toList());
    float[] x = Samples.random(1, 2 * 15 * 16 + OFFSET);
    float[] y = Samples.blank(2 * 60 * 16 + 2 * OFFSET);
    new ResampleKernel(2, rows, columns).run(x, OFFSET, y, OFFSET);
    float[] dx = Samples.blank(2 * 15 * 16 + 2 * OFFSET);
    new ResampleKernel(2, rows.transposed(), columns.transposed()).run(y, OFFSET, dx, OFFSET);
    for (int c = 0; c < 2; c++) {
      for (int i = 0; i < 60 * 16; i++) {
        int from = ((c * 3 + i / 160 / 2) * 5 + i / 16 % 10 / 2) * 16 + i % 16;
        assertThat(y[OFFSET + c * 60 * 16 + i]).isEqualTo(x[OFFSET + from]);
      }
    }
    for (int i = 0; i < 2 * 15 * 16; i++) {
      assertThat(dx[OFFSET + i]).isEqualTo(4 * x[OFFSET + i]);
    }
    Samples.assertUntouched(y, OFFSET, OFFSET + 2 * 60 * 16, "enlarged");
    Samples.assertUntouched(dx, OFFSET, OFFSET + 2 * 15 * 16, "its gradient");
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void averageAndItsGradient(PoolShape s) {
    float[] x = Samples.random(1, inputs(s) * 16 + OFFSET);
    float[] dy = Samples.random(2, outputs(s) * 16 + OFFSET);
    double[] y = new double[outputs(s) * 16];
    double[] dx = new double[inputs(s) * 16];
    for (int i = 0; i < y.length; i++) {
      for (int tap = 0; tap < taps(s); tap++) {
        int at = under(s, i / 16, tap);
        if (at >= 0) {
          y[i] += (double) x[OFFSET + at * 16 + i % 16] / area(s, i / 16);
          dx[at * 16 + i % 16] += (double) dy[OFFSET + i] / area(s, i / 16);
        }
      }
    }
    float[] actual = Samples.blank(y.length + 2 * OFFSET);
    float[] actualDx = Samples.blank(dx.length + 2 * OFFSET);
    average(s).run(x, OFFSET, actual, OFFSET);
    averageGradient(s).run(dy, OFFSET, actualDx, OFFSET);
    Samples.assertClose(actual, OFFSET, y, 1e-6, s);
    Samples.assertClose(actualDx, OFFSET, dx, 1e-6, s);
    Samples.assertUntouched(actualDx, OFFSET, OFFSET + dx.length, s);
  }

  @Test
  void sameBitsAtEveryWidth() {
    PoolShape s = new PoolShape(2, 9, 9, 3, 2, 1);
    float[] y = new float[outputs(s) * 16];
    float[] argmax = new float[y.length];
    float[] dx = new float[inputs(s) * 16];
    MaxPoolKernel.forward(s, Samples.random(1, dx.length), 0, y, 0, argmax, 0);
    MaxPoolKernel.gradient(s, Samples.random(2, y.length), 0, argmax, 0, dx, 0);
    String max = Samples.crc(y, argmax, dx);
    average(s).run(Samples.random(1, dx.length), 0, y, 0);
    averageGradient(s).run(Samples.random(2, y.length), 0, dx, 0);
    assertThat(List.of(max, Samples.crc(y, dx))).containsExactly("ddbcf412", "abe435ef");
  }

  private static ResampleKernel average(PoolShape s) {
    return new ResampleKernel(s.channels(), Blend.mean(s.rows()), Blend.mean(s.columns()));
  }

  private static ResampleKernel averageGradient(PoolShape s) {
    return new ResampleKernel(s.channels(), Blend.mean(s.rows()).transposed(), Blend.mean(s.columns()).transposed());
  }
}
