package dev.lanewise.runtime.kernel.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.runtime.kernel.element.PointwiseKernel;
import dev.lanewise.runtime.symbolic.Function;
import dev.lanewise.runtime.symbolic.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every function of the calculus, as its kernel computes it, against its definition in double. */
@Tag("kernels")
class VectorFunctionsTest {
  /** How many units in the last place a function may be off; all others 0. */
  private static final Map<Function, Double> MOST = Map.ofEntries(
      Map.entry(Function.EXP, 1.5), Map.entry(Function.EXPM1, 2.0), Map.entry(Function.LOG, 1.5), Map.entry(Function.LOG1P, 2.5),
      Map.entry(Function.SOFTPLUS, 3.0), Map.entry(Function.SIGMOID, 3.0), Map.entry(Function.TANH, 2.5), Map.entry(Function.SIN, 2.0), Map.entry(Function.COS, 2.0), Map.entry(Function.ERF, 2.0),
      Map.entry(Function.ATAN, 2.5), Map.entry(Function.SQRT, 0.5));

  @ParameterizedTest
  @EnumSource
  void isWithinAFewUnitsInTheLastPlace(Function function) {
    float[] points = points();
    float[] values = apply(function, points);
    for (int i = 0; i < points.length; i++) {
      double expected = exact(function, points[i]);
      double ulp = Math.ulp((float) expected);
      if (Double.isFinite(expected) && Math.abs(expected) >= Float.MIN_NORMAL && Math.abs(expected) <= Float.MAX_VALUE) {
        assertThat(Math.abs(values[i] - expected) / ulp)
            .as("%s(%s) is %s, not %s", function, points[i], values[i], (float) expected)
            .isLessThanOrEqualTo(MOST.getOrDefault(function, 0.0));
      } else if (Math.abs(expected) < Float.MIN_NORMAL) {
        assertThat((double) Math.abs(values[i])).as("%s(%s)", function, points[i]).isLessThanOrEqualTo(Float.MIN_NORMAL);
      }
    }
  }

  /** What is infinite, no number, or zero is so in the kernel, too. */
  @ParameterizedTest
  @EnumSource
  void endsAsItsDefinitionDoes(Function function) {
    float[] ends = {0, -0f, Float.MIN_VALUE, -Float.MIN_VALUE, -1, Float.NaN, 104, -104, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1e30f, -1e30f};
    float[] values = apply(function, ends);
    for (int i = 0; i < ends.length; i++) {
      float expected = (float) exact(function, ends[i]);
      if (Float.isFinite(expected)) {
        assertThat(values[i]).as("%s(%s)", function, ends[i]).isFinite();
      } else {
        assertThat(Float.valueOf(values[i])).as("%s(%s)", function, ends[i]).isEqualTo(Float.valueOf(expected));
      }
    }
  }

  private static double exact(Function function, float x) {
    return new Term.Unary(function, Term.variable("x")).evaluate(_ -> x);
  }

  private static float[] apply(Function function, float[] points) {
    int rows = (points.length + 15) / 16;
    float[] values = new float[2 * rows * 16];
    System.arraycopy(points, 0, values, 0, points.length);
    PointwiseKernel kernel =
        new PointwiseKernel(new Term.Unary(function, Term.variable("x")), List.of(new PointwiseKernel.Input("x", false)));
    kernel.run(values, PointwiseKernel.sizes(1, rows, rows * 16, 0));
    return java.util.Arrays.copyOfRange(values, rows * 16, rows * 16 + points.length);
  }

  /** Of both signs and every size, more of them where functions bend. */
  private static float[] points() {
    Random random = new Random(1);
    List<Float> points = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      float size = (float) Math.pow(10, -38 + 76 * random.nextDouble());
      points.add(size);
      points.add(-size);
      points.add(-104 + 208 * random.nextFloat());
      points.add(-5 + 10 * random.nextFloat());
      points.add(0.40f + 0.03f * random.nextFloat());
      points.add(2.40f + 0.03f * random.nextFloat());
      // Halves, which are as near to one whole number as to the other.
      points.add(random.nextInt(-100, 100) + 0.5f);
      points.add(-1 + 0.02f * random.nextFloat());
      points.add(1 + 0.02f * random.nextFloat());
      points.add(-87.3366f + 1e-4f * random.nextFloat());
      points.add(88.7228f + 1e-4f * random.nextFloat());
      // Where waves are nearly zero.
      points.add((float) (random.nextInt(-80_000, 80_000) * Math.PI / 2));
    }
    float[] all = new float[points.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = points.get(i);
    }
    return all;
  }

  @Test
  void sameBitsAtEveryWidth() {
    float[] x = Samples.random(1, 784);
    float[] y = new float[784];
    for (int i = 0; i < 784; i += Lanes.LENGTH) {
      FloatVector v = FloatVector.fromArray(Lanes.SPECIES, x, i);
      VectorFunctions.sigmoid(v).add(VectorFunctions.tanh(v)).intoArray(y, i);
    }
    assertThat(Samples.crc(y)).isEqualTo("eb9a266a");
  }
}
