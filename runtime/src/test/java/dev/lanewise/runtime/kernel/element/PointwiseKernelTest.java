package dev.lanewise.runtime.kernel.element;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.runtime.kernel.lane.Samples;
import dev.lanewise.runtime.symbolic.Relation;
import dev.lanewise.runtime.symbolic.Term;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Generated loops against their own formulas in double. */
@Tag("kernels")
class PointwiseKernelTest {
  private static final Term A = Term.variable("a");
  private static final Term B = Term.variable("b");
  private static final Term ZERO = Term.number(0);
  private static final int OFFSET = 3;

  private static final List<Term> FORMULAS = List.of(
      A.max(ZERO),
      A.min(Term.number(0.25)).plus(B.max(A)).minus(A.min(B)),
      A.sigmoid().times(B.tanh()),
      A.exp().over(B.times(B).plus(Term.number(1)).sqrt()),
      B.times(B).plus(Term.number(1)).log().times(A),
      A.times(A.sigmoid()).plus(A.sigmoid()),
      A.erf().plus(B.times(Term.number(3)).erf()),
      A.relu().plus(B.abs()),
      A.expm1().times(B.softplus()),
      A.abs().log1p().plus(B.abs().power(2.5)).plus(A.power(17)).plus(B.power(18)),
      Term.where(Relation.GT, A, ZERO, B, ZERO),
      Term.where(Relation.LE, A, B, A.times(B), Term.number(2)));

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 7", "3, 5", "5, 144", "20, 16"})
  void anyShape(int channels, int rows) {
    for (Term formula : FORMULAS) {
      check(formula, channels, rows, false, false);
      check(formula, channels, rows, true, false);
      check(formula, channels, rows, true, true);
    }
  }

  /** Values a, then b, then room for y; with {@code inPlace}, y is written over a. */
  private static void check(Term formula, int channels, int rows, boolean bPerChannel, boolean inPlace) {
    int count = channels * rows * 16;
    int bCount = bPerChannel ? channels * 16 : count;
    float[] values = Samples.blank(OFFSET + 2 * count + bCount + 5);
    System.arraycopy(Samples.random(1, count), 0, values, OFFSET, count);
    System.arraycopy(Samples.random(2, bCount), 0, values, OFFSET + count, bCount);
    int y = inPlace ? OFFSET : OFFSET + count + bCount;
    double[] expected = new double[count];
    for (int i = 0; i < count; i++) {
      int a = OFFSET + i;
      int b = OFFSET + count + (bPerChannel ? i / 16 / rows * 16 + i % 16 : i);
      expected[i] = formula.evaluate(name -> values[name.equals("a") ? a : b]);
    }
    PointwiseKernel kernel = new PointwiseKernel(
        formula, List.of(new PointwiseKernel.Input("a", false), new PointwiseKernel.Input("b", bPerChannel)));
    int[] sizes = PointwiseKernel.sizes(
        channels, bPerChannel ? rows : channels * rows, y, OFFSET, OFFSET + count);
    float[] before = values.clone();
    kernel.run(values, sizes);
    Samples.assertClose(values, y, expected, 2e-6, formula);
    for (int i = 0; i < values.length; i++) {
      if (i < y || i >= y + count) {
        assertThat(Float.valueOf(values[i])).as("element %d, outside of y", i).isEqualTo(Float.valueOf(before[i]));
      }
    }
  }
}
