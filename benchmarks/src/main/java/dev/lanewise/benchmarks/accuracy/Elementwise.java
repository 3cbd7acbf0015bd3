package dev.lanewise.benchmarks.accuracy;

import dev.lanewise.runtime.kernel.element.PointwiseKernel;
import dev.lanewise.runtime.operation.Emitter;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * A function of one number and its derivative as a network computes them: the kernels that are generated from the formula and from the
 * gradient that the operation itself emits. Also both formulas in double.
 */
final class Elementwise {
  private static final Shape ONE = Shape.of(1);
  private static final int BLOCK = 16;

  private final Term formula;
  private final Term gradient;

  Elementwise(Term formula) {
    this.formula = formula;
    this.gradient = gradient(Pointwise.of("f", ONE, formula));
  }

  /** What the operation emits as its gradient: a formula of x, y and dy. */
  private static Term gradient(Pointwise f) {
    Term[] emitted = {Term.variable("dy")};
    Emitter emitter = (_, operation, _) -> {
      emitted[0] = ((Pointwise) operation).formula();
      return List.of(value("dx"));
    };
    f.gradient(emitter, List.of(value("x")), List.of(value("y")), value("dy"), new boolean[] {true});
    return emitted[0];
  }

  private static Value value(String name) {
    return new Value(name.hashCode(), name, Type.example(ONE));
  }

  /** What the kernels make: y and dx, where dy is 1. @param x a multiple of 16 */
  float[][] computed(float[] x) {
    int n = x.length;
    float[] values = new float[4 * n];
    System.arraycopy(x, 0, values, 0, n);
    Arrays.fill(values, n, 2 * n, 1);
    run(formula, values, n, 2 * n);
    run(gradient, values, n, 3 * n);
    return new float[][] {Arrays.copyOfRange(values, 2 * n, 3 * n), Arrays.copyOfRange(values, 3 * n, 4 * n)};
  }

  /** x, dy and y lie one after the other. */
  private static void run(Term of, float[] values, int n, int to) {
    List<PointwiseKernel.Input> inputs =
        List.of("x", "dy", "y").stream().filter(of::has).map(name -> new PointwiseKernel.Input(name, false)).toList();
    int[] at = inputs.stream().mapToInt(i -> List.of("x", "dy", "y").indexOf(i.name()) * n).toArray();
    new PointwiseKernel(of, inputs).run(values, PointwiseKernel.sizes(1, n / BLOCK, to, at));
  }

  /** y and dx by the formulas in double. */
  double[][] formulas(float[] x) {
    double[][] truth = new double[2][x.length];
    for (int i = 0; i < x.length; i++) {
      double at = x[i];
      double y = formula.evaluate(_ -> at);
      truth[0][i] = y;
      truth[1][i] = gradient.evaluate(name -> switch (name) {
        case "x" -> at;
        case "y" -> y;
        default -> 1;
      });
    }
    return truth;
  }
}
