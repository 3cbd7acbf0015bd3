package dev.lanewise.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.runtime.random.Draws;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("kernels")
class ElementwiseTest {
  private static final int OFFSET = 3;

  /** A kernel of one input. */
  private interface Unary {
    void run(float[] x, int xo, float[] y, int yo, int count);
  }

  /** A kernel of two inputs. */
  private interface Binary {
    void run(float[] a, int ao, float[] b, int bo, float[] c, int co, int count);
  }

  /** The same of two numbers. */
  private interface Formula {
    double of(double a, double b);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 31, 67, 784})
  void anyLength(int count) {
    check(count, Elementwise::relu, x -> Math.max(0, x));
    check(count, Elementwise::sigmoid, x -> 1 / (1 + Math.exp(-x)));
    check(count, Elementwise::tanh, Math::tanh);
    check(count, Elementwise::add, (a, b) -> a + b);
    check(count, Elementwise::multiply, (a, b) -> a * b);
    check(count, Elementwise::reluGradient, (y, dy) -> y > 0 ? dy : 0);
    check(count, Elementwise::sigmoidGradient, (y, dy) -> dy * y * (1 - y));
    check(count, Elementwise::tanhGradient, (y, dy) -> dy * (1 - y * y));
  }

  private static void check(int count, Unary kernel, DoubleUnaryOperator formula) {
    float[] x = Samples.random(1, count + OFFSET);
    double[] expected = new double[count];
    for (int i = 0; i < count; i++) {
      expected[i] = formula.applyAsDouble(x[OFFSET + i]);
    }
    float[] y = Samples.blank(count + 1 + 2 * OFFSET);
    kernel.run(x, OFFSET, y, OFFSET + 1, count);
    Samples.assertClose(y, OFFSET + 1, expected, 1e-6, count);
    Samples.assertUntouched(y, OFFSET + 1, OFFSET + 1 + count, count);
    kernel.run(x, OFFSET, x, OFFSET, count);
    Samples.assertClose(x, OFFSET, expected, 1e-6, count);
  }

  private static void check(int count, Binary kernel, Formula formula) {
    float[] a = Samples.random(1, count + OFFSET);
    float[] b = Samples.random(2, count + 1);
    double[] expected = new double[count];
    for (int i = 0; i < count; i++) {
      expected[i] = formula.of(a[OFFSET + i], b[1 + i]);
    }
    float[] c = Samples.blank(count + 2 * OFFSET);
    kernel.run(a, OFFSET, b, 1, c, OFFSET, count);
    Samples.assertClose(c, OFFSET, expected, 1e-6, count);
    Samples.assertUntouched(c, OFFSET, OFFSET + count, count);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 144})
  void channels(int per) {
    float[] x = Samples.random(1, 5 * per * 16 + OFFSET);
    float[] scale = Samples.random(2, 5 * 16 + 1);
    double[] expected = new double[5 * per * 16];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = x[OFFSET + i] * scale[1 + i / 16 / per * 16 + i % 16];
    }
    float[] y = Samples.blank(expected.length + 2 * OFFSET);
    Elementwise.multiplyChannels(x, OFFSET, 5, per, scale, 1, y, OFFSET);
    Samples.assertClose(y, OFFSET, expected, 1e-7, per);
  }

  @Test
  void rows() {
    float[] bias = Samples.random(1, 8);
    float[] y = Samples.blank(7 * 16 + 2);
    Elementwise.broadcastRows(bias, 1, 7, y, 2);
    for (int i = 0; i < 7 * 16; i++) {
      assertThat(y[2 + i]).isEqualTo(bias[1 + i / 16]);
    }
  }

  @Test
  void polynomialsAreWithinAFewUlp() {
    float[] x = new float[Lanes.LENGTH];
    for (float from = -87; from < 87.9f; from += 0.013f) {
      for (int i = 0; i < x.length; i++) {
        x[i] = from + i * 1e-3f;
      }
      FloatVector v = FloatVector.fromArray(Lanes.SPECIES, x, 0);
      assertUlp("exp", x, Exponential.exp(v).toArray(), StrictMath::exp, 2);
      assertUlp("tanh", x, Exponential.tanh(v).toArray(), StrictMath::tanh, 4);
      assertUlp("sigmoid", x, Exponential.sigmoid(v).toArray(), t -> 1 / (1 + StrictMath.exp(-t)), 4);
      for (int i = 0; i < x.length; i++) {
        x[i] = (float) Math.exp(x[i]);
      }
      assertUlp("log", x, Exponential.log(FloatVector.fromArray(Lanes.SPECIES, x, 0)).toArray(), StrictMath::log, 2);
    }
  }

  private static void assertUlp(String name, float[] x, float[] actual, DoubleUnaryOperator function, int ulps) {
    for (int i = 0; i < x.length; i++) {
      double expected = function.applyAsDouble(x[i]);
      double error = Math.abs(actual[i] - expected) / Math.ulp((float) expected);
      assertThat(error).as("%s(%s) is %s, expected %s", name, x[i], actual[i], expected).isLessThanOrEqualTo(ulps);
    }
  }

  @Test
  void dropoutKeepsItsShareAndItsKeysDiffer() {
    int count = 160_000;
    float[] mask = Samples.blank(count + 1);
    float[] other = new float[count + 1];
    DropoutMask.fill(mask, 1, count, Draws.mix(1, 2), 0.3f);
    DropoutMask.fill(other, 1, count, Draws.mix(1, 3), 0.3f);
    int dropped = 0;
    int both = 0;
    for (int i = 0; i < count; i++) {
      assertThat(mask[1 + i]).isEqualTo(Draws.uniform(Draws.mix(1, 2), i) < 0.3f ? 0 : 1 / (1 - 0.3f));
      dropped += mask[1 + i] == 0 ? 1 : 0;
      both += mask[1 + i] == 0 && other[1 + i] == 0 ? 1 : 0;
    }
    assertThat((double) dropped / count).isBetween(0.295, 0.305);
    assertThat((double) both / count).isBetween(0.087, 0.093);
  }

  @Test
  void descendsWithMomentum() {
    float[] p = Samples.random(1, 67);
    float[] v = Samples.random(2, 67);
    float[] g = Samples.random(3, 67);
    double[] expectedV = new double[67];
    double[] expectedP = new double[67];
    for (int i = 0; i < 67; i++) {
      boolean inside = i >= 5 && i < 60;
      expectedV[i] = inside ? 0.9f * v[i] + g[i] : v[i];
      expectedP[i] = inside ? p[i] - 0.1f * expectedV[i] : p[i];
    }
    SgdStep.run(p, v, g, 5, 60, 0.1f, 0.9f);
    Samples.assertClose(v, 0, expectedV, 1e-6, "velocity");
    Samples.assertClose(p, 0, expectedP, 1e-6, "parameters");
  }

  @Test
  void sameBitsAtEveryWidth() {
    float[] x = Samples.random(1, 784);
    float[] sigmoid = new float[784];
    float[] tanh = new float[784];
    float[] dx = new float[784];
    float[] mask = new float[784];
    Elementwise.sigmoid(x, 0, sigmoid, 0, 784);
    Elementwise.tanh(x, 0, tanh, 0, 784);
    Elementwise.reluGradient(tanh, 0, x, 0, dx, 0, 784);
    DropoutMask.fill(mask, 0, 784, 42, 0.5f);
    float[] p = Samples.random(2, 784);
    SgdStep.run(p, sigmoid.clone(), dx, 0, 784, 0.01f, 0.9f);
    assertThat(List.of(Samples.crc(sigmoid, tanh), Samples.crc(dx, p), Samples.crc(mask)))
        .containsExactly("e7da6f57", "210875ff", "7f7aee6b");
  }
}
