package dev.lanewise.runtime.layer;

import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.operation.Spread;
import dev.lanewise.runtime.spec.Initializer;
import dev.lanewise.runtime.spec.ParameterSpec;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Shape;
import java.util.function.BiFunction;

/**
 * Numbers to predict, in the unit of the table that they come from, and as a network learns them, with mean 0 and deviation 1. The way there
 * and the way back are layers with constants, one for each number.
 *
 * <pre>{@code
 * Units.restored(mean, deviation)       // y = x * deviation + mean: the last step of a network that predicts prices
 * Units.standard(shape, mean, deviation)   // (y - mean) / deviation: what its loss compares
 * }</pre>
 */
public final class Units {
  /** What the last step of such a network is called. */
  public static final String NAME = "unit";

  private static final Term A = Term.variable("a");
  private static final Term MEAN = Term.variable("b");
  private static final Term DEVIATION = Term.variable("c");

  private Units() {}

  /** x * deviation + mean. */
  public static Recipe restored(float[] mean, float[] deviation) {
    return restored(Shape.of(mean.length), mean, deviation);
  }

  /** The same of each channel of such a shape, or of each number where there are as many. */
  public static Recipe restored(Shape shape, float[] mean, float[] deviation) {
    return affine(NAME, shape, mean, deviation, (m, d) -> A.times(d).plus(m));
  }

  /** (x - mean) / deviation, of each number. */
  public static Recipe standard(Shape shape, float[] mean, float[] deviation) {
    return affine("standard", shape, mean, deviation, (m, d) -> A.minus(m).over(d));
  }

  private static Recipe affine(String name, Shape shape, float[] mean, float[] deviation, BiFunction<Term, Term, Term> formula) {
    Shape each = shape.size() == mean.length ? shape : Shape.of(mean.length);
    Recipe.Builder r = new Recipe.Builder(name);
    int x = r.input(shape);
    int m = r.parameter(new ParameterSpec("mean", each, new Initializer.Given(mean), false));
    int d = r.parameter(new ParameterSpec("deviation", each, new Initializer.Given(deviation), false));
    int means = r.step("mean", new Spread(each), m);
    int deviations = r.step("deviation", new Spread(each), d);
    return r.build(r.formula("restored", shape, formula.apply(MEAN, DEVIATION), x, means, deviations));
  }
}
