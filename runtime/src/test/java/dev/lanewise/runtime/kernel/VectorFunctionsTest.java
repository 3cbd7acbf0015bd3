package dev.lanewise.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernels")
class VectorFunctionsTest {
  @Test
  void polynomialsAreWithinAFewUlp() {
    float[] x = new float[Lanes.LENGTH];
    for (float from = -87; from < 87.9f; from += 0.013f) {
      for (int i = 0; i < x.length; i++) {
        x[i] = from + i * 1e-3f;
      }
      FloatVector v = FloatVector.fromArray(Lanes.SPECIES, x, 0);
      assertUlp("exp", x, VectorFunctions.exp(v).toArray(), StrictMath::exp, 2);
      assertUlp("tanh", x, VectorFunctions.tanh(v).toArray(), StrictMath::tanh, 4);
      assertUlp("sigmoid", x, VectorFunctions.sigmoid(v).toArray(), t -> 1 / (1 + StrictMath.exp(-t)), 4);
      assertClose("sin", x, VectorFunctions.sin(v).toArray(), StrictMath::sin);
      assertClose("cos", x, VectorFunctions.cos(v).toArray(), StrictMath::cos);
      for (int i = 0; i < x.length; i++) {
        x[i] = (float) Math.exp(x[i]);
      }
      assertUlp("log", x, VectorFunctions.log(FloatVector.fromArray(Lanes.SPECIES, x, 0)).toArray(), StrictMath::log, 2);
    }
  }

  /** Near a zero far from the origin, units in the last place say nothing. */
  private static void assertClose(String name, float[] x, float[] actual, DoubleUnaryOperator function) {
    for (int i = 0; i < x.length; i++) {
      double expected = function.applyAsDouble(x[i]);
      assertThat(Math.abs(actual[i] - expected)).as("%s(%s) is %s, expected %s", name, x[i], actual[i], expected).isLessThan(3e-7);
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
  void sameBitsAtEveryWidth() {
    float[] x = Samples.random(1, 784);
    float[] y = new float[784];
    for (int i = 0; i < 784; i += Lanes.LENGTH) {
      FloatVector v = FloatVector.fromArray(Lanes.SPECIES, x, i);
      VectorFunctions.sigmoid(v).add(VectorFunctions.tanh(v)).intoArray(y, i);
    }
    assertThat(Samples.crc(y)).isEqualTo("94886e1a");
  }
}
