package dev.lanewise.runtime.layer;

import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.operation.OneHot;
import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.operation.Reduce;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;
import java.util.Optional;

/** The losses that have kernels of their own: computations of the network's output and a label. */
public final class Losses {
  private static final List<Layer> ALL = List.of(CrossEntropy.LOSS, Triplet.LOSS, TwoViews.LOSS);

  private Losses() {}

  public static List<Layer> all() {
    return ALL;
  }

  /**
   * The output of an example's class, which is no loss but what can be asked how it changes: y_t of outputs y and a class t. Where an output has places, such as
   * pixels, the mean over them.
   */
  public static Computation output(Shape outputs) {
    Recipe.Builder r = new Recipe.Builder("output");
    int y = r.input(outputs);
    int t = r.input(Shape.of(1));
    Shape each = Shape.of(outputs.channels());
    int score = outputs.isFlat() ? y : r.step("mean", Reduce.mean(outputs, outputs.channels()), y);
    int chosen = r.step("chosen", new OneHot(outputs.channels()), t);
    int product = r.formula("product", each, Term.variable("a").times(Term.variable("b")), score, chosen);
    return r.build(r.step("sum", Reduce.sum(each, 1), product));
  }

  public static Optional<Layer> named(String name) {
    return ALL.stream().filter(l -> l.name().equals(name)).findFirst();
  }
}
