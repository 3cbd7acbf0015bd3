package dev.lanewise.runtime.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Initialized;
import dev.lanewise.runtime.spec.Initialization.Kind;
import dev.lanewise.runtime.tensor.Shape;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Deviations and bounds against those that PyTorch's formulas give; see its torch.nn.init. */
class InitializationTest {
  private static float[] values(Kind kind, double scale, int... dims) {
    Shape shape = Shape.of(dims);
    float[] values = new float[shape.size() + 2];
    new Initialization(kind, scale).of(shape).fill(new Random(3), values, 1, shape.size());
    assertThat(values[0]).isZero();
    assertThat(values[values.length - 1]).isZero();
    return java.util.Arrays.copyOfRange(values, 1, values.length - 1);
  }

  /** A convolution [32, 16, 3, 3]: fan in 144, fan out 288. A dense layer [100, 50]: 50 and 100. */
  @ParameterizedTest
  @CsvSource({
    // name, deviation and largest value of [32, 16, 3, 3], of [100, 50]; a normal number has no bound
    "DEFAULT,        0.0481125, 0.0833333, 0.0816497, 0.1414214",
    "HE_NORMAL,      0.1178511, 9,         0.2,       9",
    "HE_UNIFORM,     0.1178511, 0.2041241, 0.2,       0.3464102",
    "XAVIER_NORMAL,  0.0680414, 9,         0.1154701, 9",
    "XAVIER_UNIFORM, 0.0680414, 0.1178511, 0.1154701, 0.2",
    "NORMAL,         0.5,       9,         0.5,       9",
    "UNIFORM,        0.2886751, 0.5,       0.2886751, 0.5"
  })
  void isAsWideAsInPyTorch(Kind kind, double conv, double convBound, double dense, double denseBound) {
    check(values(kind, 0.5, 32, 16, 3, 3), conv, convBound);
    check(values(kind, 0.5, 100, 50), dense, denseBound);
  }

  private static void check(float[] values, double deviation, double bound) {
    double squares = 0;
    double sum = 0;
    double most = 0;
    for (float v : values) {
      squares += (double) v * v;
      sum += v;
      most = Math.max(most, Math.abs(v));
    }
    assertThat(Math.sqrt(squares / values.length)).isCloseTo(deviation, within(0.03 * deviation));
    assertThat(sum / values.length).isCloseTo(0, within(0.06 * deviation));
    assertThat(most).isLessThanOrEqualTo(bound * 1.0000001);
    if (bound < 9) {
      assertThat(most).isGreaterThan(0.99 * bound);
    } else {
      assertThat(most).isGreaterThan(3 * deviation);
    }
  }

  @ParameterizedTest
  @CsvSource({"20, 7, 1", "7, 20, 1", "12, 12, 1", "6, 2, 9", "1, 5, 1", "5, 1, 1"})
  void orthogonalVectorsAreAtRightAngles(int out, int in, int taps) {
    float[] w = values(Kind.ORTHOGONAL, 2, out, in, taps);
    int columns = in * taps;
    boolean byRows = out <= columns;
    int vectors = Math.min(out, columns);
    int length = Math.max(out, columns);
    for (int u = 0; u < vectors; u++) {
      for (int v = 0; v <= u; v++) {
        double dot = 0;
        for (int i = 0; i < length; i++) {
          dot += (double) (byRows ? w[u * columns + i] : w[i * columns + u]) * (byRows ? w[v * columns + i] : w[i * columns + v]);
        }
        assertThat(dot).isCloseTo(u == v ? 4 : 0, within(1e-6));
      }
    }
  }

  @Test
  void constantsAreConstant() {
    assertThat(values(Kind.ZEROS, 1, 3, 2)).containsOnly(0);
    assertThat(values(Kind.ONES, 1, 3, 2)).containsOnly(1);
  }

  @Test
  void onlyTheWeightBeginsDifferently() {
    Computation layer = new Initialized(new Dense(4, 3, true), new Initialization(Kind.ONES, 1));
    assertThat(layer.parameters().get(0).initializer()).isEqualTo(new Initializer.Constant(1));
    assertThat(layer.parameters().get(1)).isEqualTo(new Dense(4, 3, true).parameters().get(1));
    assertThat(layer.multiplyAdds()).isEqualTo(12);
  }
}
