package dev.lanewise.runtime.layer;

import static dev.lanewise.runtime.signature.Argument.optional;

import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Contrast;
import dev.lanewise.runtime.operation.Gather;
import dev.lanewise.runtime.operation.Place;
import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.operation.Reduce;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.spec.Checks;
import dev.lanewise.runtime.spec.ShapeException;
import dev.lanewise.runtime.spec.ShapeException.Problem;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Shape;

/**
 * The loss of two values that belong together: each example's a should be nearer to its own b than to that of any other example of the batch, and
 * its b nearer to its own a. See {@link Contrast}, of a and b with length 1, x / max(‖x‖, 1e-12) as PyTorch's {@code F.normalize} has it:
 * the mean over the batch is {@code (F.cross_entropy(s, i) + F.cross_entropy(s.T, i)) / 2} with {@code s = a @ b.T / temperature} and
 * {@code i = arange(n)}. SimCLR's loss also compares two examples' a: see {@link TwoViews}.
 */
public final class Contrastive {
  /** What a call says besides the two values. */
  public static final Signature SIGNATURE =
      Signature.of(
          "contrastive", "without labels, of two views of each example that augment makes: one should find the other among all those of the batch; or of two outputs, contrastive(image, text)",
          optional("temperature", Argument.Type.NUMBER, 0.07, "the smaller, the more the nearest others count"));

  private static final double EPS = 1e-12;

  private Contrastive() {}

  /**
   * The loss of two values of such shapes.
   *
   * @throws ShapeException if they cannot be compared
   */
  public static Computation bind(Arguments arguments, Shape a, Shape b) {
    if (Checks.flat("contrastive", a) != Checks.flat("contrastive", b)) {
      throw new ShapeException(Problem.WRONG_OUTPUT, "contrastive compares values of one shape, but gets " + a + " and " + b, "end both with dense of the same size");
    }
    double temperature = temperature(arguments);
    Recipe.Builder r = new Recipe.Builder("contrastive");
    int first = r.input(a);
    int second = r.input(b);
    return r.build(loss(r, first, second, temperature));
  }

  /** @throws ShapeException if it is none */
  static double temperature(Arguments arguments) {
    double temperature = arguments.number("temperature");
    if (!(temperature > 0)) {
      throw new ShapeException(Problem.BAD_ARGUMENT, "contrastive: temperature must be above 0, not " + temperature, "");
    }
    return temperature;
  }

  /** The same as steps of a recipe that reads more than the two. */
  public static int loss(Recipe.Builder r, int a, int b, double temperature) {
    int first = normal(r, "a", a);
    int second = normal(r, "b", b);
    Shape shape = r.shape(first);
    int firsts = r.step("a.all", new Gather(shape), first);
    int seconds = r.step("b.all", new Gather(shape), second);
    return r.step("loss", new Contrast(shape.size(), temperature), first, second, firsts, seconds, Recipe.WEIGHT);
  }

  /** The loss of two that are of one kind, each of which is compared with all others of both. */
  static int ofViews(Recipe.Builder r, int a, int b, double temperature) {
    int first = normal(r, "a", a);
    int second = normal(r, "b", b);
    Shape shape = r.shape(first);
    int place = r.step("place", new Place(), Recipe.WEIGHT);
    int firsts = r.step("a.all", new Gather(shape), first);
    int seconds = r.step("b.all", new Gather(shape), second);
    return r.step("loss", new Contrast(shape.size(), temperature, true), first, second, firsts, seconds, Recipe.WEIGHT, place);
  }

  /** x / max(‖x‖, eps). */
  private static int normal(Recipe.Builder r, String name, int x) {
    Shape shape = r.shape(x);
    Term value = Term.variable("a");
    int squares = r.step(name + ".square", Reduce.sum(shape, 1), r.formula(name + ".squares", shape, value.times(value), x));
    return r.formula(name, shape, value.over(Term.variable("b").max(Term.number(EPS * EPS)).sqrt()), x, squares);
  }
}
