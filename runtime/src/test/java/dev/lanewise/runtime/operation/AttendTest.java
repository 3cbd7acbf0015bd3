package dev.lanewise.runtime.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Attention beside PyTorch's (src/test/python/attend.py), and what holds whoever asks. */
class AttendTest {
  private static List<double[]> expected() throws IOException {
    try (InputStream in = AttendTest.class.getResourceAsStream("attend.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
          .map(l -> Stream.of(l.split(" ")).mapToDouble(Double::parseDouble).toArray()).toList();
    }
  }

  private static double[] numbers(int count, int i) {
    double[] x = new double[count];
    Arrays.setAll(x, e -> (7 * e * e + 3 * e + 5 * i) % 23 / 9.0 - 1.2);
    return x;
  }

  private static double[][] arrays(List<Integer> sizes) {
    return sizes.stream().map(double[]::new).toArray(double[][]::new);
  }

  private static double[][] run(Operation operation, double[]... in) {
    double[][] out = arrays(operation.outputs().stream().map(t -> t.shape().size()).toList());
    operation.evaluate(Draw.NONE, in, out);
    return out;
  }

  @Test
  void valuesAndGradientsArePyTorchs() throws IOException {
    for (double[] wanted : expected()) {
      int l = (int) wanted[0], s = (int) wanted[1], d = (int) wanted[2], e = (int) wanted[3];
      boolean masked = wanted[6] == 1;
      Attend attend = Attend.apart(Shape.of(l, d), Shape.of(s, d), Shape.of(s, e), (int) wanted[4], wanted[5] == 1, masked);
      double[] q = numbers(l * d, 0), k = numbers(s * d, 1), v = numbers(s * e, 2), mask = new double[s];
      Arrays.setAll(mask, j -> j % 3 == 1 ? 0 : 1);
      double[][] out = masked ? run(attend, q, k, v, mask) : run(attend, q, k, v);
      double[][] back = run(new Attend.Gradient(attend), q, k, v, out[1], numbers(l * e, 3));
      int at = 7;
      for (double[] mine : List.of(out[0], back[0], back[1], back[2])) {
        for (double value : mine) {
          assertThat(value).as("%s", attend).isCloseTo(wanted[at++], within(1e-12));
        }
      }
      assertThat(at).isEqualTo(wanted.length);
    }
  }

  @Test
  void partsOfOneInputAreThoseOfSeveral() {
    int l = 6, s = 4, d = 4;
    double[] q = numbers(l * d, 0), k = numbers(s * d, 1), v = numbers(s * d, 2), both = new double[2 * s * d];
    for (int j = 0; j < s; j++) {
      System.arraycopy(k, j * d, both, 2 * j * d, d);
      System.arraycopy(v, j * d, both, (2 * j + 1) * d, d);
    }
    double[][] apart = run(Attend.apart(Shape.of(l, d), Shape.of(s, d), Shape.of(s, d), 2, true, false), q, k, v);
    double[][] together = run(Attend.toOther(l, s, d, 2, true, false), q, both);
    assertThat(together).isDeepEqualTo(apart);
  }

  @Test
  void whatSeesNothingGetsZeros() {
    Attend attend = Attend.apart(Shape.of(2, 3), Shape.of(2, 3), Shape.of(2, 3), 1, true, true);
    double[] q = numbers(6, 0), k = numbers(6, 1), v = numbers(6, 2);
    double[][] out = run(attend, q, k, v, new double[] {0, 1});
    assertThat(out[0]).startsWith(0, 0, 0).endsWith(v[3], v[4], v[5]);
    assertThat(out[1]).containsExactly(0, 0, 0, 1);
  }

  /** A place that is not there might as well have any values. */
  @Test
  void whatIsMaskedChangesNothing() {
    Attend attend = Attend.apart(Shape.of(3, 2), Shape.of(4, 2), Shape.of(4, 2), 1, false, true);
    double[] q = numbers(6, 0), k = numbers(8, 1), v = numbers(8, 2), mask = {1, 0, 1, 0};
    double[][] before = run(attend, q, k, v, mask);
    k[2] = 1e3;
    v[7] = -1e3;
    assertThat(run(attend, q, k, v, mask)).isDeepEqualTo(before);
  }

  @Test
  void headsMustDivide() {
    assertThatThrownBy(() -> Attend.apart(Shape.of(3, 5), Shape.of(3, 5), Shape.of(3, 4), 2, false, false)).isInstanceOf(IllegalArgumentException.class);
  }
}
